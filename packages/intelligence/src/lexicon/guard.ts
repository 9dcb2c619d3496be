import type { Span } from '../document/note-document.ts'
import type { Concept } from './concept.ts'
import { stepsOf } from './phrase.ts'
import { tokensOfText, type Token } from './tokens.ts'

export type Abbreviation = NonNullable<Concept['abbreviations']>[number]

/** The context that a guard inspects. Parts that few guards need are computed on demand. */
export interface GuardContext {
  readonly source: string
  readonly tokens: readonly Token[]
  /** The stems of the unit, its lead-ins and its section's title, as one line: " leg weak ". */
  line(): string
  /** Whether a term in the same context is of this concept or a narrower one. */
  hasConcept(conceptId: string): boolean
  isAllCapitals(): boolean
  /** Cached results, by guard word. */
  readonly answers: Map<string, boolean>
}

export function lineOf(parts: readonly (readonly Token[])[]): string {
  return parts.map((tokens) => ` ${tokens.map((token) => token.stem).join(' ')} `).join('|')
}

/** Short English words that cannot be told from an abbreviation in a note written in capitals. */
const english = new Set(
  'a aid all am an arm as at be but by do go he his if in is it la led lie me my no of on or our out pat pt rest so sob the to up us was we'.split(
    ' ',
  ),
)

/**
 * Whether an abbreviation means its concept here. One matching entry of `near`, `before` and `after` is enough;
 * no entry of `notNear`, `notBefore`, `notAfter` may match.
 */
export function guardHolds(
  abbreviation: Abbreviation,
  { start, end }: { readonly start: number; readonly end: number },
  around: GuardContext,
): boolean {
  const { near, notNear, before, after, notBefore, notAfter } = abbreviation
  const isGuarded = near !== undefined || before !== undefined || after !== undefined
  if (abbreviation.isCaseSensitive === true) {
    if (!isWrittenSo(abbreviation.text, { start, end }, around)) return false
    const isWord = english.has(abbreviation.text.toLowerCase())
    if (isWord && !isGuarded && around.isAllCapitals()) return false
  }
  if (notNear?.some((word) => isNear(word, around)) === true) return false
  if (notBefore?.some((word) => isAt(word, end + 1, 1, around)) === true) return false
  if (notAfter?.some((word) => isAt(word, start - 1, -1, around)) === true) return false
  if (!isGuarded) return true
  return (
    near?.some((word) => isNear(word, around)) === true ||
    before?.some((word) => isAt(word, end + 1, 1, around)) === true ||
    after?.some((word) => isAt(word, start - 1, -1, around)) === true
  )
}

function isWrittenSo(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  { source, tokens }: GuardContext,
): boolean {
  const written: Span = { start: tokens[start]?.start ?? 0, end: tokens[end]?.end ?? 0 }
  const found = source.slice(written.start, written.end)
  return (
    found === text ||
    found === `${text}s` ||
    found.replaceAll(/[.\s-]/g, '') === text.replaceAll(/[.\s-]/g, '')
  )
}

function isNear(word: string, around: GuardContext): boolean {
  const before = around.answers.get(word)
  if (before !== undefined) return before
  const answer = word.startsWith('#')
    ? around.hasConcept(word.slice(1))
    : around.line().includes(lineOfWord(word))
  around.answers.set(word, answer)
  return answer
}

const linesOfWords = new Map<string, string>()

/** The word as it appears in a line of stems. */
function lineOfWord(word: string): string {
  let line = linesOfWords.get(word)
  if (line === undefined) {
    line = ` ${stepsOf(word).join(' ')} `
    linesOfWords.set(word, line)
  }
  return line
}

/**
 * Whether the word stands at this token, reading forward or backward. `<number>` is any number, `<signature>` a
 * name with its initial: "B. Ferreira".
 */
function isAt(
  word: string,
  index: number,
  step: 1 | -1,
  { source, tokens }: GuardContext,
): boolean {
  if (word === '<number>') return tokens[index]?.kind === 'number'
  if (word === '<signature>') return isSignature(source, tokens, index)
  const stems = guardStems(word)
  const from = step === 1 ? index : index - stems.length + 1
  return stems.length > 0 && stems.every((stem, offset) => tokens[from + offset]?.stem === stem)
}

function isSignature(source: string, tokens: readonly Token[], index: number): boolean {
  const at = tokens[index]?.word === ',' ? index - 1 : index
  const [initial, stop, name] = [tokens[at - 2], tokens[at - 1], tokens[at]]
  if (initial === undefined || name === undefined || stop?.word !== '.') return false
  return /^[A-Z]\. ?[A-Z][A-Za-z'’-]+$/.test(source.slice(initial.start, name.end))
}

const stemsOfGuard = new Map<string, readonly string[]>()

function guardStems(word: string): readonly string[] {
  let stems = stemsOfGuard.get(word)
  if (stems === undefined) {
    stems = tokensOfText(word).map((token) => token.stem)
    stemsOfGuard.set(word, stems)
  }
  return stems
}
