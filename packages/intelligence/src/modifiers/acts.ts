import type { ConceptKind } from '../lexicon/concept.ts'

/** Kinds of concept that are done, as opposed to being present. */
export const acts: ReadonlySet<ConceptKind> = new Set(['therapy', 'drug', 'study', 'device'])
