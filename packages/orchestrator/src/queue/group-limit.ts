import type { ObserverNotifier } from '../observer.ts'

/** How many tasks of this group may run at once. */
export type GroupLimit = (group: string) => number

/** @throws {RangeError} naming the group, if any, when its limit is neither a positive integer nor `Infinity` */
export function checkGroupLimit(group: string | undefined, limit: number): void {
  if (isLimit(limit)) return
  const name = group === undefined ? 'groupConcurrency' : `groupConcurrency of group ${group}`
  throw new RangeError(`${name} must be a positive integer or Infinity, got ${limit}`)
}

/**
 * A number as the limit of every group; or a user's function, with 1 in place of an answer that is no limit and of an error. The function answered for each group when its task
 * was submitted; a task that is accepted must not wait without end because it changed its mind.
 */
export function toGroupLimit(
  groupConcurrency: number | GroupLimit,
  observer: ObserverNotifier,
): GroupLimit {
  if (typeof groupConcurrency === 'number') return () => groupConcurrency
  return (group) => {
    try {
      const limit = groupConcurrency(group)
      return isLimit(limit) ? limit : 1
    } catch {
      observer.countError()
      return 1
    }
  }
}

function isLimit(limit: number): boolean {
  return limit > 0 && (Number.isInteger(limit) || limit === Number.POSITIVE_INFINITY)
}
