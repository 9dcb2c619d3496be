import { conceptsOf } from './answers/alternatives.ts'
import { loadLexicon } from './lexicon/lexicon.ts'
import type { Criterion } from './policy/criterion.ts'

/** A concept of a question with its display name. */
export interface CriterionConcept {
  readonly conceptId: string
  readonly name: string
}

/** The concepts of a criterion, each once, in its order: what a language model may look for. */
export function criterionConcepts(criterion: Criterion): readonly CriterionConcept[] {
  const lexicon = loadLexicon()
  return [...new Set(criterion.any.flatMap(conceptsOf))].map((conceptId) => ({
    conceptId,
    name: lexicon.get(conceptId)?.name ?? conceptId,
  }))
}
