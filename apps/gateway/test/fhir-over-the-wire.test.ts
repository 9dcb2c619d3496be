import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { type SteadyClock, systemClock } from '../src/clock.ts'
import { ChartMemo } from '../src/fhir/chart/chart-reading.ts'
import { FhirClient } from '../src/fhir/client/fhir-client.ts'
import { createEhr } from '../src/fhir/ehr.ts'
import { EhrAnswerError } from '../src/fhir/fhir-errors.ts'
import { createLog } from '../src/log.ts'
import { aFhirServer, type FhirServer, type Received, type Reply } from './ehr/a-fhir-server.ts'
import { anEhrSettings } from './ehr/an-ehr-settings.ts'
import { aRateShare } from './rate/a-rate-share.ts'

const signal = new AbortController().signal
const of = (resourceType: string) =>
  ({ practiceId: '1', resourceType, lane: 'chart', signal }) as const
const patient = { resourceType: 'Patient', id: 'p1' }

interface Connection {
  readonly server: FhirServer
  readonly client: FhirClient
  readonly share: ReturnType<typeof aRateShare>
}

/** At noon: in the last hour before midnight GMT a spent day would end sooner than the longest wait. */
const atNoon: SteadyClock = { ...systemClock, now: () => new Date('2026-06-15T12:00:00Z') }

/** A client and its server, for as long as `use` takes. */
async function connected(
  reply: (request: Received, origin: string) => Reply,
  use: (connection: Connection) => Promise<void>,
  section: object | ((origin: string) => object) = {},
) {
  await using server = await aFhirServer(reply)
  const settings = anEhrSettings(
    { fhirBaseUrl: `${server.origin}/fhir`, tokenUrl: `${server.origin}/token` },
    { Profile: 'us-core', ...(typeof section === 'function' ? section(server.origin) : section) },
  )
  const share = aRateShare()
  const client = new FhirClient(settings, {
    clock: atNoon,
    budget: share.budget,
    guard: (call) => call(),
  })
  try {
    await use({ server, client, share })
  } finally {
    await client.close()
    await share.stop()
  }
}

describe('bodies', () => {
  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ])('are read when compressed with %s, and compression is requested', async (encoding, pack) => {
    const body = pack(JSON.stringify(patient))
    await connected(
      () => ({ headers: { 'content-encoding': encoding }, body }),
      async ({ client, server }) => {
        expect(await client.read('p1', of('Patient'))).toEqual(patient)
        expect(server.received[0]?.headers['accept-encoding']).toBe('gzip, deflate')
      },
    )
  })

  it('of 2 MB that decompress to 2 GB are too large', async () => {
    const zeros = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    const bomb = Buffer.concat(Array.from({ length: 32 }, () => zeros))
    await connected(
      () => ({ headers: { 'content-encoding': 'gzip' }, body: bomb }),
      async ({ client }) => {
        await expect(client.read('p1', of('Patient'))).rejects.toMatchObject({
          code: 'ehr_too_large',
        })
      },
    )
  })

  it.each([
    { status: 204 },
    { status: 200, body: Buffer.alloc(0) },
    { status: 205 },
    { status: 206, body: patient },
    { status: 200, body: { resourceType: 'OperationOutcome', issue: [] } },
    {
      status: 200,
      headers: { 'content-encoding': 'gzip' },
      body: Buffer.from('{"resourceType":"Patient"}'),
    },
    { status: 200, headers: { 'content-encoding': 'pack200' }, body: patient },
  ])('of a read that are no such resource are malformed: %o', async (reply) => {
    await connected(
      () => reply,
      async ({ client }) => {
        await expect(client.read('p1', of('Patient'))).rejects.toMatchObject({
          code: 'ehr_malformed',
        })
        await expect(client.search({}, of('Patient'))).rejects.toMatchObject({
          code: 'ehr_malformed',
        })
      },
    )
  })

  it.each([
    ['not encoded as its header says', { 'content-encoding': 'gzip' }, Buffer.from('{}')],
    ['of an unknown encoding', { 'content-encoding': 'pack200' }, Buffer.from('{}')],
    ['too large', {}, Buffer.alloc(3 * 1024 * 1024, 0x20)],
  ])(
    'of an error count for nothing when they are %s: the status does',
    async (_name, headers, body) => {
      await connected(
        () => ({ status: 422, headers, body }),
        async ({ client }) => {
          await expect(client.read('p1', of('Patient'))).rejects.toMatchObject({
            code: 'ehr_bad_request',
          })
        },
      )
    },
  )
})

