import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import Fastify from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { Provider } from 'oidc-provider'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import type { ClientCredentials } from '../../src/fhir/token/client-authentication.ts'
import { type PublicKeyJwk, readSigningKeys } from '../../src/fhir/token/signing-keys.ts'
import { addKeyRoutes } from '../../src/http/key-routes.ts'
import type { App } from '../../src/http/routes.ts'
import { aManualClock, anAccessToken, failureOf } from './an-access-token.ts'
import { listen } from './answering-server.ts'

/** A third-party authorization server that verifies how we authenticate. */
async function anAuthorizationServer(client: object): Promise<string> {
  const server = createServer()
  const issuer = await listen(server)
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'a-client',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        ...client,
      },
    ],
    scopes: ['system/Patient.rs', 'system/DocumentReference.c'],
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
    enabledJWA: { clientAuthSigningAlgValues: ['RS384', 'ES384'] },
    // Its own fetch refuses addresses of this machine.
    fetch: (url, options) => fetch(url, { signal: options?.signal ?? null }),
    ttl: { ClientCredentials: 600 },
    clientAuthMethods: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
  })
  const answer = provider.callback()
  server.on('request', (request, response) => void answer(request, response))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `${issuer}/token`
}

/** The gateway's own route, for the EHR to read. */
async function publish(publicKeys: readonly PublicKeyJwk[]): Promise<string> {
  // The type provider has no effect at run time.
  const app = Fastify() as unknown as App
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  addKeyRoutes(app, { publicKeys })
  onTestFinished(() => app.close())
  return `${await app.listen({ port: 0, host: '127.0.0.1' })}/.well-known/jwks.json`
}

function aToken(
  tokenEndpoint: string,
  credentials: ClientCredentials,
  more: Parameters<typeof anAccessToken>[0] = {},
) {
  const { token, close } = anAccessToken({ tokenEndpoint, credentials, ...more })
  onTestFinished(close)
  return token
}

const makers = {
  RS384: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
}
const jwkOf = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid })
const signedBy = (keys: readonly object[], signingKeyId?: string) => ({
  method: 'private_key_jwt' as const,
  keys: readSigningKeys(JSON.stringify({ keys }), signingKeyId),
  jwksUrl: undefined,
})
const secret = 'a secret/with:odd+chars%-_.~'

describe('an independent authorization server', () => {
  it.each(['client_secret_post', 'client_secret_basic'] as const)('takes %s', async (method) => {
    const endpoint = await anAuthorizationServer({
      client_secret: secret,
      token_endpoint_auth_method: method,
    })

    expect(await aToken(endpoint, { method, secret }).get()).toMatch(/^\S{20,}$/)
    expect(await failureOf(aToken(endpoint, { method, secret: 'wrong' }).get())).toMatchObject({
      code: 'ehr_unauthorized',
      kind: 'permanent',
      message: expect.stringContaining('401 invalid_client'),
    })
  })

  it.each(['RS384', 'ES384'] as const)('takes an assertion signed with %s', async (algorithm) => {
    const credentials = signedBy([jwkOf(makers[algorithm](), 'the-key')])
    const endpoint = await anAuthorizationServer({
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: algorithm,
      jwks_uri: await publish(credentials.keys.published),
    })
    const token = aToken(endpoint, credentials)

    const first = await token.get()
    token.forget(first)
    const second = await token.get()

    // Each assertion has an id of its own: the server accepts none twice.
    expect(second).not.toBe(first)
  })

  it.each([
    { what: 'expired', offsetMs: -600_000 },
    { what: 'from the future', offsetMs: 600_000 },
  ])('refuses an assertion that is $what', async ({ offsetMs }) => {
    const credentials = signedBy([jwkOf(makers.ES384(), 'the-key')])
    const endpoint = await anAuthorizationServer({
      token_endpoint_auth_method: 'private_key_jwt',
      jwks_uri: await publish(credentials.keys.published),
    })
    const clock = aManualClock(systemClock.now().getTime() + offsetMs)

    const failure = await failureOf(aToken(endpoint, credentials, { clock }).get())

    expect(failure).toMatchObject({ code: 'ehr_unauthorized', kind: 'permanent' })
    expect(failure.message).toMatch(/Ehr__PrivateKeyFile/)
    expect(failure.message).toMatch(/clock differs from ours by -?(599|60[01]) s/)
  })

  it('takes an assertion of a clock that is some seconds ahead or behind', async () => {
    const credentials = signedBy([jwkOf(makers.ES384(), 'the-key')])
    const endpoint = await anAuthorizationServer({
      token_endpoint_auth_method: 'private_key_jwt',
      jwks_uri: await publish(credentials.keys.published),
    })

    for (const offsetMs of [-25_000, 25_000]) {
      const clock = aManualClock(systemClock.now().getTime() + offsetMs)
      expect(await aToken(endpoint, credentials, { clock }).get()).toMatch(/^\S{20,}$/)
    }
  })

  it('takes both keys while one replaces the other, and then only the new one', async () => {
    const old = jwkOf(makers.RS384(), 'old')
    const next = jwkOf(makers.ES384(), 'next')
    const registered = async (...keys: readonly object[]) =>
      anAuthorizationServer({
        token_endpoint_auth_method: 'private_key_jwt',
        jwks_uri: await publish(signedBy(keys).keys.published),
      })
    const before = await registered(old)
    const during = await registered(old, next)
    const after = await registered(next)
    const outcomeOf = (endpoint: string, credentials: ClientCredentials) =>
      aToken(endpoint, credentials)
        .get()
        .then(
          () => 'token',
          (error: unknown) => (error as { code?: string }).code,
        )

    expect(await outcomeOf(before, signedBy([old]))).toBe('token')
    expect(await outcomeOf(before, signedBy([old, next], 'next'))).toBe('ehr_unauthorized')
    expect(await outcomeOf(during, signedBy([old, next]))).toBe('token')
    expect(await outcomeOf(during, signedBy([old, next], 'next'))).toBe('token')
    expect(await outcomeOf(after, signedBy([next]))).toBe('token')
    expect(await outcomeOf(after, signedBy([old]))).toBe('ehr_unauthorized')
  })

  it('is noticed to grant fewer scopes than were requested when its answer names none', async () => {
    const endpoint = await anAuthorizationServer({
      client_secret: secret,
      token_endpoint_auth_method: 'client_secret_post',
    })
    const token = aToken(
      endpoint,
      { method: 'client_secret_post', secret },
      { scopes: ['system/Patient.rs', 'system/Coverage.rs', 'system/DocumentReference.c'] },
    )

    await token.get()

    expect(token.missingScopes).toEqual(['system/Coverage.rs'])
  })
})

describe('the public keys', () => {
  it('are served to everybody, with nothing private and a time to keep them', async () => {
    const { keys } = signedBy([jwkOf(makers.RS384(), 'a'), jwkOf(makers.ES384(), 'b')])

    const response = await fetch(await publish(keys.published))

    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(response.headers.get('cache-control')).toBe('public, max-age=300')
    const members = { use: 'sig', key_ops: ['verify'] }
    const { n, e } = keys.published[0] ?? {}
    const { x, y } = keys.published[1] ?? {}
    expect(await response.json()).toEqual({
      keys: [
        { kty: 'RSA', kid: 'a', alg: 'RS384', n, e, ...members },
        { kty: 'EC', kid: 'b', alg: 'ES384', crv: 'P-384', x, y, ...members },
      ],
    })
  })

  it('are an empty set without a key', async () => {
    expect(await (await fetch(await publish([]))).json()).toEqual({ keys: [] })
  })
})
