import { type NoteDocument, readableText, type Span, type Unit } from '../document/note-document.ts'
import { disputes, notDisputes } from './table/inquired.ts'

/** How far back a dispute applies: in characters, and in statements. */
const maxReach = 500
const maxUnits = 5

const normal = (text: string): string =>
  text.toLowerCase().replaceAll('\n', ' ; ').replaceAll(/\s+/g, ' ').replaceAll(' - ', '-')
const phrases = disputes.map((phrase) => {
  const opens = phrase.startsWith('^')
  const [first = '', second] = normal(opens ? phrase.slice(1) : phrase).split(' … ')
  return { opens, first, second }
})
const notBehind = new RegExp(String.raw`^ (?:${notDisputes.join('|')})\b`)
const isWord = (letter: string): boolean => /\w/.test(letter)
/** Of a gap: up to four words. */
const maxGapLength = 60

/** Whether a piece of a note, in lower case, states that its content is in dispute. */
function isDispute(piece: string): boolean {
  return phrases.some(({ opens, first, second }) => {
    const at = piece.indexOf(first)
    if (at === -1 || isWord(piece.charAt(at - 1))) return false
    if (opens && !/[.?!;:"] {0,2}$/.test(piece.slice(0, at))) return false
    let end = at + first.length
    if (second !== undefined) {
      const next = piece.indexOf(second, end)
      if (next === -1 || next - end > maxGapLength || /[.;]/.test(piece.slice(end, next)))
        return false
      end = next + second.length
    }
    return !isWord(piece.charAt(end)) && !notBehind.test(piece.slice(end, end + 20))
  })
}

/** A stem that every dispute contains; only text around it is searched. */
const stem =
  /clarif|verif|discrep|reconcil|conflict|contradict|agree|to correct|correction|addend|amended|report requested|being (?:located|checked|reviewed|pulled)|to be re|awaited|which (?:one )?is (?:correct|right|true)|unclear|faulty|mix-up|in error|typo|to settle|to confirm/gi
const maxStems = 100
const around = 80

const kept = new WeakMap<NoteDocument, ReadonlyMap<Unit, Span>>()

/** The text after a unit, in its paragraph, that leaves open whether the unit is right. */
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
  const { units } = document
  let tried = 0
  for (const { index: at, 0: word } of text.matchAll(stem)) {
    tried += 1
    if (tried > maxStems) break
    const begin = Math.max(0, at - around)
    const head = begin === 0 ? '\n' : ''
    if (!isDispute(normal(`${head}${text.slice(begin, at + around)}`))) continue
    const from = Math.max(at - maxReach, text.lastIndexOf('\n\n', at))
    const last = lastBefore(units, at)
    for (let one = last; one >= 0 && one > last - maxUnits; one -= 1) {
      const unit = units[one]
      if (unit === undefined || unit.end <= from) break
      found.set(unit, { start: at, end: at + word.length })
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
