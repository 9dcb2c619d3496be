import { z } from 'zod'
import type { Immutable } from './immutable.ts'

/**
 * How well one kind of resource could be read. Only `complete` lets a reader conclude that something is absent:
 * after any other outcome a missing fact is unknown (invariant 3).
 */
export const readOutcome = z.enum(['complete', 'partial', 'forbidden', 'failed', 'not_asked'])

export type ReadOutcome = z.infer<typeof readOutcome>

export const resourceCompleteness = z.object({
  resourceType: z.string(),
  outcome: readOutcome,
  /** Resources kept after strangers and malformed ones were dropped. */
  count: z.number().int().nonnegative(),
  /** The first day asked for (`YYYY-MM-DD`); absent when the whole history was asked for. */
  since: z.string().optional(),
  /** Why the outcome is not `complete`, for people: no names, no note text. */
  reason: z.string().optional(),
  /** Resources dropped because they belong to another patient (invariant 5). */
  strangers: z.number().int().nonnegative().default(0),
  /** Resources dropped because they could not be understood. */
  malformed: z.number().int().nonnegative().default(0),
})

export type ResourceCompleteness = Immutable<z.infer<typeof resourceCompleteness>>

/** Whether absence can be concluded for this kind of resource. A kind that was never asked for is not complete. */
export function isComplete(
  completeness: readonly ResourceCompleteness[],
  resourceType: string,
): boolean {
  return completeness.some((one) => one.resourceType === resourceType && one.outcome === 'complete')
}
