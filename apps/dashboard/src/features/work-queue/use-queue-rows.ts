import type { QueuePage, QueueRow } from '@authscript/prior-auth'
import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { RequestFailed } from '../../api/client.ts'
import { type QueueSearch, queueQueries } from '../../api/queue.ts'
import { compareRows } from './queue-changes.ts'

type Pages = InfiniteData<QueuePage, string | null>

/** The shown rows, and beside them what has changed since. */
export function useQueueRows(search: QueueSearch) {
  const cache = useQueryClient()
  const options = queueQueries.rows(search)
  const shown = useInfiniteQuery({ ...options, placeholderData: keepPreviousData })
  const { data, isPlaceholderData, fetchNextPage, refetch } = shown
  const pages = isPlaceholderData ? undefined : data?.pages
  const latest = useQuery({
    ...queueQueries.latest(search, pages?.length ?? 1),
    enabled: pages !== undefined,
    // What was just read is not read twice.
    initialData: () => cache.getQueryData<Pages>(options.queryKey)?.pages.slice(0, 3),
    initialDataUpdatedAt: () => cache.getQueryState(options.queryKey)?.dataUpdatedAt,
  })

  const shownRows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? noRows, [data])
  const changes = useMemo(() => {
    if (pages === undefined || latest.data === undefined || latest.data === pages)
      return { rows: shownRows, arrivedIds: noIds, goneIds: noIds }
    const rows = latest.data.flatMap(({ items }) => items)
    return compareRows(shownRows, rows, latest.data.at(-1)?.nextCursor === null)
  }, [pages, latest.data, shownRows])

  const { queryKey } = options
  const [, params] = queryKey
  /** Shows the list as it is now, from its beginning. */
  const apply = useCallback(() => {
    const read = cache.getQueryData<readonly QueuePage[]>(['queue-latest', params])
    if (read === undefined) return
    cache.setQueryData<Pages>(['queue-rows', params], {
      pages: [...read],
      pageParams: [null, ...read.slice(0, -1).map(({ nextCursor }) => nextCursor)],
    })
  }, [cache, params])

  /** Shows at once what the person did to some rows. */
  const change = useCallback(
    (workItemIds: ReadonlySet<string>, changeRow: (row: QueueRow) => QueueRow) => {
      const changePage = (page: QueuePage): QueuePage => ({
        ...page,
        items: page.items.map((row) => (workItemIds.has(row.workItemId) ? changeRow(row) : row)),
      })
      cache.setQueryData<Pages>(
        ['queue-rows', params],
        (old) => old && { ...old, pages: old.pages.map(changePage) },
      )
      cache.setQueryData<readonly QueuePage[]>(['queue-latest', params], (old) =>
        old?.map(changePage),
      )
    },
    [cache, params],
  )

  const readOn = useCallback(() => {
    void fetchNextPage().then(({ error }) =>
      // The order that the last page ended with has changed: the next page cannot begin after it.
      error instanceof RequestFailed && error.problem.code === 'page_outdated'
        ? refetch()
        : undefined,
    )
  }, [fetchNextPage, refetch])

  return {
    ...changes,
    total: latest.data?.[0]?.total ?? data?.pages[0]?.total,
    isPending: shown.isPending,
    /** Another view or search is being read; the rows are still those of the previous one. */
    isChanging: isPlaceholderData,
    error: shown.error,
    hasMore: shown.hasNextPage,
    isReadingOn: shown.isFetchingNextPage,
    hasFailedToReadOn: shown.isFetchNextPageError,
    readOn,
    retry: () => void refetch(),
    apply,
    change,
  }
}

const noRows: readonly QueueRow[] = []
const noIds: ReadonlySet<string> = new Set()
