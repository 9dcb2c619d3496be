import { type NoteDocument, readableText, type Span, type Unit } from '../document/note-document.ts'
import { linesAround } from './compiled-lexicon.ts'
import type { Mention } from './mention.ts'
import { tailLength, tailOf } from './tail.ts'

type Find = (document: NoteDocument, unit: Unit) => readonly Mention[]

/** Mentions by their offset from the beginning of the unit, or of the preceding question. */
interface Found {
  readonly isInQuestion: boolean
  readonly mentions: readonly Mention[]
}

/**
 * Wraps `find` so that units with the same text under the same lines are searched once: charts copy text from
 * note to note. Keep it no longer than the chart.
 */
export function searchOncePerText(find: Find): Find {
  const known = new Map<string, Found>()
  return (document, unit) => {
    const key = keyOf(readableText(document), unit)
    const question = questionOf(unit)
    const before = known.get(key)
    if (before !== undefined)
      return moved(before.mentions, before.isInQuestion ? question : unit, 1)
    const mentions = find(document, unit)
    const isInQuestion = mentions.some((one) => one.start < unit.start || one.end > unit.end)
    known.set(key, {
      isInQuestion,
      mentions: moved(mentions, isInQuestion ? question : unit, -1),
    })
    return mentions
  }
}

function questionOf(unit: Unit): Span {
  return tailOf(unit.leads.at(-1) ?? unit)
}

function moved(mentions: readonly Mention[], { start }: Span, by: 1 | -1): readonly Mention[] {
  return mentions.map((one) => ({
    ...one,
    start: one.start + by * start,
    end: one.end + by * start,
  }))
}

/** Everything that `find` reads, with lengths, so that different splits give different keys. */
function keyOf(text: string, unit: Unit): string {
  const { kind, polarity = '', start, end, quote } = unit
  const answer = { start: end, end: Math.min(quote.end, end + tailLength) }
  const parts = [{ start, end }, answer, ...linesAround(unit)].map((one) =>
    text.slice(one.start, one.end),
  )
  return `${kind} ${polarity} ${parts.map(({ length }) => length).join(' ')} ${parts.join('')}`
}
