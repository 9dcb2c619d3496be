import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LaunchFaultKind } from '../src/launch/launch-faults.ts'
import { createSandbox, type Sandbox } from '../src/server.ts'

const encounterId = 'a-195900.encounter-1003'
const redirectUri = 'https://app.example/launch/callback'
const verifier = 'v'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')
const state = 's'.repeat(43)

let sandbox: Sandbox
let now = 1_800_000_000_000

beforeEach(async () => {
  sandbox = createSandbox({}, { clock: { now: () => now, sleep: async () => undefined } })
  await sandbox.start()
  sandbox.control.registerApp('sandbox-client', {
    launchUrl: 'https://app.example/launch',
    redirectUris: [redirectUri],
  })
})
afterEach(() => sandbox.stop())

type Changes = Readonly<Record<string, string | undefined>>

const handleOf = (id = encounterId) =>
  new URL(sandbox.control.openApp(id) ?? '').searchParams.get('launch') ?? ''

function authorizeUrl(changes: Changes = {}): string {
  const parameters: Changes = {
    response_type: 'code',
    client_id: 'sandbox-client',
    redirect_uri: redirectUri,
    scope: 'launch openid fhirUser profile',
    state,
    nonce: 'a-nonce',
    aud: sandbox.fhirBaseUrl,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    launch: 'launch' in changes ? undefined : handleOf(),
    ...changes,
  }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) query.set(name, value)
  return `${sandbox.baseUrl}/oauth2/v1/authorize?${query}`
}

const authorize = (changes?: Changes) => fetch(authorizeUrl(changes), { redirect: 'manual' })

async function answeredTo(changes?: Changes): Promise<URLSearchParams> {
  const response = await authorize(changes)
  return new URL(response.headers.get('location') ?? '').searchParams
}

async function exchange(code: string, changes: Changes = {}) {
  const parameters: Changes = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    client_id: 'sandbox-client',
    client_secret: 'sandbox-secret',
    ...changes,
  }
  const body = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) body.set(name, value)
  const response = await fetch(sandbox.tokenUrl, { method: 'POST', body })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const codeOf = async (changes?: Changes) => (await answeredTo(changes)).get('code') ?? ''
const partOf = (token: unknown, index: number) =>
  JSON.parse(Buffer.from(String(token).split('.')[index] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >

describe('a launch from a chart', () => {
  it('answers with the user, the patient and the encounter, in an id token that its keys verify', async () => {
    const answered = await answeredTo()
    const { status, body } = await exchange(answered.get('code') ?? '')

    expect(answered.get('state')).toBe(state)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      token_type: 'Bearer',
      patient: 'a-195900.E-60180',
      encounter: encounterId,
      need_patient_banner: false,
      intent: expect.any(String),
      smart_style_url: expect.stringContaining(sandbox.baseUrl),
    })
    expect(body).not.toHaveProperty('refresh_token')
    const claims = partOf(body['id_token'], 1)
    expect(claims).toMatchObject({
      iss: sandbox.baseUrl,
      aud: 'sandbox-client',
      nonce: 'a-nonce',
      iat: now / 1000,
      fhirUser: expect.stringMatching(/\/fhir\/r4\/Practitioner\/a-195900\./),
      name: 'Dr. Ada Okafor',
    })
    const jwks = await (await fetch(`${sandbox.baseUrl}/oauth2/v1/keys`)).json()
    const [key] = (jwks as { keys: JsonWebKey[] }).keys
    const [head, payload, signature = ''] = String(body['id_token']).split('.')
    const isRight = verify(
      'sha256',
      Buffer.from(`${head}.${payload}`),
      createPublicKey({ key: key ?? {}, format: 'jwk' }),
      Buffer.from(signature, 'base64url'),
    )
    expect(isRight).toBe(true)
  })

  it('names no user without the scopes for it, and gives no chart for the access token', async () => {
    const { body } = await exchange(await codeOf({ scope: 'launch openid', launch: handleOf() }))

    expect(partOf(body['id_token'], 1)).not.toHaveProperty('fhirUser')
    expect(partOf(body['id_token'], 1)).not.toHaveProperty('name')
    const chart = await fetch(
      `${sandbox.fhirBaseUrl}Patient/a-195900.E-60180?ah-practice=Organization/a-1.Practice-195900`,
      { headers: { authorization: `Bearer ${String(body['access_token'])}` } },
    )
    expect(chart.status).toBe(403)
  })

  it('takes each launch once, and not after five minutes', async () => {
    const launch = handleOf()
    const late = handleOf()

    expect((await answeredTo({ launch })).has('code')).toBe(true)
    expect((await answeredTo({ launch })).get('error')).toBe('invalid_request')
    now += 5 * 60_000
    expect((await answeredTo({ launch: late })).get('error')).toBe('invalid_request')
  })

  it.each([
    ['response_type', 'token', 'unsupported_response_type'],
    ['state', 'short', 'invalid_request'],
    ['code_challenge_method', 'plain', 'invalid_request'],
    ['code_challenge', undefined, 'invalid_request'],
    ['aud', 'https://another.example/fhir', 'invalid_request'],
    ['aud', undefined, 'invalid_request'],
    ['scope', 'launch openid user/*.read', 'invalid_scope'],
    ['scope', 'openid', 'invalid_request'],
    ['launch', 'made-up', 'invalid_request'],
  ])('refuses %s = %s', async (name, value, error) => {
    expect((await answeredTo({ [name]: value })).get('error')).toBe(error)
  })

  it.each([
    ['redirect_uri', 'https://app.example/launch/callback/'],
    ['redirect_uri', 'https://app.example/launch/callback?x=1'],
    ['redirect_uri', undefined],
    ['client_id', 'unknown'],
  ])('sends nothing anywhere for %s = %s', async (name, value) => {
    const response = await authorize({ [name]: value })

    expect(response.status).toBe(400)
    expect(response.headers.has('location')).toBe(false)
  })
})

