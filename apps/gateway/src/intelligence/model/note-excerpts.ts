import type { ClinicalBundle, DocumentEntry } from '@authscript/prior-auth'
import { identityHider } from './hide-identity.ts'
import { hideTextForSoftware } from './text-for-software.ts'

/** A note as it is shown to the model. */
export interface NoteExcerpt {
  /** The note's name for the model; the EHR's id is not sent. */
  readonly alias: string
  readonly documentId: string
  /** The beginning of the note with the same offsets, with the patient's identity and text that addresses software blacked out. */
  readonly shown: string
  /** The same part of the note as in the chart. */
  readonly written: string
  /** How long before the encounter it was written. */
  readonly when: string
}

export interface NoteSelection {
  readonly excerpts: readonly NoteExcerpt[]
  /** Notes that did not fit, completely or in part. */
  readonly cut: number
  /** Notes with a part that is not shown because it addresses software. */
  readonly setAside: number
}

/** The minimum necessary: the notes of the encounter, then older ones, newest first, up to `maxCharacters`. */
export function selectNotes(bundle: ClinicalBundle, maxCharacters: number): NoteSelection {
  const encounterDay = (bundle.encounter.periodStart ?? bundle.encounter.periodEnd)?.slice(0, 10)
  const hideIdentity = identityHider(bundle)
  const notes = bundle.documents
    .flatMap((document) => {
      const text = document.content.kind === 'text' ? document.content.text : ''
      const daysBefore = daysBetween(document.date, encounterDay)
      // A note is often signed the day after. A later one belongs to another encounter.
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
    // Done before names are hidden, because an instruction may contain a name.
    const spoken = hideTextForSoftware(written)
    if (spoken !== written) setAside += 1
    excerpts.push({
      alias: `note-${excerpts.length + 1}`,
      documentId: document.source.resourceId,
      shown: hideIdentity(spoken),
      written,
      when: isOfEncounter(document, bundle) ? 'of the visit' : ageOf(daysBefore),
    })
  }
  return { excerpts, cut, setAside }
}

interface DatedNote {
  readonly document: DocumentEntry
  readonly daysBefore: number | undefined
}

function rank({ document, daysBefore }: DatedNote, bundle: ClinicalBundle): number {
  return isOfEncounter(document, bundle) ? -Infinity : (daysBefore ?? Infinity)
}

function isOfEncounter(document: DocumentEntry, bundle: ClinicalBundle): boolean {
  return document.encounterIds.includes(bundle.encounter.source.resourceId)
}

function ageOf(daysBefore: number | undefined): string {
  if (daysBefore === undefined) return 'undated'
  return daysBefore <= 0 ? 'of the day of the visit' : `${daysBefore} days before the visit`
}

function daysBetween(
  date: string | undefined,
  encounterDay: string | undefined,
): number | undefined {
  const days = (Date.parse(encounterDay ?? '') - Date.parse(date?.slice(0, 10) ?? '')) / 86_400_000
  return Number.isNaN(days) ? undefined : Math.round(days)
}

/** Never cuts within a word, because half a number is another number. */
function cutAtSpace(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text
  return text.slice(0, Math.max(0, text.slice(0, maxCharacters).search(/\s\S*$/)))
}
