import type { ResourceSource } from '@authscript/prior-auth'
import type { NoteDocument, Unit } from '../../document/note-document.ts'
import type { Fact } from '../../facts/fact.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { ConceptTree } from '../chart-facts.ts'

/** What of the lexicon the stages need that read a note. */
export interface MentionFinder extends ConceptTree {
  find(document: NoteDocument, unit: Unit): readonly Mention[]
  findIn(text: string): readonly Mention[]
}

/** The stages that read a note, as far as a proposal is read again by them. */
export interface ReadingStages {
  readonly lexicon: MentionFinder
  readDocument(source: string): NoteDocument
  /** With its modifiers: who, when, whether; and with the numbers, dates and sides that it parses. */
  factsOfNote(
    document: NoteDocument,
    note: {
      readonly source: ResourceSource
      readonly day?: string
      readonly isOfEncounter: boolean
    },
    lexicon: MentionFinder,
    asOf: string,
  ): readonly Fact[]
}
