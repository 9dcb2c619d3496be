import { generateKeyPairSync } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readSigningKeys } from '../../src/fhir/token/signing-keys.ts'
import { aManualClock, anAccessToken, failureOf } from './an-access-token.ts'
import {
  type Answer,
  type AnsweringServer,
  type ReceivedRequest,
  startAnswering,
} from './answering-server.ts'

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

const token = JSON.stringify({ access_token: 'a-token', token_type: 'Bearer', expires_in: 600 })
const key = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
const keys = readSigningKeys(JSON.stringify(key.export({ format: 'jwk' })))
const oauthUris = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris'

interface Documents {
  readonly configuration?: Answer
  readonly metadata?: Answer
  readonly token?: Answer
}

function anEhr(
  documents: Documents,
  options: Parameters<typeof anAccessToken>[0] = {},
): ReturnType<typeof anAccessToken>['token'] {
  const answers: Readonly<Record<string, Answer>> = {
    '/fhir/.well-known/smart-configuration': documents.configuration ?? { status: 404 },
    '/fhir/metadata': documents.metadata ?? { status: 404 },
    '/token': documents.token ?? { body: token },
  }
  server.answer = ({ url }: ReceivedRequest) => answers[url] ?? { status: 418 }
  const { token: made, close } = anAccessToken({
    fhirBaseUrl: `${server.url}/fhir`,
    tokenEndpoint: undefined,
    ...options,
  })
  closings.push(close)
  return made
}

const asked = () => server.received.map(({ url }) => url)
const configuration = (more: object = {}): Answer => ({
  body: JSON.stringify({ token_endpoint: `${server.url}/token`, ...more }),
})
const capability = (security: unknown): Answer => ({
  body: JSON.stringify({
    resourceType: 'CapabilityStatement',
    rest: [{ mode: 'server', security }],
  }),
})
const tokenUri = () => ({
  extension: [
    { url: 'http://other.example', extension: [{ url: 'token', valueUri: 'http://x.example' }] },
    {
      url: oauthUris,
      extension: [
        { url: 'authorize', valueUri: 'http://x.example' },
        { url: 'token', valueUri: `${server.url}/token` },
      ],
    },
  ],
})

describe('finding the token endpoint', () => {
  it('sends no request if it is configured', async () => {
    await anEhr({}, { tokenEndpoint: `${server.url}/token` }).get()

    expect(asked()).toEqual(['/token'])
  })

  it('reads the SMART configuration', async () => {
    expect(await anEhr({ configuration: configuration() }).get()).toBe('a-token')
    expect(asked()).toEqual(['/fhir/.well-known/smart-configuration', '/token'])
  })

  it.each([
    { what: 'is missing', first: { status: 404 } },
    { what: 'is HTML', first: { body: '<html>' } },
    { what: 'is null', first: { body: 'null' } },
    { what: 'names none', first: { body: '{"token_endpoint":null}' } },
    {
      what: 'names something that is not an absolute URL',
      first: { body: '{"token_endpoint":"/token"}' },
    },
    { what: 'names a file', first: { body: '{"token_endpoint":"file:///etc/passwd"}' } },
    { what: 'names credentials', first: { body: '{"token_endpoint":"https://a:b@x.example/"}' } },
    { what: 'is a redirect', first: { status: 302, headers: { location: 'http://x.example' } } },
    { what: 'is unavailable', first: { status: 503 } },
    { what: 'is without end', first: { endless: Buffer.alloc(10_000, ' ') } },
    {
      what: 'is a bomb',
      first: {
        headers: { 'content-encoding': 'gzip' },
        body: gzipSync(Buffer.alloc(30_000_000, ' ')),
      },
    },
  ])('reads the CapabilityStatement when the SMART configuration $what', async ({ first }) => {
    const ehr = anEhr({ configuration: first, metadata: capability(tokenUri()) })

    expect(await ehr.get()).toBe('a-token')
    expect(asked()).toEqual(['/fhir/.well-known/smart-configuration', '/fhir/metadata', '/token'])
  })

  it('repeats the discovery after an hour, and immediately if the endpoint is gone', async () => {
    const clock = aManualClock()
    const ehr = anEhr({ configuration: configuration() }, { clock })
    const discoveries = () => asked().filter((url) => url.endsWith('smart-configuration')).length
    const counts: number[] = []
    for (const minutes of [0, 10, 49, 12]) {
      clock.advance(minutes * 60_000)
      await ehr.get()
      counts.push(discoveries())
    }

    expect(counts).toEqual([1, 1, 1, 2])
    const moved = anEhr({ configuration: configuration(), token: { status: 410 } }, { clock })
    await failureOf(moved.get())
    clock.advance(60_000)
    const before = discoveries()
    await failureOf(moved.get())
    expect(discoveries()).toBe(before + 1)
  })

  it.each([
    { what: 'nothing', metadata: { status: 404 } },
    { what: 'a CapabilityStatement without security', metadata: capability(undefined) },
    {
      what: 'one with nonsense',
      metadata: capability({ extension: [null, 7, { url: oauthUris }] }),
    },
    { what: 'one whose rest is no list', metadata: { body: '{"rest":{"security":1}}' } },
    { what: 'a login page', metadata: { body: '<html>' } },
  ])('ends permanently when there is $what', async ({ metadata }) => {
    const failure = await failureOf(anEhr({ metadata }).get())

    expect(failure).toMatchObject({ code: 'ehr_token_endpoint', kind: 'permanent' })
    expect(failure.message).toContain('set Ehr__TokenEndpoint')
  })

  it.each([
    { configuration: { status: 503 }, metadata: { status: 404 } },
    { configuration: { status: 404 }, metadata: { status: 500 } },
    { configuration: { status: 429 }, metadata: { status: 429 } },
  ])('can be tried again when the server is in trouble: %o', async (documents) => {
    expect(await failureOf(anEhr(documents).get())).toMatchObject({
      code: 'ehr_unavailable',
      kind: 'transient',
    })
  })
})

