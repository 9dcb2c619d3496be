import type { ResourceSource } from '@authscript/prior-auth'
import type { NoteDocument, Unit } from '../../document/note-document.ts'
import type { Fact } from '../../facts/fact.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'

/** The stages that are needed to check a proposal. */
export interface ReadingStages {
  readonly lexicon: LexiconView
  readDocument(source: string): NoteDocument
  /** Includes the modifiers (subject, time, status) and the parsed numbers, dates and sides. */
  factsOfNote(
    document: NoteDocument,
    note: {
      readonly source: ResourceSource
      readonly day?: string
      readonly isOfEncounter: boolean
      readonly copiedFrom?: (unit: Unit) => string | undefined
    },
    lexicon: LexiconView,
    asOf: string,
  ): readonly Fact[]
}
