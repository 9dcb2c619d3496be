import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSandbox, type Sandbox } from '../../../sandbox-ehr/src/server.ts'
import type { LaunchFaultKind } from '../../../sandbox-ehr/src/launch/launch-faults.ts'
import type { EhrIssuer } from '../../src/launch/ehr-issuer.ts'
import { ABrowser } from './a-browser.ts'
import { aLaunchDesk, type LaunchDesk } from './a-launch-desk.ts'

const encounterId = 'a-195900.encounter-1003'
const patientId = 'a-195900.E-60180'

interface Launching {
  readonly sandbox: Sandbox
  readonly desk: LaunchDesk
  readonly browser: ABrowser
  /** Opens the app from the chart, and continues until there is no redirect. */
  launch(): Promise<{ readonly urls: readonly string[]; readonly response: Response | undefined }>
  advanceEhr(ms: number): void
}

async function launching({
  issuer = {},
  frameHosts = [],
}: {
  readonly issuer?: Partial<EhrIssuer>
  readonly frameHosts?: readonly string[]
} = {}): Promise<Launching> {
  let aheadMs = 0
  const sandbox = createSandbox(
    {},
    { clock: { now: () => Date.now() + aheadMs, sleep: async () => undefined } },
  )
  await sandbox.start()
  onTestFinished(() => sandbox.stop())
  const desk = await aLaunchDesk({
    frameHosts,
    async issuers({ redirectUri }) {
      sandbox.control.registerApp('sandbox-client', {
        launchUrl: redirectUri.replace('/callback', ''),
        redirectUris: [redirectUri],
      })
      return [
        {
          fhirBaseUrl: sandbox.fhirBaseUrl,
          clientId: 'sandbox-client',
          authentication: { method: 'client_secret_basic', secret: 'sandbox-secret' },
          practiceIds: ['195900'],
          frameHosts: [],
          hasFrameMessages: false,
          scopes: ['openid', 'fhirUser', 'profile'],
          idTokenIssuer: undefined,
          newPeople: { roles: ['clinician'] },
          ...issuer,
        },
      ]
    },
  })
  const browser = new ABrowser()
  return {
    sandbox,
    desk,
    browser,
    launch: () =>
      browser.follow(sandbox.control.openApp(encounterId) ?? '', (url) => isLanding(url, desk)),
    advanceEhr(ms) {
      aheadMs += ms
    },
  }
}

/** A page of the dashboard. */
function isLanding(url: string, { address }: LaunchDesk): boolean {
  const { origin, pathname } = new URL(url)
  return origin === address && !pathname.startsWith('/launch')
}

const landingOf = ({ urls }: { readonly urls: readonly string[] }) => {
  const { pathname, search } = new URL(urls.at(-1) ?? '')
  return `${pathname}${search}`
}

async function expectRefusal(
  { desk, launch }: Pick<Launching, 'desk' | 'launch'>,
  code: string,
  reason: RegExp = /./,
): Promise<void> {
  const { response } = await launch()

  expect(response?.headers.get('content-type')).toContain('text/html')
  expect([403, 503]).toContain(response?.status)
  expect(desk.sessions.size).toBe(0)
  const refusals = desk.logged.map((line) => JSON.parse(line) as { code: string; reason: string })
  expect(refusals).toMatchObject([{ code, reason: expect.stringMatching(reason) }])
}

