import type { Token } from '../lexicon/tokens.ts'

/** A sign directly before its finding, as written in the table: "-sz", "+HA". */
const minusMark = '‹-›'
const plusMark = '‹+›'
/** The same directly after it: "sz-", "HA+". */
const minusBehind = '›-'
const plusBehind = '›+'
export const marks: ReadonlySet<string> = new Set([minusMark, plusMark, minusBehind, plusBehind])

/**
 * The lookup keys of cues: stems, in which signs before findings are distinguished from hyphens and bullets. A
 * minus is a sign if there are at least two signs.
 */
export function cueStems(tokens: readonly Token[]): readonly string[] {
  const signs: { readonly index: number; readonly mark: string }[] = []
  tokens.forEach(({ stem }, index) => {
    if (stem !== '-' && stem !== '+') return
    if (isSignBefore(tokens, index) || isSpacedSign(tokens, index))
      signs.push({ index, mark: stem === '+' ? plusMark : minusMark })
    else if (isSignBehind(tokens, index)) {
      signs.push({ index, mark: stem === '+' ? plusBehind : minusBehind })
    }
  })
  const stems = tokens.map(({ stem }) => stem)
  for (const { index, mark } of signs) {
    if (stems[index] === '+' || signs.length > 1) stems[index] = mark
  }
  return stems
}

function isSignBefore(tokens: readonly Token[], index: number): boolean {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]]
  const isOpen =
    token?.isSpaced === true ||
    before === undefined ||
    (before.kind === 'mark' && before.stem !== '-')
  return isOpen && after?.kind === 'word' && !after.isSpaced
}

/** "+nausea, - fever": a minus that begins a list item. A bullet begins the whole line. */
function isSpacedSign(tokens: readonly Token[], index: number): boolean {
  const [before, after] = [tokens[index - 1], tokens[index + 1]]
  return (before?.stem === ',' || before?.stem === ';') && after?.kind === 'word' && after.isSpaced
}

function isSignBehind(tokens: readonly Token[], index: number): boolean {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]]
  if (before?.kind !== 'word' || token?.isSpaced === true) return false
  return after === undefined || after.isSpaced || (after.kind === 'mark' && after.stem !== '-')
}
