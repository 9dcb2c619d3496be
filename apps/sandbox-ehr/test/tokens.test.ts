import { createServer } from 'node:http'
import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modeNames } from '../src/modes/mode.ts'
import { createSandbox, type Sandbox } from '../src/server.ts'
import { openSandbox, patientId } from './sandbox-client.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const otherEc = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const jwkOf = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid })
const jwks = { keys: [jwkOf(rsa.publicKey, 'rsa-1'), jwkOf(ec.publicKey, 'ec-1')] }
const secondsFromNow = (seconds: number) => Math.floor(new Date().getTime() / 1000) + seconds

interface Assertion {
  readonly header?: object
  readonly claims?: object
  readonly key?: KeyObject
}

function assertion(
  tokenUrl: string,
  { header, claims, key = ec.privateKey }: Assertion = {},
): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'ES384', kid: 'ec-1', typ: 'JWT', ...header })}.${part({
    iss: 'sandbox-client',
    sub: 'sandbox-client',
    aud: tokenUrl,
    exp: secondsFromNow(240),
    jti: randomUUID(),
    ...claims,
  })}`
  const how = key.asymmetricKeyType === 'ec' ? { key, dsaEncoding: 'ieee-p1363' as const } : key
  return `${signed}.${sign('sha384', Buffer.from(signed), how).toString('base64url')}`
}

let sandbox: Sandbox
const scope = 'system/Patient.rs'
const post = (form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(sandbox.tokenUrl, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ grant_type: 'client_credentials', scope, ...form }),
  })
const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` })
const signed = (client_assertion: string) => ({
  client_assertion,
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
})

beforeEach(async () => {
  sandbox = createSandbox()
  await sandbox.start()
  sandbox.control.registerKeys('sandbox-client', { jwks })
})
afterEach(() => sandbox.stop())

describe('authentication methods', () => {
  const all = ['client_secret_basic', 'client_secret_post', 'private_key_jwt']
  it.each([
    { as: 'athenahealth', accepts: all },
    { as: 'epic', accepts: ['client_secret_basic', 'private_key_jwt'] },
    { as: 'oracle-health', accepts: ['client_secret_basic', 'private_key_jwt'] },
    { as: 'medplum', accepts: all },
    { as: 'hapi', accepts: all },
    { as: 'azure', accepts: all },
    { as: 'us-core', accepts: ['client_secret_basic', 'private_key_jwt'] },
  ] as const)('$as accepts $accepts, and advertises it', async ({ as, accepts }) => {
    await sandbox.stop()
    sandbox = createSandbox({ as })
    await sandbox.start()
    sandbox.control.registerKeys('sandbox-client', { jwks })

    const answers = {
      client_secret_basic: await post({}, basic('sandbox-client:sandbox-secret')),
      client_secret_post: await post({
        client_id: 'sandbox-client',
        client_secret: 'sandbox-secret',
      }),
      private_key_jwt: await post(signed(assertion(sandbox.tokenUrl))),
    }

    const accepted = Object.entries(answers).flatMap(([way, { ok }]) => (ok ? [way] : []))
    expect(accepted).toEqual([...accepts])
    const said = (await (
      await fetch(`${sandbox.fhirBaseUrl}.well-known/smart-configuration`)
    ).json()) as { token_endpoint: string; token_endpoint_auth_methods_supported: string[] }
    expect(said.token_endpoint).toBe(sandbox.tokenUrl)
    expect(said.token_endpoint_auth_methods_supported.toSorted()).toEqual([...accepts].sort())
  })

  it('decodes a client id and a secret that are form-encoded in Basic', async () => {
    await sandbox.stop()
    sandbox = createSandbox({
      clients: [{ clientId: 'a:b', clientSecret: 'c d%é', practiceIds: ['195900'] }],
    })
    await sandbox.start()

    expect((await post({}, basic('a%3Ab:c+d%25%C3%A9'))).status).toBe(200)
  })

  it.each([
    { what: 'a wrong secret', headers: basic('sandbox-client:x'), status: 401 },
    { what: 'an unknown client', headers: basic('nobody:sandbox-secret'), status: 401 },
    { what: 'Basic that is no pair', headers: basic('sandbox-client'), status: 401 },
    { what: 'nothing', headers: {}, status: 401 },
  ])('refuses $what with $status', async ({ headers, status }) => {
    const response = await post({}, headers)

    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: 'invalid_client' })
    expect(response.headers.has('www-authenticate')).toBe('authorization' in headers)
  })

  it('refuses two methods at once', async () => {
    const response = await post(
      { client_secret: 'sandbox-secret' },
      basic('sandbox-client:sandbox-secret'),
    )

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: 'invalid_request' })
  })
})

