import type { ResourceSource } from '@authscript/prior-auth'
import type { Unit } from '../../document/note-document.ts'

/** What a note contributes to its facts: its source, day, author and encounter. */
export interface NoteOrigin {
  readonly source: ResourceSource
  readonly day?: string
  readonly author?: string
  readonly isOfEncounter: boolean
  /** The day of the oldest note with the same text, for a unit that was copied from it. */
  readonly copiedFrom?: (unit: Unit) => string | undefined
}

/**
 * The day to which relative times refer: the day on which the text was first written. `asOf` is used for a note
 * without a day.
 */
export function dayOfUnit(unit: Unit, note: NoteOrigin, asOf: string): string {
  return note.copiedFrom?.(unit) ?? note.day ?? asOf
}
