import type { QueueRow } from '@authscript/prior-auth'
import { useCallback, useEffect, useRef, useState } from 'react'
import { noticeableOf } from './queue-changes.ts'

/** Marks rows that are new to the person, or have changed since the person last pointed at them. */
export function useMarks(rows: readonly QueueRow[]) {
  // What a person would have noticed of each row when it was seen. A row that is not in it has no mark, so adding one renders nothing.
  const seen = useRef(new Map<string, string>())
  const [newIds, setNewIds] = useState<ReadonlySet<string>>(() => new Set())
  const [, setSeenCount] = useState(0)
  useEffect(() => {
    for (const row of rows)
      if (!seen.current.has(row.workItemId)) seen.current.set(row.workItemId, noticeableOf(row))
  }, [rows])
  const see = useCallback((row: QueueRow) => {
    setNewIds((before) => {
      if (!before.has(row.workItemId)) return before
      return new Set([...before].filter((id) => id !== row.workItemId))
    })
    if (seen.current.get(row.workItemId) === noticeableOf(row)) return
    seen.current.set(row.workItemId, noticeableOf(row))
    setSeenCount((count) => count + 1)
  }, [])
  const markOf = (row: QueueRow): string | undefined => {
    if (newIds.has(row.workItemId)) return 'New'
    const known = seen.current.get(row.workItemId)
    return known === undefined || known === noticeableOf(row) ? undefined : 'Changed'
  }
  return { markOf, see, markNew: setNewIds }
}
