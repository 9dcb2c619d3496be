import { type NoteDocument, readableText, type Span, type Unit } from '../document/note-document.ts'
import { disputes, notDisputes } from './table/inquired.ts'

/** How far back a dispute reaches: in letters, and in statements. */
const longestReach = 500
const mostUnits = 5

const beginning = String.raw`(?<=^|[.?!;:"\n]\s{0,3})`
const fewWords = String.raw`(?:[^\s.;]{1,30}\s+){0,4}?`

function patternOf(phrase: string): string {
  const opens = phrase.startsWith('^')
  const words = (opens ? phrase.slice(1) : phrase).replaceAll('?', String.raw`\?`).split(' ')
  const text = words
    .map((word) => (word === '…' ? fewWords : `${word}${word === '-' ? '' : String.raw`\s{0,2}`}`))
    .join('')
    .replace(/\\s\{0,2\}$/, '')
  return `${opens ? beginning : String.raw`\b`}${text}`
}

const dispute = new RegExp(
  String.raw`(?:${disputes.map(patternOf).join('|')})(?!\w)(?!\s+(?:${notDisputes.join('|')})\b)`,
  'gi',
)
/** One of the stems that every dispute holds. */
const mayDispute =
  /clarif|verif|discrep|reconcil|conflict|contradict|agree|correct|addend|report requested|located|chart|records|to be re|awaited|which|faulty|mix-up|error|typo|settle|confirm|unclear/i

const kept = new WeakMap<NoteDocument, ReadonlyMap<Unit, Span>>()

/** The words behind a unit, in its paragraph, that leave open whether it is right. */
export function disputeOf(document: NoteDocument, unit: Unit): Span | undefined {
  let found = kept.get(document)
  if (found === undefined) {
    found = disputedUnits(document)
    kept.set(document, found)
  }
  return found.get(unit)
}

function disputedUnits(document: NoteDocument): ReadonlyMap<Unit, Span> {
  const found = new Map<Unit, Span>()
  const text = readableText(document)
  if (!mayDispute.test(text)) return found
  const { units } = document
  for (const { index, 0: words } of text.matchAll(dispute)) {
    const from = Math.max(index - longestReach, text.lastIndexOf('\n\n', index))
    const last = lastBefore(units, index)
    for (let at = last; at >= 0 && at > last - mostUnits; at -= 1) {
      const unit = units[at]
      if (unit === undefined || unit.end <= from) break
      found.set(unit, { start: index, end: index + words.length })
    }
  }
  return found
}

/** The last unit that begins at or before an offset. */
function lastBefore(units: readonly Unit[], offset: number): number {
  let low = 0
  let high = units.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((units[middle]?.start ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}
