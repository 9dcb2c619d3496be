import type { ResourceSource } from '@authscript/prior-auth'
import type { Unit } from '../../document/note-document.ts'

/** A note as its facts are attributed: where it is from, its day, its author, whose visit. */
export interface NoteOrigin {
  readonly source: ResourceSource
  readonly day?: string
  readonly author?: string
  readonly isOfEncounter: boolean
  /** The day of the oldest note that has the same text, for a unit that was copied from there. */
  readonly copiedFrom?: (unit: Unit) => string | undefined
}

/** What is relative is relative to the day on which it was first written. `asOf` is the day of a note that has none. */
export function dayOfUnit(unit: Unit, note: NoteOrigin, asOf: string): string {
  return note.copiedFrom?.(unit) ?? note.day ?? asOf
}
