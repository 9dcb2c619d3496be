import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { sealSecrets } from '../../src/webhooks/seal-secrets.ts'
import { createSecretBox } from '../../src/webhooks/secret-box.ts'
import type { WebhookSenderOptions } from '../../src/webhooks/webhook-sender.ts'
import { isSigned, startReceiver } from './webhook-receiver.ts'
import { openWebhookServer } from './webhook-server.ts'

const workItemsOf = (messages: readonly { readonly data: Readonly<Record<string, unknown>> }[]) =>
  messages.map(({ data }) => data['workItemId'])

describe('an event', () => {
  it('reaches the webhooks of its practice that asked for it, once, signed, with ids only', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    await using ofDecisions = await startReceiver()
    const { secret } = await server.register(receiver.url)
    await server.register(ofDecisions.url, { types: ['payer.decided'] })
    server.startSender()

    await server.emit('FormApproved', { workItemId: 'wi-1' })
    await server.emit('FormApproved', { workItemId: 'other' }, 'p2')
    await server.emit('WorkItemAssigned', { workItemId: 'wi-1' })
    await server.emit('PA_FORM_READY', {
      transactionId: 't',
      message: 'PA form ready for Jane',
      workItemId: 'wi-1',
      procedureCode: '72148',
    })
    await server.emit('FormInChart', { workItemId: 'wi-1' })
    await server.emit('PayerDecided', { workItemId: 'wi-1' })

    const messages = await receiver.until(4)
    expect(messages.map(({ type }) => type)).toEqual([
      'form.approved',
      'form.ready',
      'form.in_chart',
      'payer.decided',
    ])
    const [event] = await server.node.store.events.after(0, 1)
    expect(messages[0]).toMatchObject({
      id: event?.id,
      data: {
        eventId: event?.id,
        sequence: event?.sequence,
        practiceId: 'p1',
        encounterId: 'v',
        workItemId: 'wi-1',
      },
    })
    for (const message of messages) {
      expect(isSigned(message, secret)).toBe(true)
      expect(isSigned({ ...message, body: `${message.body} ` }, secret)).toBe(false)
      expect(isSigned(message, 'whsec_b3RoZXI=')).toBe(false)
      expect(message.body).not.toMatch(/Jane|72148|"pat"/)
    }
    expect((await ofDecisions.until(1)).map(({ type }) => type)).toEqual(['payer.decided'])
  })

  it('before the webhook was registered is not sent', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    await server.approve(1)
    await server.register(receiver.url)
    await server.emit('FormApproved', { workItemId: 'later' })

    server.startSender()

    expect(workItemsOf(await receiver.until(1))).toEqual(['later'])
  })

  it('is sent once by several nodes, in the order of the commits', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    const { webhookId } = await server.register(receiver.url)
    for (let node = 0; node < 3; node += 1) server.startSender()

    await server.approve(60)

    expect(workItemsOf(await receiver.until(60))).toEqual(
      Array.from({ length: 60 }, (_, index) => `wi-${index + 1}`),
    )
    await server.viewWhen(webhookId, ({ pendingCount }) => pendingCount === 0)
    expect(receiver.received).toHaveLength(60)
  })
})

