import {
  pageOf,
  webhookChange,
  webhookDeliveryState,
  webhookDeliveryView,
  webhookRequest,
  webhookTestResult,
  webhookTypes,
  webhookView,
  webhookWithSecret,
} from '@authscript/prior-auth'
import { z } from 'zod'
import type { Store } from '../store/store.ts'
import type { WebhookDeliveryRow } from '../store/webhook-deliveries.ts'
import type { WebhookRow } from '../store/webhooks.ts'
import type { Caller } from './auth.ts'
import { pageQuery, pageRequestOf, toPage } from './paging.ts'
import { HttpProblem, notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'

/** Of one practice. */
const maxWebhooks = 10

const byWebhook = z.object({ webhookId: z.string().min(1).max(64) })
const byDelivery = byWebhook.extend({ deliveryId: z.string().min(1).max(64) })

/** Callers without these roles see why an endpoint is disabled, and only the server of its address. */
const editors = ['administrator', 'service'] as const

/** Webhooks: the practice's own systems that are notified of forms and decisions. */
export function addWebhookRoutes(
  app: App,
  { store, auth, audit, webhooks, errorCatalogue, clock }: RouteDependencies,
): void {
  const tags = ['webhooks']

  const remedyOf = (code: string) => errorCatalogue.get(code)?.remedy ?? null

  async function require(caller: Caller, webhookId: string): Promise<WebhookRow> {
    const row = await store.webhooks.find(caller, webhookId)
    if (row === undefined) throw notFound(`webhook ${webhookId}`)
    return row
  }
  /** The change, with its row in the audit trail if it was made. */
  const changed = <Result>(
    what: string,
    { practice_id: practiceId, webhook_id: webhookId }: WebhookRow,
    change: (rows: Pick<Store, 'webhooks' | 'webhookDeliveries'>) => Promise<Result>,
  ) =>
    store.transaction('Webhooks', async (transaction) => {
      const result = await change(transaction)
      if (result !== null)
        transaction.acted({ detail: `${what} ${webhookId}`, practiceIds: [practiceId] })
      return result
    })
  const viewOf = async (caller: Caller, webhookId: string) =>
    toView(await require(caller, webhookId), caller, remedyOf)
  async function requireUsable(url: string): Promise<void> {
    const fault = await webhooks.faultOf(url)
    if (fault !== undefined)
      throw new HttpProblem(422, 'webhook_url_refused', `this address cannot be used: ${fault}`)
  }

  app.post(
    '/api/webhooks',
    {
      schema: {
        tags,
        operationId: 'createWebhook',
        summary: 'Register an address of the practice that is notified; the secret is shown once',
        body: webhookRequest,
        response: { 201: webhookWithSecret },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { practiceId, url, types = webhookTypes, description = null } = request.body
      if (!caller.practiceIds.includes(practiceId))
        throw new HttpProblem(
          403,
          'practice_foreign',
          `you do not work in practice ${practiceId}, so nothing of it can be sent to you`,
        )
      await requireUsable(url)
      const secret = webhooks.newSecret()
      const stored = webhooks.seal(secret, practiceId)
      const fields = {
        practiceId,
        url,
        types,
        description,
        secret: stored,
        createdBy: caller.label,
      }
      const webhookId = await store.transaction('Webhooks', async (transaction) => {
        const added = await transaction.webhooks.add({ ...fields, max: maxWebhooks }, clock.now())
        if (added !== undefined)
          transaction.acted({ detail: `webhook_added ${added}`, practiceIds: [practiceId] })
        return added
      })
      if (webhookId === undefined)
        throw new HttpProblem(
          409,
          'webhooks_full',
          `practice ${practiceId} has ${maxWebhooks} webhooks, which is the most; delete one first`,
        )
      return reply.code(201).send({ ...(await viewOf(caller, webhookId)), secret })
    },
  )

  app.get(
    '/api/webhooks',
    {
      schema: {
        tags,
        operationId: 'listWebhooks',
        summary: 'The webhooks of the practices of the caller, newest first',
        querystring: pageQuery,
        response: { 200: pageOf(webhookView) },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const rows = await store.webhooks.list(caller, pageRequestOf(request.query))
      return toPage(
        rows,
        request.query.limit,
        (row) => toView(row, caller, remedyOf),
        ({ ordinal }) => ordinal,
      )
    },
  )

  app.get(
    '/api/webhooks/:webhookId',
    {
      schema: {
        tags,
        operationId: 'getWebhook',
        summary: 'One webhook: its state and how its last attempt ended',
        params: byWebhook,
        response: { 200: webhookView },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      return viewOf(caller, request.params.webhookId)
    },
  )

  app.patch(
    '/api/webhooks/:webhookId',
    {
      schema: {
        tags,
        operationId: 'changeWebhook',
        summary: 'Change the address, the types or the description of a webhook',
        params: byWebhook,
        body: webhookChange,
        response: { 200: webhookView },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { webhookId } = request.params
      const row = await require(caller, webhookId)
      const { url, types, description } = request.body
      if (url !== undefined) await requireUsable(url)
      if (url !== undefined || types !== undefined || description !== undefined)
        await changed('webhook_changed', row, (rows) =>
          rows.webhooks.change(caller, webhookId, {
            ...(url === undefined ? {} : { url }),
            ...(types === undefined ? {} : { types }),
            ...(description === undefined ? {} : { description }),
          }),
        )
      else audit.nothing(request)
      webhooks.wake()
      return viewOf(caller, webhookId)
    },
  )

  app.delete(
    '/api/webhooks/:webhookId',
    {
      schema: {
        tags,
        operationId: 'deleteWebhook',
        summary: 'Delete a webhook with its deliveries; waiting messages are not sent',
        params: byWebhook,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { webhookId } = request.params
      const row = await require(caller, webhookId)
      await changed('webhook_deleted', row, (rows) => rows.webhooks.remove(caller, webhookId))
      return reply.code(204).send(undefined)
    },
  )

  app.post(
    '/api/webhooks/:webhookId/rotate-secret',
    {
      schema: {
        tags,
        operationId: 'rotateWebhookSecret',
        summary: 'Make a new secret, shown once; the earlier one also signs for a day',
        params: byWebhook,
        response: { 200: webhookWithSecret },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { webhookId } = request.params
      const row = await require(caller, webhookId)
      const secret = webhooks.newSecret()
      await changed('webhook_secret_made', row, (rows) =>
        rows.webhooks.rotateSecret(
          caller,
          webhookId,
          webhooks.seal(secret, row.practice_id),
          webhooks.secretOverlapMs,
        ),
      )
      return { ...(await viewOf(caller, webhookId)), secret }
    },
  )

  for (const [action, operationId, summary] of [
    ['disable', 'disableWebhook', 'Stop sending to a webhook; its messages wait'],
    ['enable', 'enableWebhook', 'Send to a disabled webhook again, waiting messages first'],
  ] as const)
    app.post(
      `/api/webhooks/:webhookId/${action}`,
      { schema: { tags, operationId, summary, params: byWebhook, response: { 200: webhookView } } },
      async (request) => {
        const caller = auth.caller(request)
        const { webhookId } = request.params
        const row = await require(caller, webhookId)
        await changed(`webhook_${action}d`, row, (rows) =>
          action === 'enable'
            ? rows.webhooks.enable(caller, webhookId)
            : rows.webhooks.disable(caller, webhookId, caller.label),
        )
        webhooks.wake()
        return viewOf(caller, webhookId)
      },
    )

  app.post(
    '/api/webhooks/:webhookId/test',
    {
      schema: {
        tags,
        operationId: 'testWebhook',
        summary: 'Send a signed message without an order now, and say what the endpoint answered',
        params: byWebhook,
        response: { 200: webhookTestResult },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const row = await require(caller, request.params.webhookId)
      const { webhook_id: webhookId, practice_id: practiceId } = row
      await audit.did(request, {
        detail: `webhook_tested ${webhookId}`,
        practiceIds: [practiceId],
      })
      const outcome = await webhooks.test(row)
      return {
        isDelivered: outcome.isDelivered,
        status: outcome.status,
        ...(outcome.isDelivered
          ? { code: null, reason: null, remedy: null }
          : {
              code: outcome.code,
              reason: outcome.reason,
              remedy: remedyOf(outcome.code),
            }),
      }
    },
  )

  app.get(
    '/api/webhooks/:webhookId/deliveries',
    {
      schema: {
        tags,
        operationId: 'listWebhookDeliveries',
        summary: 'What was sent to a webhook or waits, newest first',
        params: byWebhook,
        querystring: pageQuery.extend({ state: webhookDeliveryState.optional() }),
        response: { 200: pageOf(webhookDeliveryView) },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { webhookId } = request.params
      await require(caller, webhookId)
      const { state, limit } = request.query
      const rows = await store.webhookDeliveries.list(
        webhookId,
        state,
        pageRequestOf(request.query),
      )
      return toPage(rows, limit, toDeliveryView, ({ ordinal }) => ordinal)
    },
  )

  app.post(
    '/api/webhooks/:webhookId/deliveries/:deliveryId/redeliver',
    {
      schema: {
        tags,
        operationId: 'redeliverWebhook',
        summary: 'Send a message again, with the same webhook-id',
        params: byDelivery,
        response: { 202: webhookDeliveryView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { webhookId, deliveryId } = request.params
      const webhook = await require(caller, webhookId)
      if ((await store.webhookDeliveries.find(webhookId, deliveryId)) === undefined)
        throw notFound(`delivery ${deliveryId} of webhook ${webhookId}`)
      if (webhook.state === 'disabled')
        throw new HttpProblem(
          409,
          'webhook_off',
          `webhook ${webhookId} is disabled; enable it first`,
        )
      const row = await changed(
        'webhook_redelivered',
        webhook,
        async (rows) => (await rows.webhookDeliveries.redeliver(webhookId, deliveryId)) ?? null,
      )
      if (row === null)
        throw new HttpProblem(409, 'already_under_way', `delivery ${deliveryId} waits already`)
      webhooks.wake()
      return reply.code(202).send(toDeliveryView(row))
    },
  )
}

function toView(
  row: WebhookRow,
  caller: Caller,
  remedyOf: (code: string) => string | null,
): z.infer<typeof webhookView> {
  const isEditor = editors.some((role) => caller.roles.has(role))
  return {
    webhookId: row.webhook_id,
    practiceId: row.practice_id,
    url: isEditor ? row.url : new URL(row.url).origin,
    types: webhookTypes.filter((one) => row.types.includes(one)),
    description: row.description,
    state: row.state,
    disabledBy: row.disabled_by,
    pendingCount: row.pending_count,
    failure:
      row.error_code === null || row.failing_since === null
        ? null
        : {
            code: row.error_code,
            reason: row.error_reason ?? '',
            remedy: remedyOf(row.error_code),
            since: row.failing_since.toISOString(),
            attemptCount: row.failure_count,
            nextAttemptAt: row.state === 'active' ? row.next_attempt_at.toISOString() : null,
          },
    lastDeliveredAt: row.last_delivered_at?.toISOString() ?? null,
    previousSecretUntil: row.previous_secret_until?.toISOString() ?? null,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
  }
}

function toDeliveryView(row: WebhookDeliveryRow): z.infer<typeof webhookDeliveryView> {
  return {
    deliveryId: row.delivery_id,
    eventId: row.event_id,
    sequence: row.sequence,
    type: row.type,
    encounterId: row.encounter_id,
    workItemId: row.work_item_id,
    state: row.state,
    attemptCount: row.attempt_count,
    responseStatus: row.response_status,
    errorCode: row.error_code,
    createdAt: row.created_at.toISOString(),
    lastAttemptAt: row.last_attempt_at?.toISOString() ?? null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
  }
}
