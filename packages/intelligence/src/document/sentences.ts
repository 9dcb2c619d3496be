import { answerAtStart } from './answers.ts'
import type { Span } from './note-document.ts'
import { trimmed } from './trimmed.ts'

/** Longer than any sentence written by a person: longer text is cut at a space. */
const maxSentenceLength = 1000

/** Abbreviations that precede a name and never end a sentence. */
const beforeName =
  /(?:^|[\s(])(?:[Dd]rs?|DR|[Mm]rs?|MRS|Ms|[Pp]rof|[Vv]s|VS|[Ee]\.g|[Ii]\.e|[Cc]f|[Ff]ig|[Ii]ncl|[Aa]pprox|ca|St|Mt)$/
/** "B. Ferreira PT": the initial of a person whose signature includes a profession. */
const initial = /(?:^|[.\n]\s*|[Dd]r\.?\s)[A-Z]$/
const signature =
  /^[A-Z][A-Za-z'’-]+,?\s+(?:[A-Z][A-Za-z'’-]+,?\s+)?(?:M\.?D|D\.?O|R\.?N|D?PT|PTA|OTR?|COTA|NP|FNP|ARNP|CRNP|APRN|PA|LPN|MA|ATC|DC|RT|RRT)\b/
/** Letters separated by full stops: "y.o.", "b.i.d.". */
const spelledOut = /(?:^|[\s\d(])(?:[a-z]\.){1,3}[a-z]$/i
/** Abbreviations that end a sentence only if the next one begins with a capital. */
const beforeMore =
  /(?:^|[\s\d(])(?:mg|mcg|ml|kg|lbs?|oz|cm|mm|hx|wks?|mos?|yrs?|hrs?|min|tabs?|caps?|pts?|ext|dept|temp|resp|abd|lat|bid|tid|qid|prn|no|nos|etc|dx|sx|rx|tx|fx|p\.o|b\.i\.d|t\.i\.d|q\.i\.d|q\.d|a\.m|p\.m|inc|max|avg|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)$/i
/** A number after one of these belongs to it and does not begin an item: "grade 2. No fracture." */
const beforeNumber =
  /\b(?:grade|gr|stage|type|class|level|phase|number|step|score|category|kl|lawrence|tonnis|outerbridge|mallampati|nyha|gold|of|is|was|to|than|at|about|over|under|for|and|or|by|in|on|from|x)[\s:]{1,3}$/i
const looksBack = /^;\s*(?:neither|none|both|all|denied|negative|absent|no$)\b/i

export interface Sentence extends Span {
  /**
   * The rest of a sentence that was cut because of its length; the text that governs it may be in the previous
   * part.
   */
  readonly isCut: boolean
}

/**
 * The sentences of `text.slice(start, end)`. A full stop ends a sentence with or without a following space, but
 * not in a decimal, after a title, or between a list number and its text. A list number begins a sentence.
 */
export function sentencesOf(text: string, { start, end }: Span): readonly Sentence[] {
  const sentences: Sentence[] = []
  const block = text.slice(start, end)
  let from = 0
  const push = (to: number) => {
    pushPieces(block, from, to, start, sentences)
    from = to
  }
  let wanted = 1
  for (const match of block.matchAll(/[.!?;]+|(?<=^|[\s.;,])\(?(\d{1,2})[.)](?=\s?[A-Za-z])/g)) {
    const number = match[1]
    if (number !== undefined) {
      // The first number may already have been removed as the bullet of an item.
      const isNext =
        (Number(number) === wanted || (wanted === 1 && number === '2')) &&
        !beforeNumber.test(block.slice(Math.max(0, match.index - 24), match.index))
      const isFirst = block.slice(from, match.index).trim() === ''
      if (isNext || isFirst) {
        if (!isFirst) push(match.index)
        wanted = Number(number) + 1
        continue
      }
      if (match[0].endsWith(')')) continue
    }
    const at = match.index + match[0].length
    if (endsSentence(block, number === undefined ? match.index : at - 1, at, match[0])) push(at)
  }
  push(block.length)
  return sentences
}

function endsSentence(block: string, mark: number, at: number, signs: string): boolean {
  const next = block.slice(at, at + 40)
  if (signs.startsWith(';')) return !looksBack.test(`;${next}`) && (next === '' || /^\s/.test(next))
  const before = block.slice(Math.max(0, mark - 24), mark)
  // Dot leaders lead to an answer.
  if (signs.length > 3 && !/[!?]/.test(signs)) return false
  if (signs.length === 3 && answerAtStart(next.trimStart()) !== undefined) return false
  if (/^["')\]]*\s*$/.test(next) && at + 40 >= block.length) return true
  const isSpaced = /^["')\]]*\s/.test(next)
  if (!signs.endsWith('.')) return isSpaced
  if (!isSpaced) return isGlued(before, next)
  if (beforeName.test(before)) return false
  const follows = next.replace(/^["')\]]*\s+/, '')
  if (initial.test(before) && signature.test(follows)) return false
  if (beforeMore.test(before) || spelledOut.test(before))
    return /^(?:["'(]?[A-Z]|[-*•])/.test(follows)
  return true
}

/** "fever.Left": the space after the full stop is missing. */
const isGlued = (before: string, next: string): boolean =>
  /(?:[a-z]{2}|[\d%)])$/.test(before) && /^[A-Z](?:[a-z'’]|\s)/.test(next)

function pushPieces(
  block: string,
  from: number,
  to: number,
  offset: number,
  sentences: Sentence[],
): void {
  let { start, end } = trimmed(block, { start: from, end: to })
  let isCut = false
  const push = (until: number) => {
    const piece = trimmed(block, { start, end: until })
    sentences.push({ start: offset + piece.start, end: offset + piece.end, isCut })
  }
  while (end - start > maxSentenceLength) {
    const space = block.slice(start, start + maxSentenceLength).lastIndexOf(' ')
    const cut = start + (space > 0 ? space : maxSentenceLength)
    push(cut)
    isCut = true
    ;({ start, end } = trimmed(block, { start: cut, end }))
  }
  if (end > start) push(end)
}
