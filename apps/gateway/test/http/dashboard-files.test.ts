import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { Auth } from '../../src/http/auth.ts'
import type { RouteDependencies } from '../../src/http/routes.ts'
import { createHttpServer, type HttpServer } from '../../src/http/server.ts'
import { createLog } from '../../src/log.ts'

let directory: string
const opened: HttpServer[] = []

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'dashboard-files-'))
  mkdirSync(join(directory, 'assets'))
  writeFileSync(join(directory, 'index.html'), '<!doctype html>')
  writeFileSync(join(directory, 'assets/queue-1a2b3c.js'), 'plain')
  writeFileSync(join(directory, 'assets/queue-1a2b3c.js.br'), 'brotli')
  writeFileSync(join(directory, 'assets/queue-1a2b3c.js.gz'), 'gzip')
})

afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.stop()))
})

afterAll(() => rmSync(directory, { recursive: true }))

/** The server with the files of a dashboard. */
async function aServer(): Promise<string> {
  const server = await createHttpServer(
    {
      host: '127.0.0.1',
      port: 0,
      maxBodyBytes: 4096,
      requestsPerMinute: 1000,
      trustedProxies: [],
      dashboardDirectory: directory,
      keyName: (name) => name,
    },
    {
      auth: new Auth({
        store: {} as ConstructorParameters<typeof Auth>[0]['store'],
        credentials: [],
        sessionMs: 1000,
        clock: systemClock,
      }),
      store: {},
      attachmentLimits: { maxFileBytes: 100_000, maxFiles: 1, maxTotalBytes: 100_000 },
      streamLimits: { heartbeatMs: 1000, maxStreams: 1, maxBufferBytes: 1024 },
      publicKeys: [],
      secureCookies: false,
      clock: systemClock,
      log: createLog({ level: 'silent', pretty: false }),
    } as unknown as RouteDependencies,
  )
  opened.push(server)
  return server.start()
}

/** `fetch` would decode the body and hide how it was sent. */
async function load(url: string, headers: Record<string, string>) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers }, resolve).on('error', reject)
  })
  let body = ''
  for await (const chunk of response) body += String(chunk)
  return { status: response.statusCode, headers: response.headers, body }
}

describe('the files of the dashboard', () => {
  it.each([
    { accepts: 'gzip, deflate, br', sent: 'brotli', encoding: 'br' },
    { accepts: 'gzip', sent: 'gzip', encoding: 'gzip' },
    { accepts: 'identity', sent: 'plain', encoding: undefined },
  ])('are sent as the build compressed them: $accepts', async ({ accepts, sent, encoding }) => {
    const address = await aServer()

    const response = await load(`${address}/assets/queue-1a2b3c.js`, { 'accept-encoding': accepts })

    expect(response.body).toBe(sent)
    expect(response.headers['content-encoding']).toBe(encoding)
    expect(response.headers['content-type']).toContain('javascript')
    expect(response.headers.vary?.toLowerCase()).toContain('accept-encoding')
  })

  it('are kept by browsers permanently when their name changes with their content', async () => {
    const address = await aServer()

    const asset = await load(`${address}/assets/queue-1a2b3c.js`, {})

    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  })

  it.each(['/', '/index.html', '/work-items/wi-1'])(
    'are asked for again when they are the page itself: %s',
    async (path) => {
      const address = await aServer()

      const page = await load(`${address}${path}`, { accept: 'text/html' })

      expect(page.body).toBe('<!doctype html>')
      expect(page.headers['cache-control']).toBe('no-cache')
    },
  )

  it('may run scripts and workers of their own origin only', async () => {
    const address = await aServer()

    const page = await load(`${address}/`, { accept: 'text/html' })

    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("worker-src 'self'")
  })

  it('are not the page when an asset of another build is asked for', async () => {
    const address = await aServer()

    const missing = await load(`${address}/assets/queue-0.js`, { accept: '*/*' })

    expect(missing.status).toBe(404)
    expect(JSON.parse(missing.body)).toMatchObject({ code: 'not_found' })
  })
})