describe('a request of the document writers', () => {
  const document = JSON.stringify({ resourceType: 'DocumentReference' })
  const location = 'DocumentReference/d1/_history/1'
  const send = (client: FhirClient) =>
    client.exchange(
      {
        method: 'POST',
        url: client.url('DocumentReference', {}, undefined),
        contentType: 'application/fhir+json',
        body: document,
      },
      of('DocumentReference'),
    )

  it.each([
    { name: 'nothing', reply: { status: 201, headers: { location } }, body: '' },
    {
      name: 'a text',
      reply: {
        status: 200,
        headers: { location, 'content-type': 'text/html' },
        body: Buffer.from('<p>ok'),
      },
      body: '<p>ok',
    },
    {
      name: 'what cannot be decompressed',
      reply: {
        status: 201,
        headers: { location, 'content-encoding': 'gzip' },
        body: Buffer.from('x'),
      },
      body: '',
    },
  ])('returns $name as received', async ({ reply, body }) => {
    await connected(
      () => reply,
      async ({ client }) => {
        const answer = await send(client)
        expect(answer).toMatchObject({ status: reply.status, location })
        expect(answer.body.toString()).toBe(body)
      },
    )
  })

  it('gives Content-Location in addition to Location', async () => {
    await connected(
      () => ({ status: 202, headers: { 'content-location': location } }),
      async ({ client }) => {
        expect(await send(client)).toMatchObject({
          status: 202,
          location: undefined,
          contentLocation: location,
        })
      },
    )
  })

  it.each([301, 302, 303])('answered by %d is ambiguous, and sent once', async (status) => {
    await connected(
      () => ({ status, headers: { location: '/fhir/DocumentReference/d1' } }),
      async ({ client, server }) => {
        await expect(send(client)).rejects.toMatchObject({ kind: 'ambiguous' })
        expect(server.received).toHaveLength(1)
      },
    )
  })

  it.each([307, 308])('follows %d within the EHR with method and body', async (status) => {
    await connected(
      ({ url }) =>
        url.startsWith('/fhir/')
          ? { status, headers: { location: '/v2/DocumentReference' } }
          : { status: 201, headers: { location } },
      async ({ client, server }) => {
        expect(await send(client)).toMatchObject({ location })
        expect(server.received.map(({ method, url, body }) => [method, url, body])).toEqual([
          ['POST', '/fhir/DocumentReference', document],
          ['POST', '/v2/DocumentReference', document],
        ])
      },
    )
  })
})

describe('redirects', () => {
  it.each([301, 302, 303, 307, 308])(
    'of %d elsewhere are not followed, and the token stays here',
    async (status) => {
      await using elsewhere = await aFhirServer(() => ({ body: patient }))
      await connected(
        () => ({ status, headers: { location: `${elsewhere.origin}/fhir/Patient/p1?secret=1` } }),
        async ({ client }) => {
          const failure = client.read('p1', of('Patient'))
          await expect(failure).rejects.toMatchObject({ code: 'ehr_redirected', kind: 'permanent' })
          await expect(failure).rejects.not.toThrow('secret')
          expect(elsewhere.received).toHaveLength(0)
        },
      )
    },
  )

  it('end after three, each of which is a request of the budget', async () => {
    await connected(
      ({ url }) => ({ status: 307, headers: { location: `${url}x` } }),
      async ({ client, server, share }) => {
        const take = vi.spyOn(share.budget, 'take')

        await expect(client.read('p1', of('Patient'))).rejects.toMatchObject({
          code: 'ehr_redirected',
        })
        expect(server.received).toHaveLength(4)
        expect(take).toHaveBeenCalledTimes(4)
      },
    )
  })
})