describe('a launch from a chart', () => {
  it('signs in the person whom the EHR names, and opens the one order of the encounter', async () => {
    const { desk, browser, launch } = await launching()
    desk.charts.encounters = async () => [{ practiceId: '195900', patientId }]
    desk.charts.orders = async () => ['wi-1']

    const landed = await launch()

    expect(landingOf(landed)).toBe('/work-items/wi-1')
    expect(desk.people).toMatchObject([
      {
        subject: expect.stringMatching(/^user-a-195900\./),
        fhirUser: expect.stringMatching(/^Practitioner\/a-195900\./),
        name: 'Dr. Ada Okafor',
        practiceId: '195900',
      },
    ])
    const session = await browser.get(`${desk.address}/api/session`)
    expect(await session.json()).toMatchObject({
      label: 'Dr. Ada Okafor',
      roles: ['clinician'],
      practiceIds: ['195900'],
    })
  })

  it.each([
    { orders: ['wi-2', 'wi-1'], known: true },
    { orders: [], known: true },
    { orders: [], known: false },
  ])('opens the page of the encounter otherwise: %o', async ({ orders, known }) => {
    const { desk, launch } = await launching()
    desk.charts.encounters = async () => (known ? [{ practiceId: '195900', patientId }] : [])
    desk.charts.orders = async () => orders

    expect(landingOf(await launch())).toBe(
      `/chart?practiceId=195900&patientId=${patientId}&encounterId=${encounterId}`,
    )
  })

  it.each([
    { kind: 'no_encounter', landing: `/chart?practiceId=195900&patientId=${patientId}` },
    { kind: 'no_context', landing: '/' },
    // The name is enough to know who it is; the type of the user is checked only where there is one.
    { kind: 'no_user', landing: /^\/chart\?/ },
  ] as const)('opens what the EHR names: $kind', async ({ kind, landing }) => {
    const { sandbox, launch } = await launching()
    sandbox.control.addLaunchFault({ kind })

    expect(landingOf(await launch())).toEqual(
      typeof landing === 'string' ? landing : expect.stringMatching(landing),
    )
  })

  it('asks the EHR with PKCE, a state and a nonce, for no chart data', async () => {
    const { sandbox, desk, browser } = await launching()

    const { urls } = await browser.follow(sandbox.control.openApp(encounterId) ?? '', (url) =>
      url.includes('/oauth2/v1/authorize'),
    )

    const asked = new URL(urls.at(-1) ?? '').searchParams
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      redirect_uri: desk.redirectUri,
      scope: 'launch openid fhirUser profile',
      code_challenge_method: 'S256',
      aud: expect.stringMatching(/\/fhir\/r4$/),
    })
    expect(asked.get('state')).toMatch(/^[\w-]{43}$/)
    expect(asked.get('nonce')).toMatch(/^[\w-]{43}$/)
  })

  it('takes parameters that the EHR adds, and sends none of them on', async () => {
    const { sandbox, desk, browser } = await launching()
    const url = `${sandbox.control.openApp(encounterId) ?? ''}&vendor=x&practice=y`

    const { urls } = await browser.follow(url, (at) => isLanding(at, desk))

    expect(landingOf({ urls })).toMatch(/^\/chart/)
    expect(urls.find((at) => at.includes('/oauth2/v1/authorize'))).not.toContain('vendor')
  })

  it('authenticates with a signed assertion, if the EHR has our public key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    const { sandbox, launch } = await launching({
      issuer: {
        authentication: {
          method: 'private_key_jwt',
          keyId: 'key-1',
          algorithm: 'ES384',
          privateKey,
        },
      },
    })
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'key-1' }
    sandbox.control.registerKeys('sandbox-client', { jwks: { keys: [jwk] } })

    expect(landingOf(await launch())).toMatch(/^\/chart/)
  })

  it('logs and keeps neither codes, tokens, names nor secrets', async () => {
    const { sandbox, desk, launch } = await launching()
    sandbox.control.addLaunchFault({ kind: 'wrong_nonce' })
    const refusedOne = await launch()
    const { urls } = await launch()

    const seen = JSON.stringify([desk.logged, [...desk.states]])
    const secrets = [...urls, ...refusedOne.urls].flatMap((url) =>
      [...new URL(url).searchParams].flatMap(([name, value]) =>
        ['code', 'state', 'launch', 'nonce'].includes(name) ? [value] : [],
      ),
    )
    expect(secrets.length).toBeGreaterThan(6)
    for (const secret of [...secrets, 'Okafor', patientId]) expect(seen).not.toContain(secret)
  })
})