describe('a code', () => {
  it.each([
    ['code_verifier', 'w'.repeat(43)],
    ['code_verifier', undefined],
    ['redirect_uri', 'https://app.example/launch'],
  ])('is refused with %s = %s', async (name, value) => {
    expect(await exchange(await codeOf(), { [name]: value })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
  })

  it('is of no use without the secret of the app', async () => {
    const refusal = await exchange(await codeOf(), { client_secret: 'wrong' })

    expect(refusal).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  it('is of no use after a minute', async () => {
    const code = await codeOf()
    now += 60_000

    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  it('is used once; a second use revokes what the first one got', async () => {
    const code = await codeOf({ scope: 'launch openid offline_access', launch: handleOf() })
    const { body } = await exchange(code)

    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    const chart = await fetch(`${sandbox.fhirBaseUrl}Patient/x`, {
      headers: { authorization: `Bearer ${String(body['access_token'])}` },
    })
    expect(chart.status).toBe(401)
  })
})

it('gives a refresh token that is used once, if the app asks for one', async () => {
  const { body } = await exchange(
    await codeOf({ scope: 'launch openid offline_access', launch: handleOf() }),
  )
  const refresh = (token: unknown) =>
    exchange('', {
      grant_type: 'refresh_token',
      code: undefined,
      code_verifier: undefined,
      redirect_uri: undefined,
      refresh_token: String(token),
    })

  const again = await refresh(body['refresh_token'])
  expect(again).toMatchObject({ status: 200, body: { patient: 'a-195900.E-60180' } })
  expect(await refresh(body['refresh_token'])).toMatchObject({ status: 400 })
  expect(await refresh(again.body['refresh_token'])).toMatchObject({ status: 200 })
})

describe('a standalone launch', () => {
  const standalone = { launch: undefined, scope: 'openid fhirUser launch/patient launch/encounter' }

  async function chosen(choice: Readonly<Record<string, string>>) {
    const page = await (await authorize(standalone)).text()
    const transaction = /name="transaction" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const user = /<option value="([^"]+)">Dr\. Ada Okafor, practice 195900/.exec(page)?.[1] ?? ''
    const response = await fetch(`${sandbox.baseUrl}/oauth2/v1/authorize/choose`, {
      method: 'POST',
      body: new URLSearchParams({
        transaction,
        user,
        encounter: encounterId,
        decision: 'allow',
        ...choice,
      }),
      redirect: 'manual',
    })
    return { response, transaction }
  }

  it('lets a person choose who they are and which encounter', async () => {
    const { response } = await chosen({})
    const answered = new URL(response.headers.get('location') ?? '').searchParams

    expect(await exchange(answered.get('code') ?? '')).toMatchObject({
      body: { patient: 'a-195900.E-60180', encounter: encounterId },
    })
  })

  it('tells the app that the person refused', async () => {
    const { response } = await chosen({ decision: 'refuse' })

    expect(response.headers.get('location')).toBe(
      `${redirectUri}?error=access_denied&state=${state}`,
    )
  })

  it.each([{ user: 'nobody' }, { encounter: 'a-1959222.encounter-1' }, { transaction: 'made-up' }])(
    'takes no choice that does not fit: %o',
    async (choice) => {
      expect((await chosen(choice)).response.status).toBe(400)
    },
  )
})

describe('faults of a launch', () => {
  const tokenFaults: readonly [LaunchFaultKind, object][] = [
    ['wrong_nonce', { nonce: expect.not.stringMatching(/^a-nonce$/) }],
    ['wrong_issuer', { iss: 'https://another-issuer.example' }],
    ['wrong_audience', { aud: 'another-app' }],
    ['patient_user', { fhirUser: expect.stringContaining('/Patient/') }],
  ]

  it.each(tokenFaults)('%s', async (kind, claims) => {
    sandbox.control.addLaunchFault({ kind })

    const { body } = await exchange(await codeOf())

    expect(partOf(body['id_token'], 1)).toMatchObject(claims)
  })

  it('is given to one launch only', async () => {
    sandbox.control.addLaunchFault({ kind: 'used_code' })

    expect(await exchange(await codeOf())).toMatchObject({ status: 400 })
    expect(await exchange(await codeOf())).toMatchObject({ status: 200 })
  })

  it('is given over HTTP, and refused if it is not known', async () => {
    const give = (body: object) =>
      fetch(`${sandbox.baseUrl}/control/launch-faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })

    expect((await give({ kind: 'no_encounter' })).status).toBe(204)
    expect((await give({ kind: 'made_up' })).status).toBe(400)
    expect((await exchange(await codeOf())).body).not.toHaveProperty('encounter')
  })
})

describe('the page of a chart', () => {
  it('shows the app in a frame, with a launch of its own each time', async () => {
    const open = () => fetch(`${sandbox.baseUrl}/control/charts/${encounterId}`)
    const first = await open()
    const source = (page: string) => /<iframe[^>]* src="([^"]+)"/.exec(page)?.[1]

    const page = await first.text()
    expect(source(page)).toMatch(/^https:\/\/app\.example\/launch\?iss=/)
    expect(source(page)).not.toBe(source(await (await open()).text()))
    expect(first.headers.get('content-security-policy')).toContain('https://app.example')
  })

  it('exchanges messages with the app as athenahealth does, and no other EHR does', async () => {
    await using other = createSandbox({ as: 'epic' })
    await other.start()
    other.control.registerApp('sandbox-client', {
      launchUrl: 'https://app.example/launch',
      redirectUris: ['https://app.example/callback'],
    })
    const [own, epic] = await Promise.all(
      [sandbox, other].map((one) => fetch(`${one.baseUrl}/control/charts/${encounterId}`)),
    )

    expect(await own?.text()).toMatch(/<script[^>]*chart\.js[\s\S]*id="messages"/)
    expect(await epic?.text()).not.toContain('<script')
    const documents = (id: string) => fetch(`${sandbox.baseUrl}/control/charts/${id}/documents`)
    expect(await (await documents(encounterId)).text()).toContain('No document was added')
    expect((await documents('unknown')).status).toBe(404)
  })

  it('says what is missing if no app is registered', async () => {
    await using other = createSandbox()
    await other.start()

    const response = await fetch(`${other.baseUrl}/control/charts/${encounterId}`)

    expect(response.status).toBe(404)
    expect(await response.text()).toContain('no app is registered')
  })
})

it('publishes where to sign in', async () => {
  const smart = await fetch(`${sandbox.fhirBaseUrl}.well-known/smart-configuration`)
  const openId = await fetch(`${sandbox.baseUrl}/.well-known/openid-configuration`)

  expect(await smart.json()).toMatchObject({
    issuer: sandbox.baseUrl,
    authorization_endpoint: `${sandbox.baseUrl}/oauth2/v1/authorize`,
    jwks_uri: `${sandbox.baseUrl}/oauth2/v1/keys`,
    code_challenge_methods_supported: ['S256'],
    capabilities: expect.arrayContaining(['launch-ehr', 'launch-standalone', 'sso-openid-connect']),
  })
  expect(await openId.json()).toMatchObject({
    issuer: sandbox.baseUrl,
    id_token_signing_alg_values_supported: ['RS256'],
  })
})
