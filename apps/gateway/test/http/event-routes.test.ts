import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { TaskOrchestrator } from '@authscript/orchestrator'
import type { GatewayEvent } from '@authscript/prior-auth'
import { afterEach, describe, expect, it } from 'vitest'
import { type Clock, systemClock } from '../../src/clock.ts'
import { streamEvents } from '../../src/events/event-stream.ts'
import { Auth } from '../../src/http/auth.ts'
import { sessionCookie } from '../../src/http/window-cookies.ts'
import { sha256 } from '../../src/token.ts'
import type { RouteDependencies } from '../../src/http/routes.ts'
import { createHttpServer } from '../../src/http/server.ts'
import { createLog } from '../../src/log.ts'
import type { Tables } from '../../src/store/store.ts'
import { unauditedStore } from './unaudited-store.ts'
import type { Grant } from '../../src/store/sign-in-links.ts'

const usualHeartbeatMs = 50
const key = 'a key'
/** The keys of two operators, with their practices. */
const operatorPractices = {
  'an operator of one': ['ours'],
  'an operator of all': ['ours', 'theirs'],
}
const stops: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

const anEvent = (sequence: number, size = 0): GatewayEvent => ({
  id: `event-${sequence}`,
  sequence,
  eventType: 'EncounterDetected',
  practiceId: 'ours',
  correlationId: 'enc-v',
  timestamp: '2026-01-01T00:00:00.000Z',
  source: 'test',
  data: { encounterId: 'v'.repeat(size + 1), patientId: 'x' },
})

/** The server with its real routes, sign-in and stream; sessions are in memory, and no other route is requested. */
async function aServer(
  options: {
    maxStreams?: number
    maxBufferBytes?: number
    clock?: Clock
    beforeFind?: () => Promise<void>
    after?: (sequence: number) => Promise<readonly GatewayEvent[]>
  } = {},
) {
  const { clock = systemClock } = options
  const heartbeatMs = usualHeartbeatMs
  const orchestrator = new TaskOrchestrator<GatewayEvent>({ subscriberChannelCapacity: 4096 })
  const sessions = new Map<string, Grant>()
  const sessionTable = {
    find: async (hash: string, now: Date) => {
      await options.beforeFind?.()
      const grant = sessions.get(hash)
      const usedAt = now
      return grant !== undefined && grant.expiresAt > now ? { ...grant, usedAt } : undefined
    },
    create: async (hash: string, grant: Grant) => void sessions.set(hash, grant),
    remove: async (hash: string) => void sessions.delete(hash),
  }
  const auth = new Auth({
    store: {
      keys: { findValid: async () => undefined },
      people: { practiceIds: async () => [] },
      sessions: sessionTable,
      transaction: async (_source: string, work: (one: object) => Promise<unknown>) =>
        work({ sessions: sessionTable }),
    } as unknown as ConstructorParameters<typeof Auth>[0]['store'],
    credentials: [
      { label: 'staff', keySha256: sha256(key), roles: ['staff'], practiceIds: ['ours'] },
      ...Object.entries(operatorPractices).map(([label, practiceIds]) => ({
        label,
        keySha256: sha256(label),
        roles: ['operator'] as const,
        practiceIds,
      })),
    ],
    sessionMs: 3_600_000,
    clock,
  })
  const log = createLog({ level: 'silent', pretty: false })
  const streamLimits = {
    heartbeatMs,
    maxStreams: options.maxStreams ?? 10,
    maxBufferBytes: options.maxBufferBytes ?? 65_536,
  }
  const dependencies: Partial<RouteDependencies> = {
    auth,
    store: unauditedStore({
      nodes: { ask: async () => true, notify: async () => undefined } as unknown as Tables['nodes'],
      processingPause: {
        pause: async () => undefined,
        resume: async () => undefined,
      } as unknown as Tables['processingPause'],
    }) as RouteDependencies['store'],
    streamLimits,
    attachmentLimits: { maxFileBytes: 100_000, maxFiles: 1, maxTotalBytes: 100_000 },
    orchestrator,
    // A node does what is asked of it with its next report; here is none.
    operations: {
      beat: async () => undefined,
      here: () => ({ nodeId: 'here', dependencies: [] }),
      findNode: async () => ({ nodeId: 'here', name: 'gw:7', isGone: false }),
    } as unknown as RouteDependencies['operations'],
    clock,
    log,
    publicKeys: [],
    secureCookies: false,
    stream: (reader, stream) =>
      streamEvents(
        reader,
        {
          subscribe: (subscription) => orchestrator.getEventStream(subscription),
          after: options.after ?? (async () => []),
          bounds: async () => ({ first: 0, last: 1_000_000 }),
        },
        { ...stream, heartbeatMs },
        clock,
      ),
  }
  const server = await createHttpServer(
    {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 1024,
      requestsPerMinute: 10_000,
      trustedProxies: [],
      dashboardDirectory: undefined,
      keyName: (name) => name,
    },
    dependencies as RouteDependencies,
  )
  const address = await server.start()
  stops.push(() => server.stop())
  return {
    address,
    orchestrator,
    ask: (init: RequestInit = {}) =>
      fetch(`${address}/api/events`, { ...init, headers: { 'x-api-key': key, ...init.headers } }),
    async open(headers: Record<string, string> = { 'x-api-key': key }) {
      const request = get(`${address}/api/events?contract=event-message`, { headers })
      // A connection that is cut after its test fails no other test.
      request.on('error', () => undefined)
      const [response] = (await once(request, 'response')) as [IncomingMessage]
      // Some of them are cut by the server.
      response.on('error', () => undefined)
      stops.push(async () => request.destroy())
      return response
    },
    async signIn() {
      const opened = await auth.openByKey(key)
      const cookie = `${sessionCookie.plainName}=${opened?.session ?? ''}`
      return { cookie, close: async () => sessions.clear() }
    },
  }
}

