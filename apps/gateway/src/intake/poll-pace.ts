const dayMs = 86_400_000
const hourMs = 3_600_000

/** An encounter is polled less often the longer it has been open: most are signed within hours. */
const ageSteps = [
  { untilMs: 12 * hourMs, factor: 1 },
  { untilMs: 2 * dayMs, factor: 4 },
  { untilMs: 7 * dayMs, factor: 12 },
  { untilMs: Number.POSITIVE_INFINITY, factor: 60 },
] as const

/** The ages at which the next step begins, ascending: how open encounters are counted. */
export const ageStepsMs: readonly number[] = ageSteps.slice(0, -1).map(({ untilMs }) => untilMs)

/** The factor by which the interval of a new encounter is multiplied at this age. */
export function ageFactor(ageMs: number): number {
  return ageSteps.find(({ untilMs }) => ageMs < untilMs)?.factor ?? 1
}

/** The registrations that are polled, on all nodes. */
export interface WatchedCounts {
  /** Waiting for their signature, one count for each age step, youngest first. */
  readonly open: readonly number[]
  /** Signed, in case they are re-opened. */
  readonly signed: number
  /** Not known to the EHR, or not readable for us. */
  readonly refused: number
}

/** The intervals that are stretched, as configured: the shortest of each kind. */
export interface PacedIntervals {
  readonly openMs: number
  readonly signedMs: number
  readonly maxRefusedBackoffMs: number
}

export interface PollPaceOptions {
  readonly watched: WatchedCounts
  readonly intervals: PacedIntervals
  /** How many requests polls may still use today (GMT), and the milliseconds until the day ends. */
  readonly left: { readonly requests: number; readonly ms: number }
  /** What polls may use of a whole day. */
  readonly requestsPerDay: number
}

/** Factors by which the configured intervals are multiplied, 1 or more. */
export interface PollPace {
  readonly open: number
  /** For signed and refused encounters, whose polls are not urgent. */
  readonly slow: number
}

/** When not all can be polled as often as configured, signed and refused encounters get at most this part of the requests. */
const slowShare = 0.2
/** At least this part of the day's even rate is assumed to be available; when no requests are left, the budget itself makes polls wait. */
const minRateShare = 0.25

/**
 * How far the intervals are stretched so that the polls of the rest of the day fit into the requests left for polls.
 *
 * 9 new encounters every 5 s would be 155,520 requests a day; with 30,000 for polls each is asked about every 26 s.
 */
export function pollPace({ watched, intervals, left, requestsPerDay }: PollPaceOptions): PollPace {
  const available = Math.max(left.requests, ((requestsPerDay * left.ms) / dayMs) * minRateShare)
  const openNeed = watched.open.reduce(
    (sum, count, step) =>
      sum + (count * left.ms) / (intervals.openMs * (ageSteps[step]?.factor ?? 1)),
    0,
  )
  const slowNeed =
    (watched.signed * left.ms) / intervals.signedMs +
    (watched.refused * left.ms) / intervals.maxRefusedBackoffMs
  if (openNeed + slowNeed <= available) return { open: 1, slow: 1 }
  const forSlow = Math.min(slowNeed, Math.max(available * slowShare, available - openNeed))
  return {
    open: Math.max(1, openNeed / (available - forSlow)),
    slow: slowNeed === 0 ? 1 : Math.max(1, slowNeed / forSlow),
  }
}

/** The intervals at that pace; the others stay as they are. */
export function atPace<Intervals extends PacedIntervals>(
  intervals: Intervals,
  { open, slow }: PollPace,
): Intervals {
  return {
    ...intervals,
    openMs: intervals.openMs * open,
    signedMs: intervals.signedMs * slow,
    maxRefusedBackoffMs: intervals.maxRefusedBackoffMs * slow,
  }
}
