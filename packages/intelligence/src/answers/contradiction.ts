import type { Criterion } from '../policy/criterion.ts'
import type { AnswerContext } from './answer-context.ts'
import { answerQuery } from './answer-query.ts'
import type { FactStore } from './chart-facts.ts'

/**
 * A text naming what the encounter's notes state that contradicts a yes. Denying what such a
 * finding denies has the same effect.
 */
export function contradictionOf(
  { contradictedBy }: Criterion,
  store: FactStore,
  context: AnswerContext,
): string | undefined {
  if (contradictedBy === undefined) return undefined
  const ask = (finding: readonly string[]) =>
    answerQuery({ finding: [...finding], orPlanned: true, notesOnly: true }, store, context)
  const stated = ask(contradictedBy)
  if (stated.value === 'met') return stated.because
  const denials = contradictedBy.flatMap((id) => context.concepts.get(id)?.denies ?? [])
  const denied = denials.length === 0 ? undefined : ask(denials)
  return denied?.value === 'not_met' ? denied.because : undefined
}
