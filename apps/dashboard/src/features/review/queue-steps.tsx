import { useInfiniteQuery } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { queueQueries } from '../../api/queue.ts'
import { quietButton } from '../../ui/buttons.ts'

export interface QueueSteps {
  /** From 1. */
  readonly position: number
  readonly total: number
  go(by: 1 | -1): void
}

/**
 * The orders before and after this one in the queue from which it was opened, as it was shown there; undefined for an order that was opened
 * otherwise.
 */
export function useQueueSteps(workItemId: string): QueueSteps | undefined {
  const search = useLocation({ select: ({ state }) => state.fromQueue })
  const navigate = useNavigate()
  // As the queue showed them: orders that arrive meanwhile are not included.
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...queueQueries.rows(search ?? {}),
    enabled: false,
  })
  const rows = search === undefined ? [] : (data?.pages.flatMap(({ items }) => items) ?? [])
  const at = rows.findIndex((row) => row.workItemId === workItemId)
  if (at === -1) return undefined

  // Replaces the address, so that Back leads to the queue.
  const open = (id: string) =>
    void navigate({
      to: '/work-items/$workItemId',
      params: { workItemId: id },
      state: { fromQueue: search },
      replace: true,
    })
  return {
    position: at + 1,
    total: Math.max(data?.pages[0]?.total ?? 0, rows.length),
    go(by) {
      const next = rows[at + by]
      if (next !== undefined) open(next.workItemId)
      else if (by === 1 && hasNextPage && !isFetchingNextPage)
        void fetchNextPage().then((read) => {
          const more = read.data?.pages.flatMap(({ items }) => items)[at + 1]
          if (more !== undefined) open(more.workItemId)
        })
    },
  }
}

/** Steps through the queue without going back to it. */
export function QueueStepButtons({ steps: { position, total, go } }: { steps: QueueSteps }) {
  return (
    <span className="flex items-center whitespace-nowrap text-soft">
      <button
        type="button"
        aria-label="Previous order (Shift + K)"
        title="Previous order (Shift + K)"
        aria-disabled={position === 1}
        onClick={() => go(-1)}
        className={`${quietButton} px-2 aria-disabled:opacity-50`}
      >
        <ChevronUp aria-hidden className="size-4" />
      </button>
      {position} of {total}
      <button
        type="button"
        aria-label="Next order (Shift + J)"
        title="Next order (Shift + J)"
        aria-disabled={position === total}
        onClick={() => go(1)}
        className={`${quietButton} px-2 aria-disabled:opacity-50`}
      >
        <ChevronDown aria-hidden className="size-4" />
      </button>
    </span>
  )
}