describe('an EHR that may not open the gateway', () => {
  it.each([
    'https://another-ehr.example/fhir',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'not an address',
    '',
  ])('is refused before any address is asked: iss=%s', async (iss) => {
    const { desk, browser } = await launching()

    const { response } = await browser.follow(
      `${desk.address}/launch?${new URLSearchParams({ iss, launch: 'x' })}`,
    )

    expect(response?.status).toBe(403)
    expect(await response?.text()).toContain('This EHR is not connected')
    expect(desk.asked).toEqual([])
    expect(desk.states.size).toBe(0)
  })

  it.each(['/launch', '/launch?launch=x', '/launch/standalone', '/launch?iss=a&iss=b&launch=x'])(
    'is refused without one EHR: %s',
    async (path) => {
      const { desk, browser } = await launching()

      const { response } = await browser.follow(`${desk.address}${path}`)

      expect(response?.status).toBe(403)
      expect(await response?.text()).toContain('cannot be opened like this')
    },
  )

  it.each(['', 'x'.repeat(4097)])('is refused with a launch that cannot be one', async (launch) => {
    const { sandbox, desk, browser } = await launching()
    const query = new URLSearchParams({ iss: sandbox.fhirBaseUrl, launch })

    const { response } = await browser.follow(`${desk.address}/launch?${query}`)

    expect(response?.status).toBe(403)
    expect(desk.asked).toEqual([])
  })
})

describe('an answer of the EHR that is not valid', () => {
  const faults: readonly [LaunchFaultKind, string, RegExp][] = [
    ['refused', 'launch_ehr_refused', /access_denied/],
    ['wrong_state', 'launch_state_unknown', /state/],
    ['expired_code', 'launch_code_refused', /invalid_grant/],
    ['used_code', 'launch_code_refused', /invalid_grant/],
    ['no_id_token', 'launch_id_token_invalid', /./],
    ['wrong_nonce', 'launch_id_token_invalid', /nonce/],
    ['wrong_issuer', 'launch_id_token_invalid', /iss/],
    ['wrong_audience', 'launch_id_token_invalid', /aud/],
    ['expired_id_token', 'launch_id_token_invalid', /exp/],
    ['early_id_token', 'launch_id_token_invalid', /future/],
    ['unsigned_id_token', 'launch_id_token_invalid', /./],
    ['public_key_as_secret', 'launch_id_token_invalid', /./],
    ['unknown_key', 'launch_id_token_invalid', /./],
    ['changed_id_token', 'launch_id_token_invalid', /./],
    ['patient_user', 'launch_user_unusable', /Patient/],
    ['unreadable_token', 'launch_id_token_invalid', /./],
  ]

  it.each(faults)('%s is refused as %s', async (kind, code, reason) => {
    const all = await launching()
    all.sandbox.control.addLaunchFault({ kind })

    await expectRefusal(all, code, reason)
  })

  it.each([
    { kind: 'expired_id_token', seconds: 30 },
    { kind: 'early_id_token', seconds: 30 },
  ] as const)('is taken if only the clocks differ by $seconds seconds: $kind', async (fault) => {
    const { sandbox, launch } = await launching()
    sandbox.control.addLaunchFault(fault)

    expect(landingOf(await launch())).toMatch(/^\/chart/)
  })

  it.each([
    { kind: 'expired_id_token', seconds: 61 },
    { kind: 'early_id_token', seconds: 62 },
  ] as const)('is refused beyond a minute: $kind', async (fault) => {
    const all = await launching()
    all.sandbox.control.addLaunchFault(fault)

    await expectRefusal(all, 'launch_id_token_invalid')
  })

  it('of an EHR whose clock is far off is refused, and the log says to compare clocks', async () => {
    const all = await launching()
    all.advanceEhr(3_600_000)

    await expectRefusal(all, 'launch_id_token_invalid', /compare the clocks/)
  })

  it('of a wrong secret is refused', async () => {
    const all = await launching({
      issuer: { authentication: { method: 'client_secret_basic', secret: 'wrong' } },
    })

    await expectRefusal(all, 'launch_code_refused', /401/)
  })

  it('with the patient of another encounter is refused', async () => {
    const all = await launching()
    all.sandbox.control.addLaunchFault({ kind: 'other_patient' })
    all.desk.charts.encounters = async () => [{ practiceId: '195900', patientId }]

    await expectRefusal(all, 'launch_context_conflict')
  })

  it('with a chart that is known in another practice is refused', async () => {
    const all = await launching()
    all.desk.charts.encounters = async () => [{ practiceId: '1959222', patientId }]

    await expectRefusal(all, 'launch_practice_foreign')
  })

  it('with a patient of another practice and no encounter is refused', async () => {
    const all = await launching()
    all.sandbox.control.addLaunchFault({ kind: 'no_encounter' })
    all.desk.charts.practicesOfPatient = async () => ['1959222']

    await expectRefusal(all, 'launch_practice_foreign')
  })

  it('of a practice that is not configured is refused', async () => {
    await expectRefusal(
      await launching({ issuer: { practiceIds: ['7'] } }),
      'launch_practice_unknown',
    )
  })

  it('about somebody of another practice is refused', async () => {
    const all = await launching()
    all.desk.practiceIds = ['7']

    await expectRefusal(all, 'launch_practice_foreign', /person/)
  })
})