describe('addresses', () => {
  it.each([
    ['/fhir', '/fhir/Patient/p1'],
    ['/fhir/', '/fhir/Patient/p1'],
    ['/a/b/R4/', '/a/b/R4/Patient/p1'],
    ['', '/Patient/p1'],
    ['/fhir r4/100%25', '/fhir%20r4/100%25/Patient/p1'],
  ])('under the base %s are %s', async (path, expected) => {
    await connected(
      () => ({ body: patient }),
      async ({ client, server }) => {
        await client.read('p1', of('Patient'))
        expect(server.received[0]?.url).toBe(expected)
      },
      (origin) => ({ FhirBaseUrl: `${origin}${path}` }),
    )
  })

  it.each([
    ['a/b', '/fhir/Patient/a%2Fb'],
    ['../Secret', '/fhir/Patient/..%2FSecret'],
    ['a?b=c#d', '/fhir/Patient/a%3Fb%3Dc%23d'],
    ['%2e%2e', '/fhir/Patient/%252e%252e'],
    ['a b', '/fhir/Patient/a%20b'],
  ])('keep the id %s within its segment', async (id, expected) => {
    await connected(
      () => ({ body: { ...patient, id } }),
      async ({ client, server }) => {
        await client.read(id, of('Patient'))
        expect(server.received[0]?.url).toBe(expected)
      },
    )
  })

  it.each(['', '.', '..'])('are not built from the id "%s"', async (id) => {
    await connected(
      () => ({ body: patient }),
      async ({ client, server }) => {
        await expect(client.read(id, of('Patient'))).rejects.toMatchObject({ kind: 'permanent' })
        await expect(client.readBinary(id, 1000, of('Binary'))).rejects.toMatchObject({
          kind: 'permanent',
        })
        expect(server.received).toHaveLength(0)
      },
    )
  })

  it('of next links that name the public base are brought under the one that is called', async () => {
    await connected(
      ({ url }) => ({
        body: {
          resourceType: 'Bundle',
          entry: [{ resource: { resourceType: 'Condition', id: url } }],
          ...(url.includes('page=2')
            ? {}
            : {
                link: [
                  { relation: 'next', url: 'https://internal.test:8443/hapi/Condition?page=2' },
                ],
              }),
        },
      }),
      async ({ client, server }) => {
        const found = await client.search({ patient: 'p1' }, of('Condition'))

        expect(found).toMatchObject({ cutOff: undefined, resources: [{}, {}] })
        expect(server.received.map(({ url }) => url)).toEqual([
          '/fhir/Condition?patient=p1&_count=100',
          '/fhir/Condition?page=2',
        ])
      },
      { PublicBaseUrl: 'https://internal.test:8443/hapi' },
    )
  })
})

describe('paging', () => {
  it.each([404, 410, 400])('keeps page 1 when page 2 is answered by %d', async (status) => {
    await connected(
      ({ url }) =>
        url.includes('page=2')
          ? { status }
          : {
              body: {
                resourceType: 'Bundle',
                entry: [{ resource: { resourceType: 'Condition', id: 'c1' } }],
                link: [{ relation: 'next', url: '?page=2' }],
              },
            },
      async ({ client }) => {
        const found = await client.search({}, of('Condition'))

        expect(found.resources).toHaveLength(1)
        expect(found.cutOff).toMatch(/page 2/)
      },
    )
  })
})

describe("the EHR's own reason", () => {
  it('is in the log as codes, without its text', async () => {
    const lines: string[] = []
    const log = createLog({
      level: 'trace',
      pretty: false,
      stream: { write: (line) => void lines.push(line) },
    })
    const pretty = createLog({
      level: 'trace',
      pretty: true,
      stream: { write: (line) => void lines.push(line) },
    })
    const words = 'Ann Testcase born 1970-03-02 has no such chart'
    await connected(
      () => ({
        status: 422,
        body: {
          resourceType: 'OperationOutcome',
          text: { div: words },
          issue: [
            {
              severity: 'error',
              code: 'business-rule',
              diagnostics: words,
              expression: [words],
              details: {
                text: words,
                coding: [{ system: 'urn:oid:1.2', code: '4119', display: words }],
              },
            },
          ],
        },
      }),
      async ({ client }) => {
        const error = await client.read('p1', of('Patient')).catch((caught: unknown) => caught)
        if (!(error instanceof EhrAnswerError)) throw new Error('expected an EhrAnswerError')
        for (const each of [log, pretty]) {
          each.error({ error }, 'failed')
          each.warn({ error: new Error('outer', { cause: error }) }, 'failed')
          each.warn(Object.assign({ ...error }, { detail: error.detail }), 'failed')
        }

        expect(error.detail).toContain('Ann Testcase')
        expect(lines).toHaveLength(6)
        expect(JSON.parse(lines[0] ?? '')).toMatchObject({
          error: { code: 'ehr_bad_request', reasonCodes: ['business-rule', 'urn:oid:1.2|4119'] },
        })
        expect(lines.join('\n')).not.toMatch(/Testcase|1970-03-02/)
      },
    )
  })
})