describe('an endpoint that fails', () => {
  it('gets the same message again, and the later ones after it', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    let refusals = 3
    receiver.answer = () => ({ status: (refusals -= 1) >= 0 ? 503 : 200 })
    const { webhookId } = await server.register(receiver.url)
    server.startSender()

    await server.approve(2)

    const messages = await receiver.until(5)
    expect(workItemsOf(messages)).toEqual(['wi-1', 'wi-1', 'wi-1', 'wi-1', 'wi-2'])
    expect(new Set(messages.slice(0, 4).map(({ id }) => id)).size).toBe(1)
    await server.viewWhen(webhookId, ({ failure, pendingCount }) => !failure && pendingCount === 0)
    expect(await server.deliveries(webhookId)).toMatchObject([
      { workItemId: 'wi-2', state: 'delivered', attemptCount: 1 },
      { workItemId: 'wi-1', state: 'delivered', attemptCount: 4 },
    ])
  })

  it('delays no other: those of the same practice and of others get their messages meanwhile', async () => {
    await using server = await openWebhookServer()
    await using silent = await startReceiver()
    silent.answer = () => ({ isSilent: true })
    await using quick = await startReceiver()
    await server.register(silent.url)
    await server.register(quick.url)
    server.startSender()

    await server.approve(20)

    await quick.until(20)
    expect(silent.received.length).toBeLessThanOrEqual(1)
  })

  it('is disabled after the time to give up, with an event that operators see; what waits goes out when it is enabled', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    receiver.answer = () => ({ status: 500 })
    const { webhookId } = await server.register(`${receiver.url}?token=secret-in-url`)
    server.startSender({ giveUpMs: 100 })
    await server.approve(2)

    const view = await server.viewWhen(webhookId, ({ state }) => state === 'disabled')

    expect(view).toMatchObject({
      disabledBy: null,
      pendingCount: 2,
      failure: { code: 'webhook_unavailable', nextAttemptAt: null },
    })
    const events = await server.node.store.events.after(0, 100)
    expect(events.filter(({ eventType }) => eventType === 'WebhookDisabled')).toMatchObject([
      {
        practiceId: 'p1',
        data: {
          webhookId,
          code: 'webhook_unavailable',
          error: 'it answered 500',
          encounterId: 'v',
        },
      },
    ])
    expect(await server.node.store.webhooks.counts()).toEqual({
      disabled: 1,
      pending: 2,
      unreadable: 0,
    })
    expect(await (await server.ask('operator', '/api/webhooks')).json()).toMatchObject({
      items: [{ webhookId, state: 'disabled', url: `http://127.0.0.1:${receiver.port}` }],
    })
    expect(server.log.join('')).not.toContain('secret-in-url')

    const before = receiver.received.length
    receiver.answer = () => ({})
    await server.ask('scheduler', `/api/webhooks/${webhookId}/enable`, {})
    expect(workItemsOf((await receiver.until(before + 2)).slice(before))).toEqual(['wi-1', 'wi-2'])
  })

  it('is disabled at once when it answers that it is gone', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    receiver.answer = () => ({ status: 410 })
    const { webhookId } = await server.register(receiver.url)
    server.startSender()

    await server.approve(1)

    await server.viewWhen(webhookId, ({ state }) => state === 'disabled')
    expect(receiver.received).toHaveLength(1)
  })

  it('that refuses one message gets the next one after six tries', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    receiver.answer = ({ data }) => ({ status: data['workItemId'] === 'wi-1' ? 422 : 200 })
    const { webhookId } = await server.register(receiver.url)
    server.startSender()

    await server.approve(2)

    expect(workItemsOf(await receiver.until(7))).toEqual([...Array(6).fill('wi-1'), 'wi-2'])
    await server.viewWhen(webhookId, ({ pendingCount }) => pendingCount === 0)
    expect(await server.deliveries(webhookId)).toMatchObject([
      { state: 'delivered' },
      { state: 'failed', errorCode: 'webhook_refused', responseStatus: 422 },
    ])
  })
})

describe('a node that ends', () => {
  it('while it waits for an answer leaves the message to the next node', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    receiver.answer = () => ({ isSilent: true })
    await server.register(receiver.url)
    // Like a killed process: it never records anything, and its claim stays. It claims no other.
    const { webhooks } = server.node.store
    let isKilled = false
    const posted = Promise.withResolvers<void>()
    server.startSender({
      store: {
        ...server.node.store,
        webhooks: {
          ...webhooks,
          claim: async (...request) => {
            const claims = isKilled ? [] : await webhooks.claim(...request)
            isKilled ||= claims.length > 0
            return claims
          },
        },
      },
      post: (request, signal) => {
        posted.resolve()
        return untilCutOff(request, signal)
      },
      clock: stopsAtOnce,
    })
    await server.approve(1)
    await posted.promise
    receiver.answer = () => ({})
    server.startSender()

    await sql`update webhooks set claimed_until = now() - interval '1 second'`.execute(
      server.node.database.db,
    )

    expect(workItemsOf(await receiver.until(1))).toEqual(['wi-1'])
  })

  it('by a proper stop releases its claim, and what it interrupted is sent again', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    receiver.answer = () => ({ isSilent: true })
    await server.register(receiver.url)
    const first = server.startSender({ clock: stopsAtOnce })
    await server.approve(1)
    await receiver.until(1)

    await first.stop()
    receiver.answer = () => ({})
    server.startSender()

    const messages = await receiver.until(2)
    expect(workItemsOf(messages)).toEqual(['wi-1', 'wi-1'])
    expect(messages[0]?.id).toBe(messages[1]?.id)
  })
})

