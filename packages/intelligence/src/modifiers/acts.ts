import type { ConceptKind } from '../lexicon/concept.ts'

/** What is done and not only there. */
export const acts: ReadonlySet<ConceptKind> = new Set(['therapy', 'drug', 'study', 'device'])
