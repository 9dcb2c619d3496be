import { z } from 'zod'
import type { Immutable } from './immutable.ts'

/**
 * How completely one kind of resource was read. Absence may be concluded only from `complete`; after any other
 * outcome a missing fact is unknown (invariant 3).
 */
export const readOutcome = z.enum(['complete', 'partial', 'forbidden', 'failed', 'not_asked'])

export type ReadOutcome = z.infer<typeof readOutcome>

export const resourceCompleteness = z.object({
  resourceType: z.string(),
  outcome: readOutcome,
  /** Resources kept after malformed ones and those of other patients were dropped. */
  count: z.number().int().nonnegative(),
  /** The first requested day (`YYYY-MM-DD`); absent if the whole history was requested. */
  since: z.string().optional(),
  /** Why the outcome is not `complete`, for people: no names, no note text. */
  reason: z.string().optional(),
  /** Resources dropped because they belong to another patient (invariant 5). */
  strangers: z.number().int().nonnegative().default(0),
  /** Resources dropped because they could not be parsed. */
  malformed: z.number().int().nonnegative().default(0),
})

export type ResourceCompleteness = Immutable<z.infer<typeof resourceCompleteness>>

/** Whether absence can be concluded for this kind of resource. A kind that was never requested is not complete. */
export function isComplete(
  completeness: readonly ResourceCompleteness[],
  resourceType: string,
): boolean {
  return completeness.some((one) => one.resourceType === resourceType && one.outcome === 'complete')
}
