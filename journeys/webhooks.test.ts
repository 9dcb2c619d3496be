import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { backUp } from '../apps/gateway/src/backup/backup.ts'
import { systemClock } from '../apps/gateway/src/clock.ts'
import { sha256 } from '../apps/gateway/src/token.ts'
import { urlOf } from '../apps/gateway/test/database/table-rows.ts'
import { onServer } from '../apps/gateway/test/database/template-database.ts'
import { createTestDatabase } from '../apps/gateway/test/database/test-database.ts'
import { anAuthority } from '../apps/gateway/test/ehr/certificates.ts'
import { startProxy } from '../apps/gateway/test/ehr/connect-proxy.ts'
import { quietPort } from '../apps/gateway/test/quiet-port.ts'
import { isSigned, startReceiver } from '../apps/gateway/test/webhooks/webhook-receiver.ts'
import { GatewayProcess } from '../tools/chaos/gateway-process.ts'
import { anEncounter, startWorld, type World } from './world.ts'

const config = {
  Webhooks: {
    AllowedNetworks: ['127.0.0.0/8'],
    RetryIntervalSeconds: 0.05,
    MaxRetryIntervalSeconds: 0.1,
  },
}

async function register(world: World, url: string): Promise<string> {
  const response = await world.ask('/api/webhooks', {
    key: world.keys.service,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ practiceId: '195900', url }),
  })
  expect(response.status).toBe(201)
  return ((await response.json()) as { secret: string }).secret
}

describe("a practice's own system", () => {
  it('is notified of a form that is ready, approved and in the chart, although it and the gateway do not run meanwhile', async () => {
    await using world = await startWorld({ config })
    const port = await quietPort()
    const before = await startReceiver({ port })
    const secret = await register(world, before.url)
    await world.sign(anEncounter(1001, 60178))
    const [ready] = await before.until(1)
    const workItemId = String(ready?.data['workItemId'])
    const order = await world.ask(`/api/work-items/${workItemId}`)

    // Nobody listens while a person approves; then the gateway is started again.
    await before[Symbol.asyncDispose]()
    const approved = await world.ask(`/api/work-items/${workItemId}/approve`, {
      method: 'POST',
      headers: {
        'if-match': order.headers.get('etag') ?? '',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ reason: 'checked by telephone' }),
    })
    expect(approved.status).toBe(202)
    await world.eventOf(({ eventType }) => eventType === 'FormInChart')
    await world.restart()
    await using after = await startReceiver({ port })

    const messages = [ready, ...(await after.until(2)).slice(0, 2)]
    expect(messages.map((message) => message?.type)).toEqual([
      'form.ready',
      'form.approved',
      'form.in_chart',
    ])
    for (const message of messages) {
      expect(message && isSigned(message, secret)).toBe(true)
      expect(message?.data).toMatchObject({ practiceId: '195900', workItemId })
    }
  })
})

describe('a gateway that is killed while it notifies', () => {
  it('notifies again when it is back: the same message, and then the next', async () => {
    await using database = await createTestDatabase()
    await using receiver = await startReceiver()
    const folder = mkdtempSync(join(tmpdir(), 'webhooks-'))
    const configFile = join(folder, 'gateway.config.json')
    const key = 'a key of the practice'
    writeFileSync(
      configFile,
      JSON.stringify({
        Http: { Port: 0 },
        Database: { Url: urlOf(database.connection) },
        Ehr: {
          FhirBaseUrl: 'http://127.0.0.1:9/',
          TokenEndpoint: 'http://127.0.0.1:9/token',
          ClientId: 'c',
          ClientSecret: 's',
        },
        Webhooks: { ...config.Webhooks, TimeoutSeconds: 1 },
        Auth: {
          Credentials: [
            { Label: 'program', KeySha256: sha256(key), Roles: ['service'], Practices: ['p1'] },
          ],
        },
      }),
    )
    const start = () => new GatewayProcess({ configFile, logFile: join(folder, 'log') })
    const emit = (workItemId: string) =>
      onServer(database.connection, (client) =>
        client.query('select append_events($1::jsonb)', [
          JSON.stringify([
            {
              eventType: 'FormApproved',
              practiceId: 'p1',
              correlationId: 'enc-v',
              timestamp: new Date().toISOString(),
              source: 'test',
              data: { encounterId: 'v', workItemId },
            },
          ]),
        ]),
      )

    const first = start()
    const address = await first.ready()
    const created = await fetch(`${address}/api/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify({ practiceId: 'p1', url: receiver.url }),
    })
    const { secret } = (await created.json()) as { secret: string }
    receiver.answer = () => ({ isSilent: true })
    await emit('wi-1')
    await receiver.until(1)
    await first.end('SIGKILL')
    await emit('wi-2')
    receiver.answer = () => ({})
    const second = start()

    const messages = await receiver.until(3)
    await second.end('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
    expect(messages.map(({ data }) => data['workItemId'])).toEqual(['wi-1', 'wi-1', 'wi-2'])
    expect(messages[0]?.id).toBe(messages[1]?.id)
    expect(messages.every((message) => isSigned(message, secret))).toBe(true)
  })
})

describe('a gateway behind a proxy', () => {
  it('notifies through it, where the name of the endpoint is known to the proxy only', async () => {
    const authority = await anAuthority('Practice CA')
    await using receiver = await startReceiver({
      tls: await authority.issue('hooks', ['hooks.test']),
    })
    await using proxy = await startProxy(receiver.url.replace('https', 'http'))
    const folder = mkdtempSync(join(tmpdir(), 'webhooks-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const ca = join(folder, 'ca.pem')
    writeFileSync(ca, authority.certificate)
    await using world = await startWorld({
      config: { Webhooks: { CaFile: ca }, Proxy: { Https: proxy.url } },
    })
    const secret = await register(world, 'https://hooks.test/hook')

    await world.sign(anEncounter(1001, 60178))

    const [ready] = await receiver.until(1)
    expect(ready).toMatchObject({ type: 'form.ready' })
    expect(ready && isSigned(ready, secret)).toBe(true)
    expect(proxy.received.map(({ line }) => line)).toEqual(['CONNECT hooks.test:443'])
    for (const url of ['https://10.0.0.7/', 'https://localhost/'])
      expect(
        (
          await world.ask('/api/webhooks', {
            key: world.keys.service,
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ practiceId: '195900', url }),
          })
        ).status,
      ).toBe(422)
  })
})

describe('a backup', () => {
  it('contains no secret of a webhook when a key is configured', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'webhooks-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'backup')
    const key = randomBytes(32).toString('base64')
    await using world = await startWorld({ config })
    await using receiver = await startReceiver()
    const secret = await register(world, receiver.url)
    // The secret is there in plain text, and the key comes with the next start.
    await world.restart({ environment: { Webhooks__EncryptionKeys__0: key } })
    await world.sign(anEncounter(1001, 60178))
    const [ready] = await receiver.until(1)
    expect(ready && isSigned(ready, secret)).toBe(true)

    await backUp(file, {
      config: { Url: urlOf(world.connection), Directory: '/nowhere', PoolSize: 2 },
      clock: systemClock,
      signal: new AbortController().signal,
    })

    const text = gunzipSync(readFileSync(file)).toString()
    expect(text).toContain('sealed1:')
    expect(text).not.toContain(secret.slice('whsec_'.length))
    expect(text).not.toContain(key)
  })
})
