import { hasNegation } from './answers.ts'
import type { LayoutPolarity, Span } from './note-document.ts'

/** A name with the letter that answers it: "IV drug use N". */
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
 * The names of a line in which each has its letter behind it and white space or a comma parts them: "Fever N   IV drug use N". Undefined where a
 * part has none, or only one part stands there: a letter alone may be anything.
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
