/** How many leases a practice has when more are handed out. */
export interface PracticeLoad {
  readonly practiceId: string
  /** Leases that are held, on all nodes. */
  readonly active: number
}

export interface Share {
  readonly practiceId: string
  readonly places: number
}

/**
 * Divides free places between the practices that have work: each place goes to the practice with the fewest leases, so that a practice
 * with ten thousand encounters does not go before one with a single encounter. No practice gets more than `limit` leases.
 *
 * Of practices with equally many leases, the first in the list is first; the caller rotates the list.
 */
export function divideFairly(
  places: number,
  practices: readonly PracticeLoad[],
  limit = Number.POSITIVE_INFINITY,
): readonly Share[] {
  const standing = practices.map(({ practiceId, active }) => ({ practiceId, active, places: 0 }))
  for (let left = places; left > 0; left -= 1) {
    const next = standing
      .filter((one) => one.active + one.places < limit)
      .reduce<(typeof standing)[number] | undefined>(
        (least, one) =>
          least === undefined || one.active + one.places < least.active + least.places
            ? one
            : least,
        undefined,
      )
    if (next === undefined) break
    next.places += 1
  }
  return standing
    .filter((one) => one.places > 0)
    .map(({ practiceId, places: given }) => ({ practiceId, places: given }))
}
