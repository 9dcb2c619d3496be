import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aManualClock, anAccessToken, failureOf } from './an-access-token.ts'
import { type Answer, type AnsweringServer, startAnswering } from './answering-server.ts'

let server: AnsweringServer
const closings: (() => Promise<void>)[] = []

beforeAll(async () => {
  server = await startAnswering()
})
beforeEach(() => {
  server.received.length = 0
})
afterAll(async () => {
  await Promise.all(closings.map((close) => close()))
  await server[Symbol.asyncDispose]()
})

function aToken(answer: Answer, options: Parameters<typeof anAccessToken>[0] = {}) {
  server.answer = () => answer
  const { token, close } = anAccessToken({ tokenEndpoint: `${server.url}/token`, ...options })
  closings.push(close)
  return token
}

const json = (value: unknown, headers: Record<string, string> = {}): Answer => ({
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
})
const good = { access_token: 'a.b-c', token_type: 'Bearer', expires_in: 600 }
const challenge = { 'www-authenticate': 'Basic realm="ehr"' }
const html = '<html><body>Sign in, a-client hush-hush</body></html>'
const oauthError = (error: string, description = 'secret hush-hush is wrong') =>
  JSON.stringify({ error, error_description: description })
const packed = (body: string) => gzipSync(body)

interface Row {
  readonly what: string
  readonly answer: Answer
  readonly code: string
  readonly kind: string
  readonly says?: RegExp
  readonly retryAfterMs?: number
}

const unauthorized = { code: 'ehr_unauthorized', kind: 'permanent' }
const endpoint = { code: 'ehr_token_endpoint', kind: 'permanent' }
const unavailable = { code: 'ehr_unavailable', kind: 'transient' }
const limited = { code: 'ehr_rate_limited', kind: 'transient' }
const malformed = { code: 'ehr_malformed', kind: 'transient' }

