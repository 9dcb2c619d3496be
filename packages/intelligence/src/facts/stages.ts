import type { NoteDocument, Unit } from '../document/note-document.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'
import type { Mention } from '../lexicon/mention.ts'
import type { Assertion } from '../modifiers/assertion.ts'

/** The previous stages as functions: they turn a text into a document and find the assertions of its mentions. */
export interface Stages {
  readonly readDocument: (source: string) => NoteDocument
  readonly assertionsOf: (
    document: NoteDocument,
    unit: Unit,
    mentions: readonly Mention[],
    lexicon: LexiconView,
  ) => ReadonlyMap<Mention, Assertion>
}