/** Time that passes when the test says so: how long a busy machine takes to carry some bytes is no reader's fault. */
function stillTime() {
  const waiting = new Set<() => void>()
  const sleep: Clock['sleep'] = (_delayMs, signal) =>
    new Promise((resolve, reject) => {
      const end = (settle: () => void) => () => {
        waiting.delete(pass)
        settle()
      }
      const pass = end(resolve)
      if (signal.aborted) return reject(signal.reason)
      signal.addEventListener(
        'abort',
        end(() => reject(signal.reason)),
        { once: true },
      )
      waiting.add(pass)
    })
  return {
    clock: { ...systemClock, sleep },
    /** So long that every wait is over. */
    pass() {
      for (const end of waiting) end()
    },
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds())
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
}

describe('an event stream', () => {
  it('ends within a heartbeat of the sign-out of its reader', async () => {
    const server = await aServer()
    const session = await server.signIn()
    const response = await server.open({ cookie: session.cookie })
    response.resume()

    await session.close()

    await once(response, 'close')
    await until(() => server.orchestrator.stats.subscriberCount === 0)
  })

  it('continues while its session holds', async () => {
    const server = await aServer()
    const { cookie } = await server.signIn()
    const response = await server.open({ cookie })
    let text = ''
    response.on('data', (chunk: Buffer) => (text += chunk.toString()))

    await until(() => text.split(': heartbeat').length > 3)
    server.orchestrator.publishEvent(anEvent(7))

    await until(() => text.includes('id: 7\n'))
    expect(response.headers['x-heartbeat-ms']).toBe(String(usualHeartbeatMs))
  })

  it('holds no place for a reader that disconnected while it was being identified', async () => {
    const asked = Promise.withResolvers<void>()
    const answer = Promise.withResolvers<void>()
    const server = await aServer({
      beforeFind: async () => {
        asked.resolve()
        await answer.promise
      },
    })
    const { cookie } = await server.signIn()
    const request = get(`${server.address}/api/events`, { headers: { cookie } })
    request.on('error', () => undefined)
    await asked.promise
    request.destroy()
    await new Promise((resolve) => {
      setTimeout(resolve, usualHeartbeatMs)
    })

    answer.resolve()

    await new Promise((resolve) => {
      setTimeout(resolve, usualHeartbeatMs)
    })
    expect(server.orchestrator.stats.subscriberCount).toBe(0)
  })

  it('ends for a reader that reads nothing any more, and for no other', async () => {
    const { clock, pass } = stillTime()
    const server = await aServer({ maxBufferBytes: 1024, clock })
    const reading = await server.open()
    let received = ''
    reading.on(
      'data',
      (chunk: Buffer) => (received = (received + chunk.toString()).slice(-400_000)),
    )
    const { hostname, port } = new URL(server.address)
    const stalled = connect(Number(port), hostname)
    stops.push(async () => stalled.destroy())
    stalled.on('error', () => undefined)
    stalled.write(
      `GET /api/events?contract=event-message HTTP/1.1\r\nhost: ${hostname}\r\nx-api-key: ${key}\r\n\r\n`,
    )
    await until(() => server.orchestrator.stats.subscriberCount === 2)
    stalled.pause()

    // More than the kernel's buffers hold; the other reader keeps up with each.
    let sequence = 0
    while (sequence < 100) {
      server.orchestrator.publishEvent(anEvent((sequence += 1), 300_000))
      const end = `event-${sequence}"`
      await until(() => received.includes(end))
    }
    await until(() => {
      pass()
      return server.orchestrator.stats.subscriberCount === 1
    })
    server.orchestrator.publishEvent(anEvent((sequence += 1)))

    await until(() => received.includes(`event-${sequence}"`))
  })

  it('closes the connection of a reader that reads nothing after its sign-out', async () => {
    const server = await aServer({ maxBufferBytes: 50_000_000 })
    const { cookie, close } = await server.signIn()
    const { hostname, port } = new URL(server.address)
    const stalled = connect(Number(port), hostname)
    stops.push(async () => stalled.destroy())
    const ended = new Promise((resolve) => {
      stalled.on('error', resolve).on('close', resolve)
    })
    stalled.write(
      `GET /api/events?contract=event-message HTTP/1.1\r\nhost: ${hostname}\r\ncookie: ${cookie}\r\n\r\n`,
    )
    await until(() => server.orchestrator.stats.subscriberCount === 1)
    stalled.pause()
    for (let sequence = 1; sequence <= 60; sequence += 1)
      server.orchestrator.publishEvent(anEvent(sequence, 300_000))

    await close()
    await until(() => server.orchestrator.stats.subscriberCount === 0)
    await new Promise((resolve) => {
      setTimeout(resolve, 4 * usualHeartbeatMs)
    })
    // What the kernel buffered is read, then the end: the server has closed the connection.
    stalled.resume()

    await ended
  })

  it('continues for a reader that was slow once, and sends all that waited for it', async () => {
    const server = await aServer({ maxBufferBytes: 65_536, clock: stillTime().clock })
    const reading = await server.open()
    reading.pause()
    await until(() => server.orchestrator.stats.subscriberCount === 1)
    server.orchestrator.publishEvent(anEvent(1, 10_000_000))
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
    server.orchestrator.publishEvent(anEvent(2, 60_000))
    let length = 0
    let tail = ''
    reading.on('data', (chunk: Buffer) => {
      length += chunk.length
      tail = (tail + chunk.toString()).slice(-400)
    })
    reading.resume()

    await until(() => length > 10_060_000)
    server.orchestrator.publishEvent(anEvent(3))

    await until(() => tail.includes('id: 3\n'))
  })

  it('is not replayed to a reader that is gone', async () => {
    const asked: number[] = []
    const server = await aServer({
      after: async (sequence) => {
        asked.push(sequence)
        await new Promise((resolve) => {
          setTimeout(resolve, 5)
        })
        return Array.from({ length: 200 }, (_, index) => anEvent(sequence + index + 1))
      },
    })
    const request = get(`${server.address}/api/events?lastEventId=0`, {
      headers: { 'x-api-key': key },
    })
    request.on('error', () => undefined)
    await until(() => asked.length > 2)

    request.destroy()

    await until(() => server.orchestrator.stats.subscriberCount === 0)
  })

  it.each(['', ' ', '1e3', '0x10', '-1'])('refuses ?lastEventId=%s', async (id) => {
    const server = await aServer()

    const response = await fetch(
      `${server.address}/api/events?lastEventId=${encodeURIComponent(id)}`,
      { headers: { 'x-api-key': key } },
    )

    expect(response.status).toBe(400)
  })

  it('continues where the header says, whatever the address says', async () => {
    const asked: number[] = []
    const server = await aServer({
      after: async (sequence) => {
        asked.push(sequence)
        return []
      },
    })
    const request = get(`${server.address}/api/events?lastEventId=5`, {
      headers: { 'x-api-key': key, 'last-event-id': '90' },
    })
    request.on('error', () => undefined)
    stops.push(async () => request.destroy())

    await until(() => asked.length > 0)

    expect(asked[0]).toBe(90)
  })

  it('is refused beyond the limit of a node, with the setting to raise', async () => {
    const server = await aServer({ maxStreams: 1 })
    const first = await server.open()

    const second = await server.ask()

    expect(second.status).toBe(503)
    expect(await second.json()).toMatchObject({
      code: 'too_many_streams',
      detail: expect.stringContaining('Events__MaxStreams'),
    })
    first.destroy()
    await until(() => server.orchestrator.stats.subscriberCount === 0)
    expect((await server.open()).statusCode).toBe(200)
  })

  it('ends for a caller who holds all places when another caller connects', async () => {
    const server = await aServer({ maxStreams: 3 })
    const greedy = [await server.open(), await server.open(), await server.open()]
    const closed = once(greedy[2] as IncomingMessage, 'close')
    greedy[2]?.resume()

    const other = await server.open({ 'x-api-key': 'an operator of one' })

    expect(other.statusCode).toBe(200)
    await closed
    expect((await server.ask()).status).toBe(503)
    await until(() => server.orchestrator.stats.subscriberCount === 3)
  })

  it.each(['seven', '-1', '1e3', '99999999999999999999'])(
    'refuses Last-Event-ID %s with the reason',
    async (id) => {
      const server = await aServer()

      const response = await server.ask({ headers: { 'last-event-id': id } })

      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ code: 'last_event_id_invalid' })
    },
  )

  it('answers a HEAD request with its headers and ends', async () => {
    const server = await aServer()

    const response = await server.ask({ method: 'HEAD' })

    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/event-stream')
  })
})

