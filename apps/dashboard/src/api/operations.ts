import {
  configurationView,
  deadLetterView,
  type DependencyView,
  dependencyView,
  encounterTimeline,
  type OperationsView,
  operationsView,
  pageOf,
  redriveView,
  watchedView,
} from '@authscript/prior-auth'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { json, sendRequest } from './client.ts'

/** The requests of the operations page. */

/** The page asks at intervals and does not follow events, so a hundred events a second do not make it render more often. */
const refreshMs = 2000
const timelineRefreshMs = 3000
const watchedRefreshMs = 10_000
const pageSize = 50

const post = (body: unknown = {}): RequestInit => json(body)
const encode = encodeURIComponent
const anything = z.unknown()

export const operationsQueries = {
  view: () =>
    queryOptions({
      queryKey: ['operations'],
      queryFn: ({ signal }): Promise<OperationsView> =>
        sendRequest('/api/operations', operationsView, { signal }),
      refetchInterval: refreshMs,
      staleTime: refreshMs,
      retry: false,
    }),
  letters: (code: string) =>
    infiniteQueryOptions({
      queryKey: ['operations-letters', code],
      queryFn: ({ pageParam, signal }) =>
        sendRequest(
          `/api/dead-letters?code=${encode(code)}&limit=${pageSize}${pageParam === null ? '' : `&cursor=${encode(pageParam)}`}`,
          pageOf(deadLetterView),
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }) => nextCursor,
    }),
  /** The encounter's id is in the key, so its events read it again. */
  timeline: (encounterId: string, practiceId: string | undefined) =>
    queryOptions({
      queryKey: ['operations-timeline', encounterId, practiceId ?? null],
      queryFn: ({ signal }) =>
        sendRequest(
          `/api/operations/encounters/${encode(encounterId)}${practiceId === undefined ? '' : `?practiceId=${encode(practiceId)}`}`,
          encounterTimeline,
          { signal },
        ),
      // Steps are stored a moment after their events.
      refetchInterval: timelineRefreshMs,
    }),
  watched: (isFailingOnly: boolean) =>
    infiniteQueryOptions({
      queryKey: ['operations-watched', isFailingOnly],
      queryFn: ({ pageParam, signal }) =>
        sendRequest(
          `/api/operations/watched?limit=${pageSize}&failing=${isFailingOnly}${pageParam === null ? '' : `&cursor=${encode(pageParam)}`}`,
          pageOf(watchedView),
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }) => nextCursor,
      refetchInterval: watchedRefreshMs,
    }),
  configuration: () =>
    queryOptions({
      queryKey: ['operations-configuration'],
      queryFn: ({ signal }) =>
        sendRequest('/api/operations/configuration', configurationView, { signal }),
    }),
}

export const operationsActions = {
  test: (name: DependencyView['name']) =>
    sendRequest(`/api/operations/dependencies/${name}/test`, dependencyView, post()),
  redrive: (deadLetterId: string) =>
    sendRequest(`/api/dead-letters/${encode(deadLetterId)}/redrive`, deadLetterView, post()),
  redriveAll: (code: string) =>
    sendRequest('/api/dead-letters/redrives', redriveView, post({ code })),
  stopRedrive: (redriveId: string) =>
    sendRequest(`/api/dead-letters/redrives/${encode(redriveId)}/stop`, redriveView, post()),
  dismiss: ({ deadLetterId, note }: { readonly deadLetterId: string; readonly note: string }) =>
    sendRequest(
      `/api/dead-letters/${encode(deadLetterId)}/dismiss`,
      deadLetterView,
      post({ note }),
    ),
  pause: () => sendRequest('/api/orchestrator/pause', anything, post()),
  resume: () => sendRequest('/api/orchestrator/resume', anything, post()),
  setWorkers: (nodeId: string, count: number) =>
    sendRequest(`/api/operations/nodes/${encode(nodeId)}/workers`, anything, post({ count })),
  drain: (nodeId: string) =>
    sendRequest(`/api/operations/nodes/${encode(nodeId)}/drain`, anything, post()),
  takeUp: (nodeId: string) =>
    sendRequest(`/api/operations/nodes/${encode(nodeId)}/take-up`, anything, post()),
}