describe('somebody whom the EHR has signed in', () => {
  it.each([
    ['unknown', 'launch_person_unknown', 'You are not known here'],
    ['name_taken', 'launch_name_taken', 'has your name already'],
    ['disabled', 'account_disabled', 'is disabled'],
    ['no_practice', 'practice_missing', 'no practice yet'],
  ] as const)('is refused as %s, and it is recorded', async (refusal, code, words) => {
    const { desk, launch } = await launching()
    desk.refusal = refusal

    const { response } = await launch()

    expect(response?.status).toBe(403)
    expect(await response?.text()).toContain(words)
    expect(desk.sessions.size).toBe(0)
    expect(desk.recorded).toMatchObject([{ kind: 'sign_in_refused', method: 'launch', code }])
  })

  it('is recorded as signed in by a launch', async () => {
    const { desk, launch } = await launching()

    await launch()

    expect(desk.recorded).toMatchObject([
      { kind: 'signed_in', method: 'launch', actor: { personId: 'person-1' } },
    ])
  })
})

describe('an EHR that cannot be used', () => {
  it('is refused while it is down, and the next launch asks again', async () => {
    const { sandbox, desk, browser } = await launching()
    const url = sandbox.control.openApp(encounterId) ?? ''
    const fine = globalThis.fetch
    globalThis.fetch = (input, init) =>
      String(input).includes('smart-configuration')
        ? Promise.resolve(new Response('down', { status: 503 }))
        : fine(input, init)
    onTestFinished(() => void (globalThis.fetch = fine))

    const { response } = await browser.follow(url)
    expect(response?.status).toBe(503)
    expect(await response?.text()).toContain('The EHR does not answer')

    globalThis.fetch = fine
    const { urls } = await browser.follow(url, (at) => isLanding(at, desk))
    expect(landingOf({ urls })).toMatch(/^\/chart/)
  })

  it.each([
    ['names endpoints over plain HTTP', { token_endpoint: 'http://elsewhere.example/token' }],
    ['has no PKCE with S256', { code_challenge_methods_supported: ['plain'] }],
    ['names no issuer', { issuer: undefined }],
    ['is no document', undefined],
  ])('is refused if its configuration %s', async (_, change) => {
    const all = await launching()
    const fine = globalThis.fetch
    globalThis.fetch = async (input, init) => {
      const response = await fine(input, init)
      if (!String(input).includes('smart-configuration')) return response
      const document = (await response.json()) as object
      return new Response(
        change === undefined ? '<html>' : JSON.stringify({ ...document, ...change }),
      )
    }
    onTestFinished(() => void (globalThis.fetch = fine))

    await expectRefusal(all, 'launch_ehr_unusable')
  })
})