const untilCutOff: WebhookSenderOptions['post'] = (_request, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })

/** Its waits end at once, so that a stop does not wait for an attempt under way. */
const stopsAtOnce = {
  now: () => new Date(),
  random: () => 0,
  sleep: (_delayMs: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal.aborted) reject(signal.reason)
      else setTimeout(resolve, 20)
    }),
}

describe('a secret', () => {
  it('that is replaced keeps signing until its time is over, and a third ends the first', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    const { webhookId, secret: first } = await server.register(receiver.url)
    const rotate = async () => {
      const response = await server.ask('admin', `/api/webhooks/${webhookId}/rotate-secret`, {})
      return ((await response.json()) as { secret: string }).secret
    }
    const sender = server.startSender()
    const next = async (count: number) => {
      await server.approve(1)
      sender.wake()
      return (await receiver.until(count)).at(-1) ?? receiver.received[0]!
    }

    const second = await rotate()
    const withTwo = await next(1)
    const third = await rotate()
    const withThird = await next(2)
    await sql`update webhooks set previous_secret_until = now() - interval '1 second'`.execute(
      server.node.database.db,
    )
    const last = await next(3)

    expect([first, second].map((secret) => isSigned(withTwo, secret))).toEqual([true, true])
    expect([first, second, third].map((secret) => isSigned(withThird, secret))).toEqual([
      false,
      true,
      true,
    ])
    expect([second, third].map((secret) => isSigned(last, secret))).toEqual([false, true])
  })

  it('is shown once', async () => {
    await using server = await openWebhookServer()
    const { webhookId, secret } = await server.register('http://127.0.0.1:1/')

    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    for (const path of ['/api/webhooks', `/api/webhooks/${webhookId}`])
      expect(await (await server.ask('admin', path)).text()).not.toContain(secret)
    expect(server.log.join('')).not.toContain(secret)
  })
})

