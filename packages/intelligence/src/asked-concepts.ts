import { conceptsOf } from './answers/alternatives.ts'
import { loadLexicon } from './lexicon/lexicon.ts'
import type { Criterion } from './policy/criterion.ts'

/** A concept that a question asks for, as a person calls it. */
export interface AskedConcept {
  readonly conceptId: string
  readonly name: string
}

/** The concepts that a criterion asks for, each once, in its own order: what a language model may look for in its stead. */
export function askedConcepts(criterion: Criterion): readonly AskedConcept[] {
  const lexicon = loadLexicon()
  return [...new Set(criterion.any.flatMap(conceptsOf))].map((conceptId) => ({
    conceptId,
    name: lexicon.get(conceptId)?.name ?? conceptId,
  }))
}
