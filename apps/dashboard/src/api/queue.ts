import {
  type AssignResult,
  assignResult,
  type EncounterView,
  encounterView,
  pageOf,
  type ProcessingState,
  type QueuePage,
  queuePage,
  queueSort,
  queueSummary,
  queueView,
} from '@authscript/prior-auth'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { json, sendRequest } from './client.ts'

/** The requests of the work queue. */

/** The view, filters and sort in the address. Invalid values are ignored, so that an old bookmark still opens. */
export const queueSearch = z.object({
  view: queueView.optional().catch(undefined),
  q: z.string().max(200).optional().catch(undefined),
  /** Empty: orders without a payer. */
  payer: z.string().max(300).optional().catch(undefined),
  provider: z.string().max(300).optional().catch(undefined),
  owner: z.string().max(300).optional().catch(undefined),
  sort: queueSort.optional().catch(undefined),
  direction: z.enum(['asc', 'desc']).optional().catch(undefined),
})

export type QueueSearch = z.infer<typeof queueSearch>

/** The first page is small, so that it arrives soon over a slow line; the further ones are large. */
const pageSizes = { first: 50, next: 200 }
/** A person who has scrolled further sees changes of these pages at once, and of the others when they are read again. */
const maxLatestPages = 3
const minutes = 60_000

/** The same text for the same orders, so that it is also the key of the cache. */
function paramsOf(search: QueueSearch): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined)
  return new URLSearchParams(given as [string, string][]).toString()
}

const readPage = (params: string, cursor: string | null, signal: AbortSignal): Promise<QueuePage> =>
  sendRequest(
    `/api/work-queue?${params}&limit=${
      cursor === null ? pageSizes.first : `${pageSizes.next}&cursor=${encodeURIComponent(cursor)}`
    }`,
    queuePage,
    { signal },
  )

export const queueQueries = {
  /** The orders as they are shown. They move only when the person asks for it: see `latest`. */
  rows: (search: QueueSearch) =>
    infiniteQueryOptions({
      queryKey: ['queue-rows', paramsOf(search)],
      queryFn: ({ pageParam, signal }) => readPage(paramsOf(search), pageParam, signal),
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }) => nextCursor,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 30 * minutes,
    }),
  /** The first pages as they are now. */
  latest: (search: QueueSearch, shownPages: number) =>
    queryOptions({
      queryKey: ['queue-latest', paramsOf(search)],
      async queryFn({ signal }): Promise<readonly QueuePage[]> {
        const pages: QueuePage[] = []
        let cursor: string | null = null
        do {
          const page: QueuePage = await readPage(paramsOf(search), cursor, signal)
          pages.push(page)
          cursor = page.nextCursor
        } while (cursor !== null && pages.length < Math.min(shownPages, maxLatestPages))
        return pages
      },
      staleTime: 5000,
    }),
  summary: () =>
    queryOptions({
      queryKey: ['queue-summary'],
      queryFn: () => sendRequest('/api/work-queue/summary', queueSummary),
    }),
  /** Encounters that have no orders yet. */
  encounters: () =>
    queryOptions({
      queryKey: ['encounters'],
      async queryFn(): Promise<readonly EncounterView[]> {
        const states: readonly ProcessingState[] = ['failed', 'running', 'queued']
        const pages = await Promise.all(
          states.map((state) =>
            sendRequest(`/api/encounters?processing=${state}&limit=200`, pageOf(encounterView)),
          ),
        )
        return pages.flatMap(({ items }) => items)
      },
    }),
}

export const csvUrl = (search: QueueSearch): string => `/api/work-queue.csv?${paramsOf(search)}`

/** What one request may assign. */
const maxAssigned = 200

/** Gives orders to `owner`, or to nobody for null. */
export async function assignOrders(
  workItemIds: readonly string[],
  owner: string | null,
): Promise<AssignResult['changed']> {
  const changed: AssignResult['changed'][number][] = []
  for (let from = 0; from < workItemIds.length; from += maxAssigned) {
    const result = await sendRequest(
      '/api/work-queue/assign',
      assignResult,
      json({ workItemIds: workItemIds.slice(from, from + maxAssigned), owner }),
    )
    changed.push(...result.changed)
  }
  return changed
}

/** Gives each order back to its earlier owner. */
export async function undoAssignment(changed: AssignResult['changed']): Promise<void> {
  for (const [owner, orders] of Map.groupBy(changed, ({ previousOwner }) => previousOwner))
    await assignOrders(
      orders.map(({ workItemId }) => workItemId),
      owner,
    )
}