describe("the EHR's own rate", () => {
  it.each([
    ['600', 10],
    ['600;w=60', 10],
    ['many', Number.POSITIVE_INFINITY],
    ['', Number.POSITIVE_INFINITY],
  ])('is read from the header that the profile names: %s a minute', async (limit, perSecond) => {
    await using server = await aFhirServer(() => ({
      headers: { 'X-RateLimit-Limit-Minute': limit },
      body: patient,
    }))
    const settings = anEhrSettings(
      { fhirBaseUrl: server.origin, tokenUrl: `${server.origin}/token` },
      { Profile: 'us-core' },
    )
    const rateHeader = { limit: 'X-RateLimit-Limit-Minute', windowSeconds: 60 }
    const profile = { ...settings.profile, wire: { headers: { 'x-own': 'yes' }, rateHeader } }
    const share = aRateShare()
    const client = new FhirClient(
      { ...settings, profile },
      { clock: systemClock, budget: share.budget, guard: (call) => call() },
    )
    await client.read('p1', of('Patient'))
    await client.close()
    await share.stop()

    expect(share.budget.reportedPerSecond).toBe(perSecond)
    expect(server.received[0]?.headers['x-own']).toBe('yes')
  })
})

describe('waiting', () => {
  it.each([
    ['429', { status: 429, headers: { 'retry-after': '1000000000' } }],
    ['503', { status: 503, headers: { 'retry-after': '1000000000' } }],
    ['403', { status: 403, headers: { 'x-mashery-error-code': 'ERR_403_DEVELOPER_OVER_RATE' } }],
  ])(
    'is asked for by a %s; one answer silences the node for a minute at most',
    async (_name, reply) => {
      await connected(
        () => reply,
        async ({ client, share }) => {
          await expect(client.read('p1', of('Patient'))).rejects.toMatchObject({
            kind: 'transient',
            retryAfterMs: 3_600_000,
          })
          const { closure } = share.budget
          expect(closure).toMatchObject({ reason: 'asked_to_wait' })
          expect(closure?.forMs).toBeLessThanOrEqual(60_000)
        },
      )
    },
  )

  it('ends an attempt, even the last one, rather than recording the chart as unread', async () => {
    await connected(
      ({ url }) => {
        if (url.startsWith('/fhir/Encounter/e1'))
          return {
            body: {
              resourceType: 'Encounter',
              id: 'e1',
              status: 'finished',
              subject: { reference: 'Patient/p1' },
            },
          }
        if (url.startsWith('/fhir/Condition'))
          return { status: 429, headers: { 'retry-after': '3600' } }
        if (url.startsWith('/fhir/Patient/')) return { body: patient }
        return { body: { resourceType: 'Bundle', entry: [] } }
      },
      async ({ server, share }) => {
        const ehr = createEhr(
          anEhrSettings(
            { fhirBaseUrl: `${server.origin}/fhir`, tokenUrl: `${server.origin}/token` },
            { Profile: 'us-core' },
          ),
          { clock: systemClock, budget: share.budget, guard: (call) => call() },
        )
        const attempt = new AbortController()
        try {
          await expect(
            ehr.readChart(
              { practiceId: '1', patientId: 'p1', encounterId: 'e1' },
              { memo: new ChartMemo(), lastAttempt: true },
              attempt.signal,
            ),
          ).rejects.toMatchObject({ code: 'ehr_rate_limited', retryAfterMs: 3_600_000 })
        } finally {
          attempt.abort(new Error('over'))
          await ehr.close()
        }
      },
    )
  })
})
