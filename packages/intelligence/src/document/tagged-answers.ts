import { hasNegation } from './answers.ts'
import type { LayoutPolarity, Span } from './note-document.ts'

/** A name followed by the letter that answers it: "IV drug use N". */
export interface TaggedAnswer {
  readonly label: Span
  readonly polarity: LayoutPolarity
  /** The name with its letter. */
  readonly whole: Span
}

const endsInLetter = /\s[YN]\.?$/
const parts = /(?:[^\s,;|]+(?: [^\s,;|]+)*)/g
const tagged = /^(\p{L}[^:?]{1,60}) ([YN])\.?$/u

/**
 * The names of a line in which each is followed by its letter and separated by white space or a comma: "Fever N
 * IV drug use N". Undefined if a part has no letter, or if there is only one part, because a single letter may
 * mean anything.
 */
export function taggedAnswers(text: string): readonly TaggedAnswer[] | undefined {
  if (!endsInLetter.test(text)) return undefined
  const found: TaggedAnswer[] = []
  for (const { 0: part, index } of text.matchAll(parts)) {
    const [, name, letter] = tagged.exec(part) ?? []
    if (name === undefined || letter === undefined || hasNegation(name)) return undefined
    found.push({
      label: { start: index, end: index + name.length },
      polarity: letter === 'Y' ? 'yes' : 'no',
      whole: { start: index, end: index + part.length },
    })
  }
  return found.length > 1 ? found : undefined
}
