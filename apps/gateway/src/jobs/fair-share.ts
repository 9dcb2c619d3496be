/** How many leases a practice holds before more are taken. */
export interface PracticeLoad {
  readonly practiceId: string
  /** On all nodes. */
  readonly active: number
}

export interface Share {
  readonly practiceId: string
  readonly leaseCount: number
}

/**
 * Divides `count` new leases between the practices that have work. Each goes to the practice with the fewest leases, so that a practice
 * with ten thousand encounters does not delay one with a single encounter. No practice gets more than `limit` leases, including those it
 * holds.
 *
 * Among practices with equally many leases, the first in the list is preferred; the caller rotates the list.
 */
export function divideFairly(
  count: number,
  practices: readonly PracticeLoad[],
  limit = Number.POSITIVE_INFINITY,
): readonly Share[] {
  const shares = practices.map(({ practiceId, active }) => ({
    practiceId,
    active,
    leaseCount: 0,
  }))
  for (let left = count; left > 0; left -= 1) {
    const next = shares
      .filter((one) => one.active + one.leaseCount < limit)
      .reduce<(typeof shares)[number] | undefined>(
        (least, one) =>
          least === undefined || one.active + one.leaseCount < least.active + least.leaseCount
            ? one
            : least,
        undefined,
      )
    if (next === undefined) break
    next.leaseCount += 1
  }
  return shares
    .filter((one) => one.leaseCount > 0)
    .map(({ practiceId, leaseCount }) => ({ practiceId, leaseCount }))
}
