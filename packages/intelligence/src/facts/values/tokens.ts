import type { Span } from '../../document/note-document.ts'

/** A word, number or sign of a text, with its offsets. */
export interface Token extends Span {
  readonly kind: 'word' | 'number' | 'sign'
  /** In lower case, with straight apostrophes. */
  readonly text: string
  /** No white space before it. */
  readonly isGlued: boolean
}

const pattern = /\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\p{L}+(?:['’]\p{L}+)?|[^\s_]/gu

/**
 * The tokens of a text in one pass; `offset` is added to every position. The underline of a filled-in blank is
 * not a token.
 */
export function tokensOf(text: string, offset = 0): readonly Token[] {
  const tokens: Token[] = []
  let last = -1
  for (const match of text.matchAll(pattern)) {
    const [raw] = match
    const start = match.index
    tokens.push({
      kind: kindOf(raw),
      text: raw.length > 60 ? raw.slice(0, 60) : raw.toLowerCase().replace('’', "'"),
      start: start + offset,
      end: start + raw.length + offset,
      isGlued: start === last,
    })
    last = start + raw.length
  }
  return tokens
}

function kindOf(raw: string): Token['kind'] {
  const code = raw.charCodeAt(0)
  if (code < 128) {
    if (code >= 48 && code <= 57) return 'number'
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) ? 'word' : 'sign'
  }
  if (/^[\d½¼¾⅓⅔]/.test(raw)) return 'number'
  return /^\p{L}/u.test(raw) ? 'word' : 'sign'
}

/** The index of the first token that ends after `place`, by binary search. */
export function tokenAt(tokens: readonly Token[], place: number): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.end ?? 0) <= place) low = middle + 1
    else high = middle
  }
  return low
}

/** Token indexes of a span: `tokens.slice(first, next)`; empty for an empty span. */
export function tokensWithin(
  tokens: readonly Token[],
  { start, end }: Span,
): { readonly first: number; readonly next: number } {
  const first = tokenAt(tokens, start)
  return { first, next: end > start ? tokenAt(tokens, end - 1) + 1 : first }
}

/** Whether the tokens from `index` match these words. */
export function readsAs(
  tokens: readonly Token[],
  index: number,
  words: readonly string[],
): boolean {
  return words.every((word, step) => tokens[index + step]?.text === word)
}

/** Finds phrases at a token, indexed by their first word. A word may list alternatives: `past|last`. */
export class PhraseTable<T> {
  readonly #byFirst = new Map<
    string,
    { readonly words: readonly ReadonlySet<string>[]; readonly value: T }[]
  >()

  /** If two rows match at the same token, the earlier row wins. */
  constructor(rows: readonly (readonly [words: readonly string[], value: T])[]) {
    for (const [words, value] of rows) {
      const row = { words: words.map((word) => new Set(word.split('|'))), value }
      for (const first of row.words[0] ?? []) {
        const known = this.#byFirst.get(first)
        if (known === undefined) this.#byFirst.set(first, [row])
        else known.push(row)
      }
    }
  }

  at(
    tokens: readonly Token[],
    index: number,
  ): { readonly value: T; readonly next: number } | undefined {
    const rows = this.#byFirst.get(tokens[index]?.text ?? '')
    const row = rows?.find(({ words }) =>
      words.every((word, step) => word.has(tokens[index + step]?.text ?? '')),
    )
    return row === undefined ? undefined : { value: row.value, next: index + row.words.length }
  }
}

/** Whether a token names a unit of time: "March 3 weeks" does not mean the third of March. */
export function timeWord(token: Token | undefined): boolean {
  return /^(?:days?|weeks?|wks?|months?|mos?|years?|yrs?|visits?|sessions?|times)$/.test(
    token?.text ?? '',
  )
}
