import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { Auth } from '../../src/http/auth.ts'
import { sessionCookie } from '../../src/http/window-cookies.ts'
import { sha256 } from '../../src/token.ts'
import type { RouteDependencies } from '../../src/http/routes.ts'
import { createHttpServer, type HttpServer } from '../../src/http/server.ts'
import { createLog } from '../../src/log.ts'
import { unauditedStore } from './unaudited-store.ts'

const key = 'a key'
const session = 'a session'
const own = '127.0.0.1'
/** A network for documentation (RFC 5737). */
const elsewhere = '192.0.2.0/24'
const opened: HttpServer[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.stop()))
})

async function aServer({
  trustedProxies = [] as readonly string[],
  requestsPerMinute = 1000,
} = {}): Promise<string> {
  const dependencies = {
    auth: new Auth({
      store: {
        keys: { findValid: async () => undefined },
        sessions: {
          find: async (hash: string) =>
            hash === sha256(session)
              ? {
                  label: 'ana',
                  roles: ['staff'],
                  practiceIds: ['p1'],
                  expiresAt: new Date(),
                  usedAt: new Date(),
                }
              : undefined,
        },
      } as unknown as ConstructorParameters<typeof Auth>[0]['store'],
      credentials: [
        { label: 'desk', keySha256: sha256(key), roles: ['staff'], practiceIds: ['p1'] },
      ],
      sessionMs: 1000,
      clock: systemClock,
    }),
    store: {
      ...unauditedStore({
        registrations: { endByPatient: async () => 1, findByPatient: async () => [] },
      } as never),
      encounters: { list: async () => [] },
    },
    attachmentLimits: { maxFileBytes: 100_000, maxFiles: 1, maxTotalBytes: 100_000 },
    streamLimits: { heartbeatMs: 1000, maxStreams: 1, maxBufferBytes: 1024 },
    readiness: async () => [],
    databaseFault: async () => undefined,
    ehrCalls: () => ({ calling: true }),
    refusedForms: () => [],
    metrics: async () => '',
    publicKeys: [],
    secureCookies: false,
    clock: systemClock,
    log: createLog({ level: 'silent', pretty: false }),
  } as unknown as RouteDependencies
  const server = await createHttpServer(
    {
      host: own,
      port: 0,
      maxBodyBytes: 4096,
      requestsPerMinute,
      trustedProxies,
      dashboardDirectory: undefined,
      keyName: (name) => name,
    },
    dependencies,
  )
  opened.push(server)
  return server.start()
}

describe('a session over TLS', () => {
  it.each([
    { trustedProxies: [own], name: sessionCookie.hostName, status: 200 },
    { trustedProxies: [own], name: sessionCookie.plainName, status: 200 },
    { trustedProxies: [elsewhere], name: sessionCookie.plainName, status: 200 },
    { trustedProxies: [elsewhere], name: sessionCookie.hostName, status: 401 },
  ])(
    'with the cookie $name, behind $trustedProxies, is answered $status',
    async ({ trustedProxies, name, status }) => {
      const url = await aServer({ trustedProxies })
      const headers = { cookie: `${name}=${session}`, 'x-forwarded-proto': 'https' }

      const response = await fetch(`${url}/api/encounters`, { headers })

      expect(response.status).toBe(status)
    },
  )

  it('is the one whose cookie no other host can set', async () => {
    const url = await aServer({ trustedProxies: [own] })
    const cookie = `${sessionCookie.hostName}=made-up; ${sessionCookie.plainName}=${session}`
    const headers = { cookie, 'x-forwarded-proto': 'https' }

    expect((await fetch(`${url}/api/encounters`, { headers })).status).toBe(401)
  })
})

describe('the origin of a request with a cookie', () => {
  const forwarded = { 'x-forwarded-host': 'gateway.example', 'x-forwarded-proto': 'https' }
  it.each([
    {
      what: 'the page that a trusted proxy serves',
      trustedProxies: [own],
      origin: 'https://gateway.example',
      status: 204,
    },
    {
      what: 'the same page with its port named by the proxy',
      trustedProxies: [own],
      origin: 'https://gateway.example',
      headers: { 'x-forwarded-host': 'gateway.example:443' },
      status: 204,
    },
    {
      what: 'the page over plain HTTP, where the proxy has TLS',
      trustedProxies: [own],
      origin: 'http://gateway.example',
      status: 403,
    },
    {
      what: 'another site',
      trustedProxies: [own],
      origin: 'https://evil.example',
      status: 403,
    },
    {
      what: 'a host that a client names without being a trusted proxy',
      trustedProxies: [elsewhere],
      origin: 'https://gateway.example',
      status: 403,
    },
    {
      what: 'a host that a client names where no proxy is trusted',
      trustedProxies: [],
      origin: 'https://gateway.example',
      status: 403,
    },
    {
      what: 'no address at all',
      trustedProxies: [],
      origin: 'null',
      status: 403,
    },
  ])('is checked: $what', async ({ trustedProxies, origin, headers, status }) => {
    const address = await aServer({ trustedProxies })

    const response = await fetch(`${address}/api/patients/x`, {
      method: 'DELETE',
      headers: {
        cookie: `${sessionCookie.plainName}=${session}`,
        origin,
        ...forwarded,
        ...headers,
      },
    })

    expect(response.status).toBe(status)
  })
})