describe('private_key_jwt', () => {
  it.each([
    { what: 'ES384', made: {} },
    { what: 'RS384', made: { header: { alg: 'RS384', kid: 'rsa-1' }, key: rsa.privateKey } },
    { what: 'an audience among others', made: { claims: { aud: 'TOKEN_URL_LIST' } } },
  ])('accepts $what', async ({ made }) => {
    const claims = 'claims' in made ? { aud: [sandbox.tokenUrl, 'https://other.invalid'] } : {}

    expect((await post(signed(assertion(sandbox.tokenUrl, { ...made, claims })))).status).toBe(200)
  })

  it.each<{ what: string; made: Assertion; says: string }>([
    { what: 'another algorithm', made: { header: { alg: 'ES256' } }, says: 'alg' },
    { what: 'no algorithm', made: { header: { alg: 'none' } }, says: 'alg' },
    { what: 'no kid', made: { header: { kid: undefined } }, says: 'kid' },
    { what: 'an unknown kid', made: { header: { kid: 'old' } }, says: 'no key old' },
    { what: 'a key of the other kind', made: { header: { kid: 'rsa-1' } }, says: 'signature' },
    { what: "another's signature", made: { key: otherEc.privateKey }, says: 'signature' },
    { what: 'another audience', made: { claims: { aud: 'https://x.invalid' } }, says: 'aud' },
    { what: 'no audience', made: { claims: { aud: undefined } }, says: 'aud' },
    { what: 'another issuer', made: { claims: { iss: 'other' } }, says: 'iss' },
    { what: 'a past exp', made: { claims: { exp: secondsFromNow(-1) } }, says: 'past' },
    { what: 'no exp', made: { claims: { exp: undefined } }, says: 'exp' },
    { what: 'an hour to live', made: { claims: { exp: secondsFromNow(3600) } }, says: '300 s' },
    { what: 'a future nbf', made: { claims: { nbf: secondsFromNow(100) } }, says: 'nbf' },
    { what: 'no jti', made: { claims: { jti: undefined } }, says: 'jti' },
  ])('refuses $what', async ({ made, says }) => {
    const response = await post(signed(assertion(sandbox.tokenUrl, made)))

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: 'invalid_client',
      error_description: expect.stringContaining(says),
    })
  })

  it('accepts an assertion once', async () => {
    const once = signed(assertion(sandbox.tokenUrl))

    const statuses = [(await post(once)).status, (await post(once)).status]

    expect(statuses).toEqual([200, 400])
  })

  it('refuses a value that is not a JWT, and an assertion of another type', async () => {
    expect((await post(signed('a.b'))).status).toBe(401)
    expect(
      (await post({ ...signed(assertion(sandbox.tokenUrl)), client_assertion_type: 'jwt' })).status,
    ).toBe(400)
  })

  it('reads the keys that a client publishes on this machine, again for each assertion, and no others', async () => {
    let published: object = { keys: [] }
    const server = createServer((_request, response) => response.end(JSON.stringify(published)))
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const use = (jwksUrl: string) => sandbox.control.registerKeys('sandbox-client', { jwksUrl })
    const ask = async () => (await post(signed(assertion(sandbox.tokenUrl)))).status

    use(`http://127.0.0.1:${port}/.well-known/jwks.json`)
    const before = await ask()
    published = jwks
    const after = await ask()
    use('https://keys.invalid/jwks.json')
    const elsewhere = await ask()
    server.close()

    expect([before, after, elsewhere]).toEqual([400, 200, 400])
  })
})

describe('scopes', () => {
  it.each([
    {
      most: ['system/Patient.rs'],
      asked: 'system/Patient.rs system/Binary.rs',
      granted: 'system/Patient.rs',
    },
    {
      most: ['system/*.rs'],
      asked: 'system/DocumentReference.crs',
      granted: 'system/DocumentReference.rs',
    },
    { most: ['system/Patient.r'], asked: 'system/Patient.read', granted: 'system/Patient.r' },
  ])('grants $granted of $asked if the maximum is $most', async ({ most, asked, granted }) => {
    sandbox.control.limitScopes('sandbox-client', most)

    const response = await post({ scope: asked }, basic('sandbox-client:sandbox-secret'))

    expect(await response.json()).toMatchObject({ scope: granted })
  })

  it('refuses if no requested scope is granted', async () => {
    sandbox.control.limitScopes('sandbox-client', ['system/Patient.rs'])

    const response = await post(
      { scope: 'system/Binary.rs' },
      basic('sandbox-client:sandbox-secret'),
    )

    expect(await response.json()).toMatchObject({ error: 'invalid_scope' })
  })

  it.each(modeNames)('%s: wildcards and the v1 scope according to the mode', async (as) => {
    await using client = await openSandbox({ as })
    const ask = (asked: string) =>
      fetch(client.sandbox.tokenUrl, {
        method: 'POST',
        headers: basic('sandbox-client:sandbox-secret'),
        body: new URLSearchParams({ grant_type: 'client_credentials', scope: asked }),
      })

    const wildcard = await ask('system/*.rs')
    const v1 = await ask('athena/service/Athenanet.MDP.*')

    expect(wildcard.ok).toBe(!['athenahealth', 'oracle-health'].includes(as))
    expect(v1.ok).toBe(as === 'athenahealth')
    if (wildcard.ok) {
      const { access_token } = (await wildcard.json()) as { access_token: string }
      const read = await fetch(`${client.sandbox.fhirBaseUrl}Patient/${patientId}`, {
        headers: { authorization: `Bearer ${access_token}` },
      })
      expect(read.status).toBe(200)
    }
  })
})

describe('faults of the token endpoint', () => {
  it.each([
    { fault: { kind: 'status', status: 401 } as const, status: 401 },
    { fault: { kind: 'status', status: 503 } as const, status: 503 },
    { fault: { kind: 'malformed_json' } as const, status: 200 },
  ])('$fault', async ({ fault, status }) => {
    sandbox.control.addFault({ ...fault, match: { resourceType: 'token' } })

    expect((await post({}, basic('sandbox-client:sandbox-secret'))).status).toBe(status)
  })
})