const refusals: readonly Row[] = [
  ...[400, 401, 403].flatMap((status): readonly Row[] => [
    { what: `${status}, no body`, answer: { status }, ...unauthorized },
    { what: `${status}, challenge`, answer: { status, headers: challenge }, ...unauthorized },
    {
      what: `${status}, HTML`,
      answer: { status, headers: { 'content-type': 'text/html' }, body: html },
      ...unauthorized,
    },
    {
      what: `${status}, OAuth error and challenge`,
      answer: { status, headers: challenge, body: oauthError('invalid_client') },
      ...unauthorized,
      says: new RegExp(`${status} invalid_client`),
    },
    {
      what: `${status}, a body that is cut off`,
      answer: { status, body: '{"error":"invalid_cl' },
      ...unauthorized,
    },
    {
      what: `${status}, a body past the limit`,
      answer: { status, body: 'x'.repeat(200_000) },
      ...unauthorized,
    },
    {
      what: `${status}, the error in the challenge`,
      answer: { status, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } },
      ...unauthorized,
      says: /invalid_token/,
    },
    {
      what: `${status}, compressed`,
      answer: {
        status,
        headers: { 'content-encoding': 'gzip' },
        body: packed(oauthError('invalid_scope')),
      },
      ...unauthorized,
      says: /invalid_scope/,
    },
    {
      what: `${status}, an error that quotes the secret`,
      answer: { status, body: oauthError('hush-hush') },
      ...unauthorized,
    },
    {
      what: `${status}, an error that is no text`,
      answer: { status, body: '{"error":{"code":7},"x":[1]}' },
      ...unauthorized,
    },
  ]),
  {
    what: '200 with an OAuth error',
    answer: { body: oauthError('invalid_client') },
    ...unauthorized,
  },
  ...[301, 302, 303, 307, 308].map((status) => ({
    what: `${status} to another host`,
    answer: { status, headers: { location: 'https://login.example/sign-in?secret=hush-hush' } },
    ...endpoint,
    says: new RegExp(`${status}, a redirect to https://login\\.example,.*Ehr__TokenEndpoint`),
  })),
  { what: '302 without a location', answer: { status: 302 }, ...endpoint, says: /redirect/ },
  ...[404, 405, 410, 415, 451].map((status) => ({
    what: `${status}`,
    answer: { status, body: html },
    ...endpoint,
    says: /Ehr__TokenEndpoint/,
  })),
  ...[408, 425, 500, 502, 503, 504, 599].map((status) => ({
    what: `${status}`,
    answer: { status, body: html },
    ...unavailable,
  })),
  {
    what: '503 with a wait',
    answer: { status: 503, headers: { 'retry-after': '7' } },
    ...unavailable,
    retryAfterMs: 7000,
  },
  { what: '429', answer: { status: 429 }, ...limited },
  {
    what: '429 with a wait',
    answer: { status: 429, headers: { 'retry-after': '30' } },
    ...limited,
    retryAfterMs: 30_000,
  },
  {
    what: '429 with a wait of 31 years',
    answer: { status: 429, headers: { 'retry-after': '1000000000' } },
    ...limited,
    retryAfterMs: 3_600_000,
  },
  {
    what: '429 until a date far away',
    answer: { status: 429, headers: { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' } },
    ...limited,
    retryAfterMs: 3_600_000,
  },
  ...['soon', '-5', '', 'Mon, 01 Jan 2001 00:00:00 GMT', '1e999'].map((wait) => ({
    what: `429 with a wait of "${wait}"`,
    answer: { status: 429, headers: { 'retry-after': wait } },
    ...limited,
  })),
  { what: '200, no body', answer: {}, ...malformed },
  { what: '204', answer: { status: 204 }, ...malformed },
  { what: '200, HTML', answer: { body: html }, ...malformed },
  { what: '200, cut off', answer: { body: '{"access_token":"a' }, ...malformed },
  { what: '200, a list', answer: json([good]), ...malformed },
  { what: '200, null', answer: json(null), ...malformed },
  { what: '200, a form', answer: { body: 'access_token=a&token_type=bearer' }, ...malformed },
  ...[undefined, '', 7, null, {}, 'a b', 'a\r\nx: y', 'a\u0000', 'é'].map((text) => ({
    what: `200, access_token ${JSON.stringify(text)}`,
    answer: json({ ...good, access_token: text }),
    ...malformed,
  })),
  ...[undefined, 'mac', 'DPoP', 7, ''].map((type) => ({
    what: `200, token_type ${JSON.stringify(type)}`,
    answer: json({ ...good, token_type: type }),
    ...malformed,
  })),
  {
    what: '200, past the limit',
    answer: json({ ...good, more: 'x'.repeat(70_000) }),
    ...malformed,
  },
  {
    what: '200, encoded in a way we do not know',
    answer: json(good, { 'content-encoding': 'compress' }),
    ...malformed,
  },
  {
    what: '200, labeled gzip and not compressed',
    answer: json(good, { 'content-encoding': 'gzip' }),
    ...malformed,
  },
  {
    what: '200, gzip that is cut off',
    answer: {
      headers: { 'content-encoding': 'gzip' },
      body: packed(JSON.stringify(good)).subarray(0, 20),
    },
    ...malformed,
  },
  {
    what: '200, gzip of 60 MB in 60 kB',
    answer: {
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync(Buffer.alloc(60_000_000, ' ')),
    },
    ...malformed,
  },
  {
    what: '200, gzip without end',
    answer: {
      headers: { 'content-encoding': 'gzip' },
      endless: gzipSync(Buffer.alloc(1_000_000, ' ')),
    },
    ...malformed,
  },
  { what: '200, text without end', answer: { endless: Buffer.alloc(10_000, ' ') }, ...malformed },
  {
    what: '401, text without end',
    answer: { status: 401, endless: Buffer.alloc(10_000, ' ') },
    ...unauthorized,
  },
]

describe('an answer of the token endpoint', () => {
  it.each(refusals)('$what is $code', async ({ answer, code, kind, says, retryAfterMs }) => {
    const failure = await failureOf(aToken(answer).get())

    expect({ code: failure.code, kind: failure.kind }).toEqual({ code, kind })
    expect(failure.retryAfterMs).toBe(retryAfterMs)
    expect(failure.message).toMatch(says ?? /the EHR's token endpoint/)
    expect(`${failure.message} ${String(failure.cause)}`).not.toMatch(/hush/)
    if (code === 'ehr_unauthorized')
      expect(failure.message).toMatch(/Ehr__ClientId, Ehr__ClientSecret.*Ehr__Scopes/)
    expect(server.received).toHaveLength(1)
  })

  it.each<{ readonly what: string; readonly answer: Answer }>([
    { what: 'plain', answer: json(good) },
    { what: 'with 201', answer: { ...json(good), status: 201 } },
    { what: 'with bearer in lower case', answer: json({ ...good, token_type: 'bearer' }) },
    { what: 'with BEARER in upper case', answer: json({ ...good, token_type: 'BEARER' }) },
    { what: 'as text/plain', answer: { body: JSON.stringify(good) } },
    { what: 'after a byte order mark', answer: { body: `\uFEFF${JSON.stringify(good)}` } },
    ...Object.entries({
      gzip: gzipSync,
      'x-gzip': gzipSync,
      ' GZIP': gzipSync,
      deflate: deflateSync,
      Deflate: deflateRawSync,
      identity: (text: string) => text,
    }).map(([encoding, encode]) => ({
      what: `as ${encoding} by ${encode.name}`,
      answer: { headers: { 'content-encoding': encoding }, body: encode(JSON.stringify(good)) },
    })),
  ])('$what is a token', async ({ answer }) => {
    expect(await aToken(answer).get()).toBe('a.b-c')
  })

  it.each([
    { expiresIn: 3600, validFor: 3540 },
    { expiresIn: '3600', validFor: 3540 },
    { expiresIn: 90, validFor: 45 },
    { expiresIn: 0.5, validFor: 0.5 },
    { expiresIn: undefined, validFor: 240 },
    { expiresIn: null, validFor: 240 },
    { expiresIn: 0, validFor: 240 },
    { expiresIn: -1, validFor: 240 },
    { expiresIn: 'never', validFor: 240 },
    { expiresIn: '', validFor: 240 },
    { expiresIn: {}, validFor: 240 },
    { expiresIn: 1e15, validFor: 86_340 },
    { expiresIn: '99999999999999999999', validFor: 86_340 },
  ])('with expires_in $expiresIn is asked for again after $validFor s', async (row) => {
    const clock = aManualClock()
    const token = aToken(json({ ...good, expires_in: row.expiresIn }), { clock })

    await token.get()
    clock.advance(row.validFor * 1000 - 1)
    await token.get()
    const before = server.received.length
    clock.advance(1)
    await token.get()

    expect([before, server.received.length]).toEqual([1, 2])
  })
})

describe('asking for tokens', () => {
  it('requests one token for any number of callers', async () => {
    const token = aToken(json(good))

    await Promise.all([token.get(), token.get(), token.get()])

    expect(server.received).toHaveLength(1)
  })

  it('requests no token for five seconds after a refusal', async () => {
    const clock = aManualClock()
    const token = aToken({ status: 401 }, { clock })

    await failureOf(token.get())
    await failureOf(token.get())
    const before = server.received.length
    clock.advance(5000)
    await failureOf(token.get())

    expect([before, server.received.length]).toEqual([1, 2])
  })

  it('waits as long as the token endpoint says, and no longer than an hour', async () => {
    const clock = aManualClock()
    const token = aToken({ status: 429, headers: { 'retry-after': '86400' } }, { clock })

    await failureOf(token.get())
    clock.advance(3_599_999)
    await failureOf(token.get())
    const before = server.received.length
    server.answer = () => json(good)
    clock.advance(1)

    expect(before).toBe(1)
    expect(await token.get()).toBe('a.b-c')
  })

  it('reports the clock difference after a refusal', async () => {
    const clock = aManualClock(Date.parse('2026-03-01T12:00:00Z'))
    const answer = { status: 400, headers: { date: 'Sun, 01 Mar 2026 12:11:00 GMT' } }

    const failure = await failureOf(aToken(answer, { clock }).get())

    expect(failure.message).toContain('its clock differs from ours by 660 s')
  })

  it('sends id and secret in the body or as Basic, as configured', async () => {
    const secret = 'a-b_c.d+e:f g%ü'
    await aToken(json(good), { credentials: { method: 'client_secret_post', secret } }).get()
    await aToken(json(good), { credentials: { method: 'client_secret_basic', secret } }).get()

    const [post, basic] = server.received
    expect(Object.fromEntries(new URLSearchParams(post?.body))).toEqual({
      grant_type: 'client_credentials',
      scope: 'system/Patient.rs',
      client_id: 'a-client',
      client_secret: secret,
    })
    expect(post?.headers.authorization).toBeUndefined()
    expect(Object.fromEntries(new URLSearchParams(basic?.body))).toEqual({
      grant_type: 'client_credentials',
      scope: 'system/Patient.rs',
    })
    const pair = Buffer.from(basic?.headers.authorization?.slice(6) ?? '', 'base64').toString()
    expect(pair).toBe('a-client:a-b_c.d%2Be%3Af+g%25%C3%BC')
  })

  it.each([
    { scope: undefined, missing: [] },
    { scope: 'system/*.rs', missing: [] },
    { scope: 'system/Patient.r', missing: ['system/Patient.s'] },
    { scope: ['system/Encounter.rs', 'openid'], missing: ['system/Patient.rs'] },
    { scope: '', missing: ['system/Patient.rs'] },
    { scope: null, missing: [] },
  ])('with scope $scope in the answer, $missing is missing', async ({ scope, missing }) => {
    const reported: (readonly string[])[] = []
    const clock = aManualClock()
    const token = aToken(json({ ...good, scope }), {
      clock,
      onMissingScopes: (scopes) => reported.push(scopes),
    })
    expect(token.missingScopes).toBeUndefined()

    await token.get()
    clock.advance(600_000)
    await token.get()

    expect(token.missingScopes).toEqual(missing)
    expect(reported).toEqual(missing.length === 0 ? [] : [missing])
  })

  it('names the keys to check if the server is unreachable', async () => {
    const { token, close } = anAccessToken({})
    closings.push(close)

    const failure = await failureOf(token.get())

    expect(failure).toMatchObject({ code: 'ehr_unreachable', kind: 'transient' })
    expect(failure.message).toMatch(/ECONNREFUSED.*Ehr__TokenEndpoint and Ehr__Proxy/)
  })

  it.each([{ isStalled: true }, { isStalled: true, status: 401 }])(
    'waits for the end of an answer no longer than its time limit: %o',
    async (answer) => {
      const failure = await failureOf(aToken(answer, { timeoutMs: 30 }).get())

      expect(failure).toMatchObject({ code: 'ehr_timeout', kind: 'transient' })
    },
  )
})