describe("a client's address", () => {
  const statuses = async (address: string, clients: readonly string[]) => {
    const found: number[] = []
    for (const client of clients) {
      const response = await fetch(`${address}/api/encounters`, {
        headers: { 'x-forwarded-for': client },
      })
      found.push(response.status)
    }
    return found
  }

  it('is the one that a trusted proxy forwards', async () => {
    const address = await aServer({ trustedProxies: [own], requestsPerMinute: 1 })

    expect(await statuses(address, ['203.0.113.1', '203.0.113.2', '203.0.113.1'])).toEqual([
      401, 401, 429,
    ])
  })

  it('is the last one that is not a trusted proxy: what a client sends before it has no effect', async () => {
    const address = await aServer({ trustedProxies: [own], requestsPerMinute: 1 })

    expect(await statuses(address, ['8.8.8.8, 203.0.113.1', '9.9.9.9, 203.0.113.1'])).toEqual([
      401, 429,
    ])
  })

  it('is that of the connection, unless this is a trusted proxy', async () => {
    const address = await aServer({ trustedProxies: [elsewhere], requestsPerMinute: 1 })

    expect(await statuses(address, ['203.0.113.1', '203.0.113.2'])).toEqual([401, 429])
  })
})

describe('the rate limit', () => {
  const statusOf = async (url: string, headers: Record<string, string> = {}) =>
    (await fetch(url, { headers })).status
  const user = { 'x-api-key': key }
  const cookie = { cookie: `${sessionCookie.plainName}=${session}` }

  it('of a caller without a credential does not affect users behind the same address', async () => {
    const address = await aServer({ requestsPerMinute: 2 })
    const url = `${address}/api/encounters`
    for (const status of [401, 401, 429]) expect(await statusOf(url)).toBe(status)

    expect(await statusOf(url, user)).toBe(200)
    expect(await statusOf(url, cookie)).toBe(200)
  })

  it('counts each user separately', async () => {
    const address = await aServer({ requestsPerMinute: 1 })
    const url = `${address}/api/encounters`

    expect(await statusOf(url, user)).toBe(200)
    expect(await statusOf(url, user)).toBe(429)
    expect(await statusOf(url, cookie)).toBe(200)
    expect(await statusOf(url, cookie)).toBe(429)
  })

  it('counts made-up keys and sessions under the address', async () => {
    const address = await aServer({ requestsPerMinute: 2 })
    const url = `${address}/api/encounters`

    expect(await statusOf(url, { 'x-api-key': 'made up' })).toBe(401)
    expect(await statusOf(url, { cookie: `${sessionCookie.plainName}=made-up` })).toBe(401)
    expect(await statusOf(url, { 'x-api-key': 'made up too' })).toBe(429)
  })

  it.each(['/health/live', '/health/ready', '/metrics'])('never refuses %s', async (path) => {
    const address = await aServer({ requestsPerMinute: 1 })

    for (let count = 0; count < 3; count += 1) expect(await statusOf(`${address}${path}`)).toBe(200)
  })

  it('of sign-ins counts by address, also for a signed-in user', async () => {
    const address = await aServer()
    const statuses = new Set<number>()

    for (let count = 0; count < 31; count += 1) {
      const response = await fetch(`${address}/api/session`, {
        method: 'POST',
        headers: { ...(count % 2 === 0 ? user : {}), 'content-type': 'application/json' },
        body: JSON.stringify({ apiKey: 'made up' }),
      })
      statuses.add(response.status)
    }

    expect([...statuses]).toEqual([401, 429])
  })
})

describe('the id of a request', () => {
  it.each([{ trustedProxies: [own] }, { trustedProxies: [] }])(
    'is unique, in the answer, and never taken from the request: $trustedProxies',
    async (options) => {
      const servers = [await aServer(options), await aServer(options)]
      const ids: (string | null)[] = []
      for (const address of [...servers, ...servers]) {
        const response = await fetch(`${address}/health/live`, {
          headers: { 'x-request-id': 'req-1', 'request-id': 'req-1' },
        })
        ids.push(response.headers.get('x-request-id'))
      }

      expect(new Set(ids).size).toBe(4)
      for (const id of ids)
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    },
  )
})
