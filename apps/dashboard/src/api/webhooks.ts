import {
  pageOf,
  type WebhookChange,
  type WebhookDeliveryView,
  webhookDeliveryView,
  type WebhookRequest,
  webhookTestResult,
  webhookView,
  webhookWithSecret,
} from '@authscript/prior-auth'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { json, sendRequest } from './client.ts'

/** The requests of the page of webhooks. */

const refreshMs = 5000
const pageSize = 25
/** More than the practices of a caller may have together is cut off; each practice has at most ten. */
const listSize = 100

const pathOf = (webhookId: string, rest = '') =>
  `/api/webhooks/${encodeURIComponent(webhookId)}${rest}`
const post = (path: string) => ({ path, init: { method: 'POST' } }) as const

export type DeliveryFilter = WebhookDeliveryView['state'] | 'all'

export const webhookQueries = {
  list: () =>
    queryOptions({
      queryKey: ['webhooks'],
      queryFn: async ({ signal }) =>
        (await sendRequest(`/api/webhooks?limit=${listSize}`, pageOf(webhookView), { signal }))
          .items,
      refetchInterval: refreshMs,
    }),
  deliveries: (webhookId: string, state: DeliveryFilter) =>
    infiniteQueryOptions({
      queryKey: ['webhook-deliveries', webhookId, state],
      queryFn: ({ pageParam, signal }) => {
        const query = new URLSearchParams({ limit: String(pageSize) })
        if (state !== 'all') query.set('state', state)
        if (pageParam !== null) query.set('cursor', pageParam)
        return sendRequest(
          `${pathOf(webhookId, '/deliveries')}?${query.toString()}`,
          pageOf(webhookDeliveryView),
          { signal },
        )
      },
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }) => nextCursor,
      refetchInterval: refreshMs,
    }),
}

const send = <Schema extends z.ZodType>(
  { path, init }: ReturnType<typeof post>,
  schema: Schema,
): Promise<z.output<Schema>> => sendRequest(path, schema, init)

export const webhookRequests = {
  add: (request: WebhookRequest) => sendRequest('/api/webhooks', webhookWithSecret, json(request)),
  change: ({ webhookId, ...change }: WebhookChange & { readonly webhookId: string }) =>
    sendRequest(pathOf(webhookId), webhookView, { ...json(change), method: 'PATCH' }),
  remove: (webhookId: string) => sendRequest(pathOf(webhookId), z.unknown(), { method: 'DELETE' }),
  enable: (webhookId: string) => send(post(pathOf(webhookId, '/enable')), webhookView),
  disable: (webhookId: string) => send(post(pathOf(webhookId, '/disable')), webhookView),
  rotate: (webhookId: string) => send(post(pathOf(webhookId, '/rotate-secret')), webhookWithSecret),
  test: (webhookId: string) => send(post(pathOf(webhookId, '/test')), webhookTestResult),
  redeliver: ({
    webhookId,
    deliveryId,
  }: {
    readonly webhookId: string
    readonly deliveryId: string
  }) =>
    send(
      post(pathOf(webhookId, `/deliveries/${encodeURIComponent(deliveryId)}/redeliver`)),
      webhookDeliveryView,
    ),
}
