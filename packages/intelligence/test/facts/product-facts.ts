import { readDocument } from '../../src/document/read-document.ts'
import type { Fact } from '../../src/facts/fact.ts'
import { factsOfNote } from '../../src/facts/facts-of-note.ts'
import { loadLexicon } from '../../src/lexicon/lexicon.ts'
import { assertionsOf } from '../../src/modifiers/assertions-of.ts'

/** The facts that the product's lexicon finds in a note of 15 June 2026. */
export function factsIn(text: string): readonly Fact[] {
  const day = '2026-06-15'
  return factsOfNote(
    readDocument(text),
    { source: { resourceType: 'DocumentReference', resourceId: 'n' }, day, isOfEncounter: true },
    loadLexicon(),
    day,
    { readDocument, assertionsOf },
  )
}
