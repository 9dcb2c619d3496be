import type { NoteDocument, Unit } from '../document/note-document.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'
import type { Mention } from '../lexicon/mention.ts'
import type { Assertion } from '../modifiers/assertion.ts'

/** The stages before this one, as functions: how a text becomes a document, and how its mentions are spoken of. */
export interface Stages {
  readonly readDocument: (source: string) => NoteDocument
  readonly assertionsOf: (
    document: NoteDocument,
    unit: Unit,
    mentions: readonly Mention[],
    lexicon: LexiconView,
  ) => ReadonlyMap<Mention, Assertion>
}