describe('an EHR that lists what it supports', () => {
  const ours = { method: 'private_key_jwt', keys, jwksUrl: undefined } as const

  it.each([
    { more: { token_endpoint_auth_methods_supported: ['private_key_jwt'] } },
    { more: { token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'] } },
    { more: { token_endpoint_auth_methods_supported: [] } },
    { more: { token_endpoint_auth_methods_supported: 'private_key_jwt' } },
    { more: { token_endpoint_auth_methods_supported: [7] } },
    { more: {} },
  ])('gets an assertion if it lists that method or lists none: $more', async ({ more }) => {
    const ehr = anEhr({ configuration: configuration(more) }, { credentials: ours })

    expect(await ehr.get()).toBe('a-token')
  })

  it.each([
    {
      more: { token_endpoint_auth_methods_supported: ['client_secret_basic', 'tls\nclient'] },
      says: /accepts client_secret_basic, but private_key_jwt is configured; set Ehr__ClientAuth/,
    },
    {
      more: { token_endpoint_auth_methods_supported: ['<script>'] },
      says: /accepts no known values, but private_key_jwt is configured/,
    },
    {
      more: { token_endpoint_auth_signing_alg_values_supported: ['RS256', 'RS384'] },
      says: /signed with RS256, RS384, but our key is for ES384/,
    },
    {
      more: { token_endpoint: 'http://tokens.example/token' },
      says: /plain HTTP.*set Ehr__TokenEndpoint/,
    },
  ])('reports what it supports and what is configured, and sends nothing: $more', async (row) => {
    const ehr = anEhr({ configuration: configuration(row.more) }, { credentials: ours })

    const failure = await failureOf(ehr.get())

    expect(failure).toMatchObject({ code: 'ehr_token_endpoint', kind: 'permanent' })
    expect(failure.message).toMatch(row.says)
    expect(asked()).not.toContain('/token')
  })

  it('may be sent our credentials over plain HTTP in a closed network', async () => {
    const ehr = anEhr(
      { configuration: configuration({ token_endpoint: 'http://tokens.invalid/token' }) },
      { allowPlainHttp: true },
    )

    expect(await failureOf(ehr.get())).toMatchObject({ code: 'ehr_unreachable' })
  })
})

describe('an assertion', () => {
  it('says who we are, for whom it is, and where our keys are', async () => {
    const clock = aManualClock(1_000_000_000_000)
    const jwksUrl = 'https://gateway.example/.well-known/jwks.json'
    await anEhr(
      { configuration: configuration() },
      { clock, credentials: { method: 'private_key_jwt', keys, jwksUrl } },
    ).get()

    const form = new URLSearchParams(server.received.at(-1)?.body)
    const [header = '', claims = ''] = (form.get('client_assertion') ?? '').split('.')
    const parsed = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect(Object.fromEntries(form)).toMatchObject({
      grant_type: 'client_credentials',
      scope: 'system/Patient.rs',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    })
    expect(parsed(header)).toEqual({
      alg: 'ES384',
      typ: 'JWT',
      kid: keys.signing.keyId,
      jku: jwksUrl,
    })
    expect(parsed(claims)).toEqual({
      iss: 'a-client',
      sub: 'a-client',
      aud: `${server.url}/token`,
      jti: expect.stringMatching(/^[\da-f-]{36}$/),
      iat: 999_999_970,
      nbf: 999_999_970,
      exp: 1_000_000_240,
    })
  })
})