describe('the routes of webhooks', () => {
  it('belong to administrators and programs of the practice', async () => {
    await using server = await openWebhookServer()
    const { webhookId } = await server.register('http://127.0.0.1:1/')
    const path = `/api/webhooks/${webhookId}`
    const body = { practiceId: 'p1', url: 'http://127.0.0.1:1/' }

    expect((await server.ask('desk', '/api/webhooks', body)).status).toBe(403)
    expect((await server.ask('operator', '/api/webhooks', body)).status).toBe(403)
    expect((await server.ask('elsewhere', '/api/webhooks', body)).status).toBe(403)
    for (const [label, status] of [
      ['admin', 200],
      ['scheduler', 200],
      ['operator', 200],
      ['desk', 403],
      ['elsewhere', 404],
    ] as const) {
      expect((await server.ask(label, path)).status).toBe(status)
      expect((await server.ask(label, `${path}/deliveries`)).status).toBe(status)
    }
    for (const [suffix, method] of [
      ['/rotate-secret', 'POST'],
      ['/enable', 'POST'],
      ['/disable', 'POST'],
      ['', 'PATCH'],
      ['', 'DELETE'],
      ['/deliveries/x/redeliver', 'POST'],
    ] as const) {
      expect((await server.ask('operator', path + suffix, {}, method)).status).toBe(403)
      expect((await server.ask('elsewhere', path + suffix, {}, method)).status).toBe(404)
    }
    expect(await (await server.ask('elsewhere', '/api/webhooks')).json()).toMatchObject({
      items: [],
    })
  })

  it.each([
    {
      what: 'a private address',
      url: 'https://10.0.0.7/',
      status: 422,
      code: 'webhook_url_refused',
    },
    { what: 'plain HTTP', url: 'http://93.184.216.34/', status: 422, code: 'webhook_url_refused' },
    { what: 'no address', url: '', status: 400, code: 'request_invalid' },
    {
      what: '3000 characters',
      url: `https://e.org/${'x'.repeat(3000)}`,
      status: 400,
      code: 'request_invalid',
    },
  ])('refuse $what with a sentence, also as a change', async ({ url, status, code }) => {
    await using server = await openWebhookServer()
    const { webhookId } = await server.register('http://127.0.0.1:1/')

    const created = await server.ask('scheduler', '/api/webhooks', { practiceId: 'p1', url })
    const changed = await server.ask('scheduler', `/api/webhooks/${webhookId}`, { url }, 'PATCH')

    for (const response of [created, changed]) {
      expect(response.status).toBe(status)
      expect(await response.json()).toMatchObject({ code })
    }
    expect(await server.view(webhookId)).toMatchObject({ url: 'http://127.0.0.1:1/' })
  })

  it('refuse a type that is not known, no type, and an eleventh webhook', async () => {
    await using server = await openWebhookServer()
    const url = 'http://127.0.0.1:1/'
    const create = (more: object) =>
      server.ask('scheduler', '/api/webhooks', { practiceId: 'p1', url, ...more })

    expect((await create({ types: ['form.lost'] })).status).toBe(400)
    expect((await create({ types: [] })).status).toBe(400)
    for (let count = 0; count < 10; count += 1) expect((await create({})).status).toBe(201)

    const response = await create({})
    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'webhooks_full' })
  })

  it('send a message again, with the same id', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    const { webhookId } = await server.register(receiver.url)
    server.startSender()
    await server.approve(1)
    await receiver.until(1)
    await server.viewWhen(webhookId, ({ pendingCount }) => pendingCount === 0)
    const [delivery] = await server.deliveries(webhookId)
    const path = `/api/webhooks/${webhookId}/deliveries/${delivery?.deliveryId}/redeliver`

    expect((await server.ask('scheduler', path, {})).status).toBe(202)

    const [one, other] = await receiver.until(2)
    expect(other?.id).toBe(one?.id)
    await server.viewWhen(webhookId, ({ pendingCount }) => pendingCount === 0)
    await server.ask('scheduler', `/api/webhooks/${webhookId}/disable`, {})
    const off = await server.ask('scheduler', path, {})
    expect(off.status).toBe(409)
    expect(await off.json()).toMatchObject({ code: 'webhook_off' })
  })

  it('stop and start a webhook, and delete it with what waits', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    const { webhookId } = await server.register(receiver.url)
    const path = `/api/webhooks/${webhookId}`
    server.startSender()

    await server.ask('scheduler', `${path}/disable`, {})
    await server.approve(3)
    expect(
      await server.viewWhen(webhookId, ({ pendingCount }) => pendingCount === 3),
    ).toMatchObject({ state: 'disabled', disabledBy: 'scheduler' })
    expect(receiver.received).toEqual([])
    await server.ask('scheduler', `${path}/enable`, {})
    expect(workItemsOf(await receiver.until(3))).toEqual(['wi-1', 'wi-2', 'wi-3'])

    expect((await server.ask('scheduler', path, undefined, 'DELETE')).status).toBe(204)
    expect((await server.ask('scheduler', path)).status).toBe(404)
    await server.approve(1)
    expect(await server.node.store.webhooks.counts()).toMatchObject({ pending: 0 })
  })

  it('list deliveries by state and page', async () => {
    await using server = await openWebhookServer()
    const { webhookId } = await server.register('http://127.0.0.1:1/')
    server.startSender({ intervals: { intervalMs: 60_000, maxIntervalMs: 60_000 } })
    await server.approve(3)
    await server.viewWhen(webhookId, ({ pendingCount, failure }) => pendingCount === 3 && !!failure)
    const list = async (query: string) =>
      (await (
        await server.ask('admin', `/api/webhooks/${webhookId}/deliveries?${query}`)
      ).json()) as {
        items: readonly { workItemId: string }[]
        nextCursor: string | null
      }

    const first = await list('state=pending&limit=2')
    const second = await list(`state=pending&limit=2&cursor=${first.nextCursor}`)

    expect(first.items.map(({ workItemId }) => workItemId)).toEqual(['wi-3', 'wi-2'])
    expect(second).toMatchObject({ items: [{ workItemId: 'wi-1' }], nextCursor: null })
    expect((await list('state=delivered')).items).toEqual([])
  })
})