describe('a launch that has begun', () => {
  async function begun() {
    const all = await launching()
    const { urls } = await all.browser.follow(
      all.sandbox.control.openApp(encounterId) ?? '',
      (url) => url.startsWith(all.desk.redirectUri),
    )
    return { ...all, callback: urls.at(-1) ?? '' }
  }

  it('is finished once', async () => {
    const { browser, callback, desk } = await begun()

    expect((await browser.get(callback)).status).toBe(303)
    const again = await browser.get(callback)
    expect(again.status).toBe(403)
    expect(await again.text()).toContain('This sign-in is over')
    expect(desk.sessions.size).toBe(1)
  })

  it('is not finished in another browser, and not used up there', async () => {
    const { browser, callback } = await begun()

    expect((await new ABrowser().get(callback)).status).toBe(403)
    expect((await browser.get(callback)).status).toBe(303)
  })

  it('is over after ten minutes', async () => {
    const { browser, callback, desk } = await begun()
    desk.advance(10 * 60_000)

    expect((await browser.get(callback)).status).toBe(403)
    expect(desk.sessions.size).toBe(0)
  })

  it.each(['state', 'code'])('is not finished without %s', async (name) => {
    const { browser, callback, desk } = await begun()
    const url = new URL(callback)
    url.searchParams.delete(name)

    expect((await browser.get(url.href)).status).toBe(403)
    expect(desk.sessions.size).toBe(0)
  })

  it('takes no code of another launch, because the PKCE verifier is another', async () => {
    const { browser, callback, sandbox, desk } = await begun()
    const { urls } = await browser.follow(sandbox.control.openApp(encounterId) ?? '', (url) =>
      url.startsWith(desk.redirectUri),
    )
    const mixed = new URL(callback)
    mixed.searchParams.set('code', new URL(urls.at(-1) ?? '').searchParams.get('code') ?? '')

    expect((await browser.get(mixed.href)).status).toBe(403)
    expect(desk.logged.at(-1)).toContain('launch_code_refused')
  })

  it('continues while another one runs in the same browser', async () => {
    const { browser, callback, sandbox, desk } = await begun()
    const other = await browser.follow(sandbox.control.openApp(encounterId) ?? '', (url) =>
      isLanding(url, desk),
    )

    expect(landingOf(other)).toMatch(/^\/chart/)
    expect((await browser.get(callback)).status).toBe(303)
  })
})

describe('a standalone launch', () => {
  it.each([
    { query: '', scope: 'openid fhirUser profile' },
    { query: '&chart=choose', scope: 'launch/patient launch/encounter openid fhirUser profile' },
  ])('lets a person sign in with the EHR: "$query"', async ({ query, scope }) => {
    const { sandbox, desk, browser } = await launching()
    const start = `${desk.address}/launch/standalone?iss=${encodeURIComponent(sandbox.fhirBaseUrl)}${query}`

    const { urls, response } = await browser.follow(start)
    expect(new URL(urls.at(-1) ?? '').searchParams.get('scope')).toBe(scope)
    const page = (await response?.text()) ?? ''
    const chosen = await browser.get(`${sandbox.baseUrl}/oauth2/v1/authorize/choose`, {
      method: 'POST',
      body: new URLSearchParams({
        transaction: /name="transaction" value="([^"]+)"/.exec(page)?.[1] ?? '',
        user: /<option value="([^"]+)">Dr\. Ada Okafor, practice 195900/.exec(page)?.[1] ?? '',
        encounter: encounterId,
        decision: 'allow',
      }),
    })
    const landed = await browser.follow(chosen.headers.get('location') ?? '', (url) =>
      isLanding(url, desk),
    )

    expect(landingOf(landed)).toMatch(query === '' ? /^\/$/ : /^\/chart\?.*encounterId=/)
  })
})

