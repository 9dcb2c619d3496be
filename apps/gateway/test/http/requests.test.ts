import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { Auth } from '../../src/http/auth.ts'
import { sha256 } from '../../src/token.ts'
import { refuseBadText } from '../../src/http/request-text.ts'
import type { RouteDependencies } from '../../src/http/routes.ts'
import { createHttpServer, type HttpServer } from '../../src/http/server.ts'
import { createLog } from '../../src/log.ts'
import { unauditedStore } from './unaudited-store.ts'

const key = 'a key'
const serviceKey = 'a key of a service'
const opened: HttpServer[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.stop()))
})

/** The server with its real routes; of the store, a request that is refused before needs nothing. */
async function aServer(listen: { host?: string; port?: number } = {}): Promise<HttpServer> {
  const log = createLog({ level: 'silent', pretty: false })
  const asked: string[] = []
  const dependencies = {
    auth: new Auth({
      store: {
        keys: { findValid: async () => undefined },
      } as unknown as ConstructorParameters<typeof Auth>[0]['store'],
      credentials: [
        { label: 'desk', keySha256: sha256(key), roles: ['staff'], practiceIds: ['p1'] },
        {
          label: 'scheduler',
          keySha256: sha256(serviceKey),
          roles: ['service'],
          practiceIds: ['p1'],
        },
      ],
      sessionMs: 1000,
      clock: systemClock,
    }),
    store: {
      ...unauditedStore({ registrations: { register: async () => undefined } } as never),
      encounters: { list: async () => [], findInScope: async () => [] },
      registrations: { list: async () => [], register: async () => undefined },
    },
    attachmentLimits: { maxFileBytes: 100_000, maxFiles: 1, maxTotalBytes: 100_000 },
    streamLimits: { heartbeatMs: 1000, maxStreams: 1, maxBufferBytes: 1024 },
    publicKeys: [],
    secureCookies: false,
    clock: systemClock,
    log,
    wakePoller: () => asked.push('wake'),
  } as unknown as RouteDependencies
  const server = await createHttpServer(
    {
      host: listen.host ?? '127.0.0.1',
      port: listen.port ?? 0,
      maxBodyBytes: 4096,
      requestsPerMinute: 1000,
      trustedProxies: [],
      dashboardDirectory: undefined,
      keyName: (name) => name.replace('.', '__'),
    },
    dependencies,
  )
  opened.push(server)
  return server
}

it.each(['/api/encounters/%zz', '/api/%ff', '/%c3%28'])(
  'an address that is not percent-encoded UTF-8 is refused as anything else: %s',
  async (path) => {
    const address = await (await aServer()).start()

    const response = await fetch(`${address}${path}`, { headers: { 'x-api-key': key } })

    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await response.json()).toEqual({
      type: '/docs/errors#request_invalid',
      title: 'The request is not understood',
      status: 400,
      code: 'request_invalid',
      detail: 'the address is not percent-encoded UTF-8',
      instance: path,
    })
  },
)

