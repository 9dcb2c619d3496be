import type { TimelineEntry } from '@authscript/prior-auth'
import { now } from '../../clock.ts'

/** After a long pause the scale begins again: a retry an hour later would squeeze everything else to nothing. */
const longPauseMs = 30_000

export function groupsOf(entries: readonly TimelineEntry[]): readonly (readonly TimelineEntry[])[] {
  const groups: TimelineEntry[][] = []
  let endsAt = Number.NEGATIVE_INFINITY
  for (const entry of entries) {
    const startsAt = Date.parse(entry.startedAt)
    const isLong = spanOf(entry) > longPauseMs && entry.kind === 'wait'
    if (groups.length === 0 || startsAt - endsAt > longPauseMs || isLong) groups.push([])
    groups.at(-1)?.push(entry)
    // What follows a long wait has a scale of its own.
    if (isLong) groups.push([])
    endsAt = Math.max(endsAt, startsAt + spanOf(entry))
  }
  return groups.filter((group) => group.length > 0)
}

/** How long it took, in milliseconds; of a wait that is not over, so far. */
export const spanOf = ({ startedAt, endedAt, kind }: TimelineEntry): number =>
  endedAt === null
    ? kind === 'wait'
      ? Math.max(0, now() - Date.parse(startedAt))
      : 0
    : Date.parse(endedAt) - Date.parse(startedAt)
