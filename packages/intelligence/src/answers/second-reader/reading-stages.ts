import type { ResourceSource } from '@authscript/prior-auth'
import type { NoteDocument, Unit } from '../../document/note-document.ts'
import type { Fact } from '../../facts/fact.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'

/** The stages that read a note, as far as a proposal is read again by them. */
export interface ReadingStages {
  readonly lexicon: LexiconView
  readDocument(source: string): NoteDocument
  /** With its modifiers: who, when, whether; and with the numbers, dates and sides that it parses. */
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
