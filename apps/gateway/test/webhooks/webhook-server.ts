import type { EncounterRef, EventType, Role } from '@authscript/prior-auth'
import { systemClock } from '../../src/clock.ts'
import { Auth } from '../../src/http/auth.ts'
import { sha256 } from '../../src/token.ts'
import type { RouteDependencies } from '../../src/http/routes.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { createLog } from '../../src/log.ts'
import { readErrorCatalogue } from '../../src/operations/error-catalogue.ts'
import type { EventFacts } from '../../src/store/events.ts'
import { createDestinations } from '../../src/webhooks/destinations.ts'
import { type PostRequest, postWebhook } from '../../src/webhooks/post-webhook.ts'
import { createSecretBox } from '../../src/webhooks/secret-box.ts'
import { testWebhook } from '../../src/webhooks/test-webhook.ts'
import { WebhookSender, type WebhookSenderOptions } from '../../src/webhooks/webhook-sender.ts'
import { newWebhookSecret } from '../../src/webhooks/webhook-signature.ts'
import { type Node, openNode } from '../database/node.ts'
import { createTestDatabase } from '../database/test-database.ts'

const people: readonly [label: string, role: Role, practiceIds: readonly string[]][] = [
  ['admin', 'administrator', ['p1', 'p2']],
  ['scheduler', 'service', ['p1']],
  ['elsewhere', 'service', ['p2']],
  ['desk', 'staff', ['p1']],
  ['operator', 'operator', ['p1']],
]

export interface WebhookServer extends AsyncDisposable {
  readonly node: Node
  readonly log: readonly string[]
  ask(label: string, path: string, body?: object, method?: string): Promise<Response>
  /** Registers a webhook of practice p1 as its program does. */
  register(
    url: string,
    more?: object,
  ): Promise<{ readonly webhookId: string; readonly secret: string }>
  emit<Type extends EventType>(
    type: Type,
    facts: EventFacts<Type>,
    practiceId?: string,
  ): Promise<void>
  /** Emits that many FormApproved events, of work items 1, 2, 3 … */
  approve(count: number): Promise<void>
  /** Starts another sender on the same database, as another node does. */
  startSender(options?: Partial<WebhookSenderOptions>): WebhookSender
  view(webhookId: string): Promise<WebhookState>
  /** Resolves when `isThere` holds for the webhook. */
  viewWhen(webhookId: string, isThere: (view: WebhookState) => boolean): Promise<WebhookState>
  deliveries(webhookId: string): Promise<readonly DeliveryState[]>
}

export interface WebhookState {
  readonly state: string
  readonly url: string
  readonly disabledBy: string | null
  readonly pendingCount: number
  readonly failure: { readonly code: string; readonly attemptCount: number } | null
  readonly lastDeliveredAt: string | null
}

export interface DeliveryState {
  readonly deliveryId: string
  readonly eventId: string
  readonly state: string
  readonly attemptCount: number
  readonly workItemId: string
}

/** No test waits for it: a machine that was busy for some seconds must not end an attempt. */
const timeoutMs = 30_000

const ref = (practiceId: string): EncounterRef => ({
  practiceId,
  patientId: 'pat',
  encounterId: 'v',
})

/** The routes of webhooks and senders on a database of their own. */
export async function openWebhookServer(
  options: { readonly encryptionKeys?: readonly string[] } = {},
): Promise<WebhookServer> {
  const parts = new AsyncDisposableStack()
  const node = parts.use(await openNode(parts.use(await createTestDatabase()).connection))
  const { store } = node
  const lines: string[] = []
  const log = createLog({
    level: 'debug',
    pretty: false,
    stream: { write: (line) => lines.push(line) },
  })
  const destinations = createDestinations({ allowedNetworks: ['127.0.0.0/8'] })
  const box = createSecretBox(options.encryptionKeys ?? [], 'Webhooks__EncryptionKeys')
  const post = (request: PostRequest, signal: AbortSignal) =>
    postWebhook(request, { destinations, timeoutMs, ca: undefined }, signal)
  const dependencies = {
    store,
    errorCatalogue: readErrorCatalogue(),
    auth: new Auth({
      store,
      credentials: people.map(([label, role, practiceIds]) => ({
        label,
        keySha256: sha256(label),
        roles: [role],
        practiceIds,
      })),
      sessionMs: 60_000,
      clock: systemClock,
    }),
    webhooks: {
      secretOverlapMs: 60_000,
      newSecret: newWebhookSecret,
      faultOf: (url) => destinations.faultOf(url),
      wake: () => undefined,
      seal: (secret, practiceId) => box.seal(secret, practiceId),
      test: (row) => testWebhook(row, { box, post, clock: systemClock }),
    },
    attachmentLimits: { maxFileBytes: 100_000, maxFiles: 1, maxTotalBytes: 100_000 },
    streamLimits: { heartbeatMs: 1000, maxStreams: 1, maxBufferBytes: 1024 },
    publicKeys: [],
    secureCookies: false,
    clock: systemClock,
    log,
    // The routes of webhooks use no more.
  } as Partial<RouteDependencies> as RouteDependencies
  const http = await createHttpServer(
    {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 65_536,
      requestsPerMinute: 100_000,
      trustedProxies: [],
      dashboardDirectory: undefined,
      keyName: (name) => name,
    },
    dependencies,
  )
  const address = await http.start()
  parts.defer(() => http.stop())

  const server: WebhookServer = {
    node,
    log: lines,
    ask: (label, path, body, method = body === undefined ? 'GET' : 'POST') =>
      fetch(`${address}${path}`, {
        method,
        headers: { 'x-api-key': label, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      }),
    async register(url, more = {}) {
      const created = await server.ask('scheduler', '/api/webhooks', {
        practiceId: 'p1',
        url,
        ...more,
      })
      if (created.status !== 201) throw new Error(await created.text())
      return (await created.json()) as { webhookId: string; secret: string }
    },
    emit: (type, facts, practiceId = 'p1') => store.emit('test', ref(practiceId), type, facts),
    async approve(count) {
      for (let index = 1; index <= count; index += 1)
        await server.emit('FormApproved', { workItemId: `wi-${index}` })
    },
    startSender(options = {}) {
      const sender = new WebhookSender({
        store,
        post,
        secretBox: box,
        intervals: { intervalMs: 10, maxIntervalMs: 20 },
        timeoutMs,
        giveUpMs: 3_600_000,
        pollIntervalMs: 20,
        clock: systemClock,
        log,
        ...options,
      })
      parts.defer(() => sender.stop())
      sender.start()
      return sender
    },
    view: async (webhookId) =>
      (await (await server.ask('admin', `/api/webhooks/${webhookId}`)).json()) as WebhookState,
    async viewWhen(webhookId, isThere) {
      for (;;) {
        const view = await server.view(webhookId)
        if (isThere(view)) return view
        await new Promise((resolve) => {
          setTimeout(resolve, 10)
        })
      }
    },
    async deliveries(webhookId) {
      const response = await server.ask('admin', `/api/webhooks/${webhookId}/deliveries`)
      return ((await response.json()) as { items: readonly DeliveryState[] }).items
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
  return server
}