async function codeOf(answer: Response): Promise<string> {
  const problem = (await answer.json()) as { readonly code: string }
  return problem.code
}

describe('an operator', () => {
  const operator = { 'x-api-key': 'an operator of one' }

  it('gets events without chart data', async () => {
    const server = await aServer()
    const response = await server.open(operator)
    let text = ''
    response.on('data', (chunk: Buffer) => (text += chunk.toString()))
    await until(() => server.orchestrator.stats.subscriberCount === 1)

    server.orchestrator.publishEvent({
      ...anEvent(7),
      eventType: 'IntelligenceAnalysisComplete',
      data: {
        encounterId: 'e-7',
        recommendation: 'approve',
        confidence: 0.9,
        serviceRequestId: 'order-7',
        policyId: 'policy-7',
      },
    })

    await until(() => text.includes('id: 7\n'))
    const [, json = ''] = /^data: (.*)$/m.exec(text) ?? []
    expect(JSON.parse(json).data).toEqual({ encounterId: 'e-7' })
  })

  it('is refused the messages of the original, which name a patient', async () => {
    const server = await aServer()

    const answer = await fetch(`${server.address}/api/events?contract=notification`, {
      headers: operator,
    })

    expect([answer.status, await codeOf(answer)]).toEqual([403, 'role_missing'])
  })

  it.each(['pause', 'resume', 'workers'])(
    'changes the whole gateway (%s) only with a credential for every practice',
    async (what) => {
      const server = await aServer()
      const post = (credential: string) =>
        fetch(`${server.address}/api/orchestrator/${what}`, {
          method: 'POST',
          headers: {
            'x-api-key': credential,
            ...(what === 'workers' ? { 'content-type': 'application/json' } : {}),
          },
          ...(what === 'workers' ? { body: '{"count":3}' } : {}),
        })

      const before = server.orchestrator.stats
      const refused = await post('an operator of one')
      expect([refused.status, await codeOf(refused)]).toEqual([403, 'practices_missing'])
      expect(server.orchestrator.stats).toEqual(before)

      expect((await post('an operator of all')).status).toBe(200)
    },
  )
})
