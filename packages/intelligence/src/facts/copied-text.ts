import { type NoteDocument, readableText, type Span, type Unit } from '../document/note-document.ts'

/**
 * Shorter sentences ("No fever.") occur in independent notes without having been copied. In characters, without
 * white space.
 */
const minCopiedLength = 34

export interface DatedDocument {
  readonly document: NoteDocument
  readonly day?: string
}

/**
 * Finds, for a unit of one of these notes, the day of the oldest note that contains the same text, character for
 * character. White space is ignored, because a copy may be wrapped at another width.
 */
export function findCopies(
  notes: readonly DatedDocument[],
): (note: DatedDocument, unit: Unit) => string | undefined {
  const oldest = new Map<string, string>()
  if (notes.length > 1)
    for (const { document, day } of notes) {
      if (day === undefined) continue
      const spans = [...document.units.map((unit) => unit.quote), ...sentencesOf(document)]
      for (const span of spans) {
        const key = keyOf(document, span)
        const known = key === undefined ? undefined : oldest.get(key)
        if (key !== undefined && (known === undefined || day < known)) oldest.set(key, day)
      }
    }
  if (oldest.size === 0) return () => undefined
  const firstSaid = (document: NoteDocument, span: Span | undefined, day: string) => {
    const key = span === undefined ? undefined : keyOf(document, span)
    const first = key === undefined ? undefined : oldest.get(key)
    return first !== undefined && first < day ? first : undefined
  }
  return ({ document, day }, { quote }) =>
    day === undefined
      ? undefined
      : (firstSaid(document, quote, day) ??
        firstSaid(document, sentenceAround(document, quote), day))
}

const sentences = new WeakMap<NoteDocument, readonly Span[]>()
/** The end of a sentence or paragraph. */
const end = /[.!?;](?=\s)|\n[ \t\r]*\n/g

/** The sentences of a note, across line breaks. */
function sentencesOf(document: NoteDocument): readonly Span[] {
  const known = sentences.get(document)
  if (known !== undefined) return known
  const text = readableText(document)
  const found: Span[] = []
  let start = 0
  for (const match of text.matchAll(end)) {
    const next = match.index + match[0].length
    found.push({ start, end: next })
    start = next
  }
  found.push({ start, end: text.length })
  sentences.set(document, found)
  return found
}

/** The sentence that contains the whole unit. */
function sentenceAround(document: NoteDocument, { start, end: until }: Span): Span | undefined {
  const all = sentencesOf(document)
  let low = 0
  let high = all.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle]?.end ?? 0) <= start) low = middle + 1
    else high = middle
  }
  const one = all[low]
  return one !== undefined && until <= one.end ? one : undefined
}

/**
 * The text with its box or answer, because "Foot drop: [ ] Yes [x] No" differs from the same row with another
 * answer.
 */
function keyOf(document: NoteDocument, span: Span): string | undefined {
  if (span.end - span.start < minCopiedLength) return undefined
  const text = readableText(document)
    .slice(span.start, span.end)
    .replaceAll(/\s+/g, '')
    .toLowerCase()
    .replace(/[.,;:]$/, '')
  return text.length < minCopiedLength ? undefined : text
}
