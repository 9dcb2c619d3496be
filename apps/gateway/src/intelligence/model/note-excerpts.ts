import type { ClinicalBundle, DocumentEntry } from '@authscript/prior-auth'
import { identityHider } from './hide-identity.ts'
import { hideTextForSoftware } from './text-for-software.ts'

/** A note as the model gets to see it. */
export interface NoteExcerpt {
  /** What the model calls it; the EHR's id stays here. */
  readonly alias: string
  readonly documentId: string
  /** From the note's beginning, offset for offset, with what names the patient and what speaks to software blacked out. */
  readonly shown: string
  /** The same stretch as the chart has it. */
  readonly written: string
  /** How long before the visit it was written. */
  readonly when: string
}

export interface NoteSelection {
  readonly excerpts: readonly NoteExcerpt[]
  /** Notes that did not fit, or not to their end. */
  readonly cut: number
  /** Notes of which a part was not shown because it speaks to software. */
  readonly setAside: number
}

/** The minimum necessary: the visit's own notes, then older ones from the newest on, as far as `maxCharacters` reach. */
export function selectNotes(bundle: ClinicalBundle, maxCharacters: number): NoteSelection {
  const visitDay = (bundle.encounter.periodStart ?? bundle.encounter.periodEnd)?.slice(0, 10)
  const hideIdentity = identityHider(bundle)
  const notes = bundle.documents
    .flatMap((document) => {
      const text = document.content.kind === 'text' ? document.content.text : ''
      const daysBefore = daysBetween(document.date, visitDay)
      // A note is often signed the day after; what was written later is of another visit.
      const isCurrent = document.status !== 'superseded' && (daysBefore ?? 0) >= -1
      return isCurrent && text.trim() !== '' ? [{ document, text, daysBefore }] : []
    })
    .sort((a, b) => rank(a, bundle) - rank(b, bundle))
  const excerpts: NoteExcerpt[] = []
  let left = maxCharacters
  let cut = 0
  let setAside = 0
  for (const { document, text, daysBefore } of notes) {
    const written = cutAtSpace(text, left)
    if (written.length < text.length) cut += 1
    if (written.trim() === '') continue
    left -= written.length
    // Before names are hidden: an order may be written around one.
    const spoken = hideTextForSoftware(written)
    if (spoken !== written) setAside += 1
    excerpts.push({
      alias: `note-${excerpts.length + 1}`,
      documentId: document.source.resourceId,
      shown: hideIdentity(spoken),
      written,
      when: isOfVisit(document, bundle) ? 'of the visit' : ageOf(daysBefore),
    })
  }
  return { excerpts, cut, setAside }
}

interface DatedNote {
  readonly document: DocumentEntry
  readonly daysBefore: number | undefined
}

function rank({ document, daysBefore }: DatedNote, bundle: ClinicalBundle): number {
  return isOfVisit(document, bundle) ? -Infinity : (daysBefore ?? Infinity)
}

function isOfVisit(document: DocumentEntry, bundle: ClinicalBundle): boolean {
  return document.encounterIds.includes(bundle.encounter.source.resourceId)
}

function ageOf(daysBefore: number | undefined): string {
  if (daysBefore === undefined) return 'undated'
  return daysBefore <= 0 ? 'of the day of the visit' : `${daysBefore} days before the visit`
}

function daysBetween(date: string | undefined, visitDay: string | undefined): number | undefined {
  const days = (Date.parse(visitDay ?? '') - Date.parse(date?.slice(0, 10) ?? '')) / 86_400_000
  return Number.isNaN(days) ? undefined : Math.round(days)
}

/** Not in the middle of a word: half a number is another number. */
function cutAtSpace(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text
  return text.slice(0, Math.max(0, text.slice(0, maxCharacters).search(/\s\S*$/)))
}