describe('text that cannot be stored', () => {
  const registration = { practiceId: 'p1', patientId: 'x', encounterId: 'v' }

  it.each([
    { where: 'body.encounterId', body: { ...registration, encounterId: 'a\u0000b' } },
    { where: 'body.patientId', body: { ...registration, patientId: 'a\ud800' } },
    { where: 'body: a key', body: { ...registration, 'a\u0000': 1 } },
  ])('is refused with its place: $where', async ({ where, body }) => {
    const address = await (await aServer()).start()

    const response = await fetch(`${address}/api/patients/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify(body),
    })

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      code: 'text_invalid',
      detail: expect.stringContaining(where),
    })
  })

  it.each([
    '/api/encounters/a%00b',
    '/api/encounters/v?practiceId=%00',
    '/api/encounters?patientId=%00',
  ])('is refused in an address: %s', async (path) => {
    const address = await (await aServer()).start()

    const response = await fetch(`${address}${path}`, { headers: { 'x-api-key': key } })

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'text_invalid' })
  })

  it.each([
    {
      where: 'as deep as a body may be',
      body: `${'['.repeat(2000)}${']'.repeat(2000)}`,
      code: 'request_invalid',
    },
    {
      where: 'at the bottom',
      body: `${'['.repeat(100)}"\\u0000"${']'.repeat(100)}`,
      code: 'text_invalid',
    },
  ])('is looked for $where', async ({ body, code }) => {
    const address = await (await aServer()).start()

    const response = await fetch(`${address}/api/patients/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body,
    })

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code })
  })

  it('is not looked for in a body that is nested deeper than any of ours: it is refused', () => {
    let deep: unknown = 'a\u0000'
    for (let depth = 0; depth < 200_000; depth += 1) deep = [deep]

    expect(() => refuseBadText('body', deep)).toThrow('the body is nested deeper than 100 levels')
  })

  it('is not text in other scripts, nor other signs', async () => {
    const address = await (await aServer()).start()
    const name = encodeURIComponent('Łukasz 李 😀 \u200f')

    const response = await fetch(`${address}/api/encounters?patientId=${name}`, {
      headers: { 'x-api-key': key },
    })

    expect(response.status).toBe(200)
  })
})

it('forbids caches to store answers with patient data', async () => {
  const address = await (await aServer()).start()

  for (const path of ['/api/encounters', '/api/patients', '/api/no-such-route']) {
    const response = await fetch(`${address}${path}`, { headers: { 'x-api-key': key } })

    expect(response.headers.get('cache-control')).toBe('no-store')
  }
})

it.each(['/%61pi/encounters', 'http://gateway.example/api/encounters', '/api/%65ncounters?limt=1'])(
  'forbids it too where the address is written in another way: %s',
  async (target) => {
    const { hostname, port } = new URL(await (await aServer()).start())

    const [response] = (await once(
      request({ hostname, port, path: target, headers: { 'x-api-key': key } }).end(),
      'response',
    )) as [IncomingMessage]
    response.resume()

    expect(response.statusCode).toBe(target.endsWith('limt=1') ? 400 : 200)
    expect(response.headers['cache-control']).toBe('no-store')
  },
)

describe('a server that cannot listen', () => {
  it('says that the port is taken', async () => {
    const { port } = new URL(await (await aServer()).start())

    await expect((await aServer({ port: Number(port) })).start()).rejects.toMatchObject({
      code: 'port_taken',
      message: expect.stringMatching(
        /^Http__Port: found \d+; another program listens on this port/,
      ),
    })
  })

  it('says that the address is not of this machine', async () => {
    // A network for documentation (RFC 5737): nobody has an address in it.
    await expect((await aServer({ host: '192.0.2.1' })).start()).rejects.toMatchObject({
      code: 'address_unavailable',
      message:
        'Http__Host: found "192.0.2.1"; this is not an address of this machine; choose another, like 127.0.0.1',
    })
  })
})

it.each([
  '50',
  'bm8',
  '%7B%7D',
  Buffer.from('{"practiceId":1}').toString('base64url'),
  Buffer.from('{"practiceId":"p1","encounterId":"\\u0000"}').toString('base64url'),
])('refuses the cursor %s, which no page gave', async (cursor) => {
  const address = await (await aServer()).start()

  const response = await fetch(`${address}/api/patients?cursor=${cursor}`, {
    headers: { 'x-api-key': key },
  })

  expect(response.status).toBe(400)
})

it.each([
  ['DELETE', '/api/patients/x'],
  ['POST', '/api/encounters/v/reprocess'],
  ['POST', '/api/work-items/w/approve'],
  ['POST', '/api/work-items/w/close'],
  ['POST', '/api/orchestrator/pause'],
  ['GET', '/api/dead-letters'],
])('lets a service register and read only: %s %s is refused', async (method, path) => {
  const address = await (await aServer()).start()

  const response = await fetch(`${address}${path}`, {
    method,
    headers: { 'x-api-key': serviceKey },
  })

  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({ code: 'role_missing' })
})
