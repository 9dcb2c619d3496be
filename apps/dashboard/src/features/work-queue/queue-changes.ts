import type { QueueRow } from '@authscript/prior-auth'

/** What happened to the shown rows since they were read. */
export interface QueueChanges {
  /** The shown rows in their order, with the values of now. */
  readonly rows: readonly QueueRow[]
  /** Orders that came into the view. */
  readonly arrivedIds: ReadonlySet<string>
  /** Orders that left the view, or moved in it. */
  readonly goneIds: ReadonlySet<string>
}

/**
 * Compares the shown rows with the first rows as they are now. Values change in place; what would move a row is only named, until a person
 * asks for it.
 *
 * @param latest the beginning of the list, as many rows as were read again
 * @param isComplete whether `latest` is the whole list
 */
export function compareRows(
  shown: readonly QueueRow[],
  latest: readonly QueueRow[],
  isComplete: boolean,
): QueueChanges {
  const byId = new Map(latest.map((row) => [row.workItemId, row]))
  const shownIds = new Set(shown.map(({ workItemId }) => workItemId))
  // Shown rows after the last row that both lists have may only be beyond the part that was read again.
  const lastCommon = shown.findLastIndex(({ workItemId }) => byId.has(workItemId))
  const comparable = isComplete ? shown : shown.slice(0, lastCommon + 1)
  return {
    rows: shown.map((row) => byId.get(row.workItemId) ?? row),
    arrivedIds: idsOf(latest.filter(({ workItemId }) => !shownIds.has(workItemId))),
    goneIds: idsOf(comparable.filter(({ workItemId }) => !byId.has(workItemId))),
  }
}

const idsOf = (rows: readonly QueueRow[]): ReadonlySet<string> =>
  new Set(rows.map(({ workItemId }) => workItemId))

/** What a person would notice of a row: when it differs from what was seen, the row is marked. */
export function noticeableOf(row: QueueRow): string {
  const { stage, owner, openQuestionCount, plannedOn, dueOn, providerName } = row
  return JSON.stringify([stage, owner, openQuestionCount, plannedOn, dueOn, providerName])
}
