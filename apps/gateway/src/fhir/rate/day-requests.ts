import type { PerLane } from './rate-budget.ts'

const dayMs = 86_400_000
/** Polls may be so far ahead of an even spread over the day: encounters come in bursts. */
const pollsAheadMs = 3_600_000
/** Of the day's last requests this part is for write-backs alone: a person has approved, and waits. */
const writeShare = 0.02
/** What a node reserves for write-backs alone at a time: one needs a search or two, the document and its reading back. */
const writesAtATime = 8

/** How the day stands, and what this node has and wants. */
export interface DayStanding {
  /** Reserved today by all nodes, and those of it for polls. */
  readonly reserved: number
  readonly reservedPolls: number
  readonly dayEndsInMs: number
  readonly nodes: number
  /** Reserved by this node and not used yet. */
  readonly room: PerLane<number>
  /** What this node could send before it asks again. */
  readonly wanted: number
}

export interface DayShare {
  /** Adds to what is reserved; negative gives back. */
  readonly reserve: PerLane<number>
  readonly isSpent: PerLane<boolean>
  /** Nothing more is released for polls just now. */
  readonly arePollsAhead: boolean
  /** What polls may still use of the day, on all nodes: in this node's rooms and not reserved yet. */
  readonly pollsLeft: number
}

export interface DayRequests {
  /** The most that polls may use of a day. */
  readonly polls: number
  share(standing: DayStanding): DayShare
}

/**
 * Divides a day's requests between polls, charts and write-backs.
 *
 * Polls have a share and no more, released evenly over the day, so that the rest is there for the charts of what they find. Charts may
 * use all but the last few; those are for write-backs. Of the last ones each node takes an equal part.
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
    share({ reserved, reservedPolls, dayEndsInMs, nodes, room, wanted }) {
      const partOf = (left: number) => Math.ceil(Math.max(0, left) / nodes)
      const left = Math.max(0, perDay - reserved)

      const chartsLeft = Math.max(0, left - keptForWrites)
      const chart = Math.min(wanted - room.chart, partOf(chartsLeft))
      const isChartSpent = chart >= chartsLeft

      const released = Math.ceil((polls * (dayMs - dayEndsInMs + pollsAheadMs)) / dayMs)
      const afterCharts = chartsLeft - Math.max(0, chart)
      const pollsReleased = Math.min(Math.min(polls, released) - reservedPolls, afterCharts)
      const poll = Math.min(wanted - room.poll, partOf(pollsReleased))

      const lastOnes = left - Math.max(0, chart) - Math.max(0, poll)
      const write = isChartSpent
        ? Math.min(Math.min(wanted, writesAtATime) - room.write, partOf(lastOnes))
        : 0
      const isDaySpent = isChartSpent && write >= lastOnes
      return {
        reserve: { poll, chart, write },
        isSpent: { poll: isDaySpent, chart: isChartSpent, write: isDaySpent },
        arePollsAhead: poll >= pollsReleased,
        pollsLeft: Math.max(0, Math.min(polls - reservedPolls, chartsLeft)) + room.poll,
      }
    },
  }
}