describe('in a frame', () => {
  const inFrame = { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }

  it('keeps a session that browsers send there, and nothing else', async () => {
    const { desk, browser, launch } = await launching({ frameHosts: ['https://ehr.example'] })
    Object.assign(browser.headers, inFrame)

    await launch()

    const cookies = browser.cookies(desk.address)
    expect([...cookies.keys()].toSorted()).toEqual([
      '__Host-authscript_frame',
      '__Host-authscript_launch',
    ])
    for (const attributes of cookies.values())
      expect(attributes).toMatch(
        /^Path=\/; Expires=[^;]+; HttpOnly; Secure; Partitioned; SameSite=None$/,
      )
    expect((await browser.get(`${desk.address}/api/session`)).status).toBe(200)
  })

  it('in a window of its own keeps the ordinary session', async () => {
    const { desk, browser, launch } = await launching()
    browser.headers['sec-fetch-dest'] = 'document'

    await launch()

    const cookies = browser.cookies(desk.address)
    expect(cookies.get('authscript_session')).toMatch(/SameSite=Strict/)
    expect(cookies.has('__Host-authscript_frame')).toBe(false)
  })

  it.each([
    { what: 'from another site', headers: { origin: 'https://evil.example' } },
    { what: 'from a page without an origin', headers: { origin: 'null' } },
    { what: 'from another host of the same site', headers: { origin: 'http://127.0.0.1:1' } },
    { what: 'that names no page', headers: {} },
    { what: 'that a browser marks', headers: { 'sec-fetch-site': 'same-site' } },
  ])('changes nothing for a request $what', async ({ headers }) => {
    const { desk, browser, launch } = await launching()
    Object.assign(browser.headers, inFrame)
    await launch()
    delete browser.headers['sec-fetch-site']

    const response = await browser.get(`${desk.address}/api/patients/register`, {
      method: 'POST',
      body: JSON.stringify({ practiceId: '7', patientId: 'p', encounterId: 'e' }),
      headers: { 'content-type': 'application/json', ...headers },
    })

    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'foreign_origin' })
  })

  it('accepts a change from our own page', async () => {
    const { desk, browser, launch } = await launching()
    Object.assign(browser.headers, inFrame)
    await launch()
    browser.headers['sec-fetch-site'] = 'same-origin'

    const response = await browser.get(`${desk.address}/api/patients/register`, {
      method: 'POST',
      body: JSON.stringify({ practiceId: '7', patientId: 'p', encounterId: 'e' }),
      headers: { 'content-type': 'application/json', origin: desk.address },
    })

    expect(await response.json()).toMatchObject({ code: 'practice_foreign' })
  })

  it('offers a window of its own if the browser keeps nothing, and the launch is not used', async () => {
    const { sandbox, desk, browser } = await launching()
    Object.assign(browser.headers, inFrame)
    browser.keeps = false
    const url = sandbox.control.openApp(encounterId) ?? ''

    const { response } = await browser.follow(url)

    const page = (await response?.text()) ?? ''
    const href = /<a href="([^"]+)" target="_blank"/.exec(page)?.[1]?.replaceAll('&#38;', '&')
    expect(page).toContain('Open in a new window')
    expect(new URL(href ?? '', desk.address).href).toBe(url)
    const landed = await new ABrowser().follow(url, (at) => isLanding(at, desk))
    expect(landingOf(landed)).toMatch(/^\/chart/)
  })

  it('says in a window that cookies are needed', async () => {
    const { sandbox, browser } = await launching()
    browser.keeps = false

    const { response } = await browser.follow(sandbox.control.openApp(encounterId) ?? '')

    expect(response?.status).toBe(403)
    expect(await response?.text()).toContain('does not store AuthScript’s cookies')
  })

  it('is shown by the configured hosts and by us, by nobody else', async () => {
    const hosts = ['https://ehr.example', 'https://*.practice.example']
    const { desk: open } = await launching({ frameHosts: hosts })
    const { desk: closed } = await launching()
    const headersOf = async (desk: LaunchDesk) => (await fetch(`${desk.address}/launch`)).headers

    const shown = await headersOf(open)
    const hidden = await headersOf(closed)

    expect(shown.get('content-security-policy')).toContain(
      `frame-ancestors 'self' ${hosts.join(' ')};`,
    )
    expect(shown.get('x-frame-options')).toBeNull()
    expect(hidden.get('content-security-policy')).toContain("frame-ancestors 'self';")
    expect(hidden.get('x-frame-options')).toBe('SAMEORIGIN')
  })
})
