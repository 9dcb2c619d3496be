import type { PerLane } from './rate-budget.ts'

const dayMs = 86_400_000
/** How far polls may be ahead of an even distribution over the day: encounters come in bursts. */
const pollsAheadMs = 3_600_000
/** This share at the end of the day's requests is only for write-backs: a person has approved them and is waiting. */
const writeShare = 0.02
/** Requests that a node reserves for write-backs at a time: one needs a search or two, the document, and reading it back. */
const writeReserve = 8

/** The state of the day's budget, and what this node holds and wants. */
export interface DayState {
  /** Reserved today by all nodes. */
  readonly reserved: number
  /** The part of `reserved` that is for polls. */
  readonly reservedPolls: number
  readonly dayEndsInMs: number
  readonly nodes: number
  /** Reserved by this node and unused. */
  readonly available: PerLane<number>
  /** What this node could send before its next renewal. */
  readonly wanted: number
}

export interface DayShare {
  /** Adds to the reserved requests; a negative number releases them. */
  readonly reserve: PerLane<number>
  readonly isSpent: PerLane<boolean>
  /** Polls have used everything that is released for them so far. */
  readonly arePollsAhead: boolean
  /** Requests that polls may still use today, on all nodes: unused ones of this node, and those not reserved yet. */
  readonly pollsLeft: number
}

export interface DayRequests {
  /** The maximum that polls may use per day. */
  readonly polls: number
  share(state: DayState): DayShare
}

/**
 * Divides a day's requests between polls, charts and write-backs.
 *
 * Polls have a fixed share, released evenly over the day, so that the rest is left for the charts of the encounters that they find.
 * Charts may use all but the last few, which are for write-backs. Each node takes an equal part of those last ones.
 */
export function dayRequests({
  perDay,
  pollingShare,
}: {
  readonly perDay: number
  readonly pollingShare: number
}): DayRequests {
  const polls = Math.max(1, Math.floor(perDay * pollingShare))
  const keptForWrites = Math.floor(perDay * writeShare)
  return {
    polls,
    share({ reserved, reservedPolls, dayEndsInMs, nodes, available, wanted }) {
      const partOf = (left: number) => Math.ceil(Math.max(0, left) / nodes)
      const left = Math.max(0, perDay - reserved)

      const chartsLeft = Math.max(0, left - keptForWrites)
      const chart = Math.min(wanted - available.chart, partOf(chartsLeft))
      const isChartSpent = chart >= chartsLeft

      const released = Math.ceil((polls * (dayMs - dayEndsInMs + pollsAheadMs)) / dayMs)
      const afterCharts = chartsLeft - Math.max(0, chart)
      const pollsReleased = Math.min(Math.min(polls, released) - reservedPolls, afterCharts)
      const poll = Math.min(wanted - available.poll, partOf(pollsReleased))

      const remaining = left - Math.max(0, chart) - Math.max(0, poll)
      const write = isChartSpent
        ? Math.min(Math.min(wanted, writeReserve) - available.write, partOf(remaining))
        : 0
      const isDaySpent = isChartSpent && write >= remaining
      return {
        reserve: { poll, chart, write },
        isSpent: { poll: isDaySpent, chart: isChartSpent, write: isDaySpent },
        arePollsAhead: poll >= pollsReleased,
        pollsLeft: Math.max(0, Math.min(polls - reservedPolls, chartsLeft)) + available.poll,
      }
    },
  }
}