describe('a test', () => {
  it('is one signed message at once, and changes nothing of the webhook', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    const { webhookId, secret } = await server.register(receiver.url)
    const test = async (label = 'scheduler') =>
      (await server.ask(label, `/api/webhooks/${webhookId}/test`, {})).json()

    expect(await test()).toEqual({
      isDelivered: true,
      status: 204,
      code: null,
      reason: null,
      remedy: null,
    })

    const [message] = await receiver.until(1)
    expect(message).toMatchObject({ type: 'webhook.test', data: { practiceId: 'p1', webhookId } })
    expect(message && isSigned(message, secret)).toBe(true)
    receiver.answer = () => ({ status: 404 })
    expect(await test()).toMatchObject({
      isDelivered: false,
      status: 404,
      code: 'webhook_refused',
      reason: 'it answered 404',
      remedy: expect.stringContaining("the endpoint's own log"),
    })
    expect(await server.view(webhookId)).toMatchObject({ failure: null, lastDeliveredAt: null })
    expect(await server.deliveries(webhookId)).toEqual([])
    expect(await test('operator')).toMatchObject({ code: 'role_missing' })
    expect(await test('elsewhere')).toMatchObject({ code: 'not_found' })
  })
})

describe('secrets', () => {
  const aKey = () => randomBytes(32).toString('base64')
  const log = { info: () => undefined, error: () => undefined }
  const boxOf = (...keys: readonly string[]) => createSecretBox(keys, 'Webhooks__EncryptionKeys')

  it('are encrypted when they are made, and sign; neither the table nor a backup contains them', async () => {
    await using server = await openWebhookServer({ encryptionKeys: [aKey()] })
    await using receiver = await startReceiver()
    const { webhookId, secret: first } = await server.register(receiver.url)
    const rotated = await server.ask('scheduler', `/api/webhooks/${webhookId}/rotate-secret`, {})
    const { secret: second } = (await rotated.json()) as { secret: string }
    server.startSender()

    await server.approve(1)

    const [message] = await receiver.until(1)
    expect(message && isSigned(message, first) && isSigned(message, second)).toBe(true)
    const { rows } = await sql<{
      text: string
    }>`select webhooks::text as text from webhooks`.execute(server.node.database.db)
    for (const secret of [first, second]) expect(rows[0]?.text).not.toContain(secret.slice(6))
    expect(rows[0]?.text).toContain('sealed1:')
  })

  it('from before there was a key are encrypted at the start, and those of an older key again', async () => {
    await using server = await openWebhookServer()
    await using receiver = await startReceiver()
    const { webhookId, secret } = await server.register(receiver.url)
    const { store } = server.node
    const stored = async () => (await store.webhooks.storedSecrets())[0]?.secret ?? ''
    expect(await stored()).toBe(secret)
    const [older, newer] = [aKey(), aKey()]

    await sealSecrets(store, boxOf(older), log)
    const sealed = await stored()
    await sealSecrets(store, boxOf(older), log)
    expect(await stored()).toBe(sealed)
    await sealSecrets(store, boxOf(newer, older), log)

    expect(await stored()).not.toBe(sealed)
    expect(boxOf(newer).open(await stored(), 'p1')).toBe(secret)
    server.startSender({ secretBox: boxOf(newer) })
    await server.approve(1)
    const [message] = await receiver.until(1)
    expect(message && isSigned(message, secret)).toBe(true)
    expect((await server.view(webhookId)).failure).toBeNull()
  })

  it('that no key opens stop only their webhook, which says why, is not disabled, and continues when the key is back', async () => {
    const key = aKey()
    await using server = await openWebhookServer({ encryptionKeys: [key] })
    await using receiver = await startReceiver()
    const { webhookId, secret } = await server.register(receiver.url)
    const { store } = server.node

    await sealSecrets(store, boxOf(aKey()), log)
    expect(await server.view(webhookId)).toMatchObject({
      state: 'active',
      failure: {
        code: 'webhook_secret_unreadable',
        reason: expect.stringContaining('which Webhooks__EncryptionKeys does not have'),
        remedy: expect.stringContaining('bring the key back'),
      },
    })
    const wrong = server.startSender({ secretBox: boxOf(), giveUpMs: 1 })
    await server.approve(1)
    await server.viewWhen(webhookId, ({ failure }) => (failure?.attemptCount ?? 0) > 2)
    await wrong.stop()
    expect((await server.view(webhookId)).state).toBe('active')
    expect(receiver.received).toEqual([])

    await sealSecrets(store, boxOf(key), log)
    server.startSender()

    const [message] = await receiver.until(1)
    expect(message && isSigned(message, secret)).toBe(true)
  })
})
