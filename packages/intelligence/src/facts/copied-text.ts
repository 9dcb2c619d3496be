import { type NoteDocument, textOf, type Unit } from '../document/note-document.ts'

/** Shorter sentences ("No fever.") stand in any two notes without having been copied. */
const shortestCopied = 40

export interface DatedDocument {
  readonly document: NoteDocument
  readonly day?: string
}

/** Finds, for a unit of one of these notes, the day of the oldest older note that says the same, letter for letter. */
export function findCopies(
  notes: readonly DatedDocument[],
): (note: DatedDocument, unit: Unit) => string | undefined {
  const oldest = new Map<string, string>()
  if (notes.length > 1)
    for (const { document, day } of notes) {
      if (day === undefined) continue
      for (const unit of document.units) {
        const key = keyOf(document, unit)
        const known = key === undefined ? undefined : oldest.get(key)
        if (key !== undefined && (known === undefined || day < known)) oldest.set(key, day)
      }
    }
  return ({ document, day }, unit) => {
    const key = day === undefined || oldest.size === 0 ? undefined : keyOf(document, unit)
    const first = key === undefined ? undefined : oldest.get(key)
    return first !== undefined && day !== undefined && first < day ? first : undefined
  }
}

/** The text with its box or answer: "Foot drop: [ ] Yes [x] No" and the same row answered otherwise are two. */
function keyOf(document: NoteDocument, { quote }: Unit): string | undefined {
  if (quote.end - quote.start < shortestCopied) return undefined
  const text = textOf(document, quote).replaceAll(/ +/g, ' ').trim().toLowerCase()
  return text.length < shortestCopied ? undefined : text
}
