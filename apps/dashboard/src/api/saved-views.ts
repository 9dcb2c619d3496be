import {
  savedView,
  savedViews,
  type SavedViewChange,
  type SavedViewRequest,
} from '@authscript/prior-auth'
import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { json, sendRequest } from './client.ts'

/** The requests of saved views. */

const path = '/api/work-queue/views'

export const savedViewQueries = {
  list: () =>
    queryOptions({
      queryKey: ['saved-views'],
      queryFn: async () => (await sendRequest(path, savedViews)).items,
      staleTime: 60_000,
    }),
}

export const savedViewRequests = {
  save: (request: SavedViewRequest) => sendRequest(path, savedView, json(request)),
  change: (viewId: string, change: SavedViewChange) =>
    sendRequest(`${path}/${encodeURIComponent(viewId)}`, savedView, {
      ...json(change),
      method: 'PUT',
    }),
  remove: (viewId: string) =>
    sendRequest(`${path}/${encodeURIComponent(viewId)}`, z.undefined(), { method: 'DELETE' }),
}
