import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type Account,
  aLyingProvider,
  anIdentityProvider,
  type IdentityProvider,
  type Lie,
} from './identity-provider.ts'
import {
  type Browser,
  by,
  openPeopleServer,
  passwordOf,
  type PeopleServer,
} from './people-server.ts'

const groups = {
  clinicians: { Roles: ['clinician'], Practices: ['p1'] },
  west: { Practices: ['p2'] },
  desk: { Roles: ['staff'] },
}
const settingsOf = ({ issuer, clientId, clientSecret }: IdentityProvider) => ({
  Issuer: issuer,
  ClientId: clientId,
  ClientSecret: clientSecret,
  Name: 'Cedar Hill',
  Scopes: ['openid', 'profile', 'groups'],
  Groups: groups,
})

/** Where browsers see the gateway: the provider knows this address. */
const publicUrl = 'https://gateway.example'
const callback = `${publicUrl}/api/session/oidc/callback`

/** One step of a browser: the address to which it is sent, or undefined where it stays. */
async function step(browser: Browser, at: string, cookies: Map<string, string>) {
  const { origin, pathname, search, href } = new URL(at, publicUrl)
  const isOurs = origin === publicUrl
  const response = isOurs
    ? await browser.ask(`${pathname}${search}`)
    : await fetch(href, {
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      })
  if (!isOurs)
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
  const next = response.headers.get('location')
  return next === null ? undefined : new URL(next, href).href
}

/** Follows the redirects of both sides until `isEnd`, at last until a page of the gateway. */
async function follow(
  browser: Browser,
  from = '/api/session/oidc/start',
  isEnd = (_at: string) => false,
): Promise<string> {
  const cookies = new Map<string, string>()
  let at = new URL(from, publicUrl).href
  for (let count = 0; count < 12; count += 1) {
    const { origin, pathname, search } = new URL(at)
    if (isEnd(at)) return at
    if (origin === publicUrl && !pathname.startsWith('/api/')) return `${pathname}${search}`
    const next = await step(browser, at, cookies)
    if (next === undefined) throw new Error(`stays at ${pathname}`)
    at = next
  }
  throw new Error('too many redirects')
}

const isCallback = (at: string) => at.startsWith(callback)
const pathOf = (at: string | undefined) => at?.replace(publicUrl, '')

describe('with an independent identity provider', () => {
  const parts = new AsyncDisposableStack()
  let account: Account = { sub: 'x' }
  let provider: IdentityProvider
  let server: PeopleServer
  beforeAll(async () => {
    provider = parts.use(
      await anIdentityProvider(() => account, [callback], [`${publicUrl}/sign-in`]),
    )
    server = parts.use(await openPeopleServer({ oidc: settingsOf(provider), publicUrl }))
  })
  afterAll(() => parts.disposeAsync())
  beforeEach(() => {
    account = { sub: `sub-${Math.random()}`, name: 'Lia Roth', groups: ['clinicians'] }
  })

  it('signs in a person with the roles and practices of their groups, and continues to the page', async () => {
    account = {
      sub: 'okafor',
      name: 'Amara Okafor, MD',
      preferred_username: 'a.okafor',
      groups: ['clinicians', 'west', 'unmapped'],
    }
    const browser = server.browser()

    expect(await follow(browser, '/api/session/oidc/start?to=/encounters')).toBe('/encounters')

    expect(await browser.session()).toMatchObject({
      label: 'Amara Okafor, MD',
      method: 'oidc',
      roles: ['clinician'],
      practiceIds: ['p1', 'p2'],
    })
  })

  it('knows the person again, and changes what they may do with their groups', async () => {
    const browser = server.browser()
    await follow(browser)
    const first = await browser.session()
    account = { ...account, name: 'Another Name', groups: ['desk', 'west'] }

    const other = server.browser()
    await follow(other)

    expect(await other.session()).toMatchObject({
      personId: first?.personId,
      label: first?.label,
      roles: ['staff'],
      practiceIds: ['p2'],
    })
    // The open session too.
    expect(await browser.session()).toMatchObject({ roles: ['staff'] })
  })

  it('never takes over a local account, whatever name the provider gives', async () => {
    const local = await server.add('victim', { label: 'The Victim', roles: ['administrator'] })
    account = { ...account, name: 'the  victim', preferred_username: 'Victim' }
    const browser = server.browser()

    await follow(browser)

    const session = await browser.session()
    expect(session?.personId).not.toBe(local.person_id)
    expect(session).toMatchObject({ label: 'the victim (2)', roles: ['clinician'] })
  })

  it.each([
    { what: 'in no group that is mapped', groups: ['unmapped', '__proto__', 'constructor'] },
    { what: 'in a group without a practice', groups: ['desk'] },
    { what: 'without groups', groups: undefined },
  ])('refuses somebody $what, with the reason', async ({ groups: names }) => {
    account = { sub: account.sub, name: 'Nobody', ...(names && { groups: names }) }
    const browser = server.browser()

    expect(await follow(browser)).toBe('/sign-in?refused=practice_missing')

    expect(await browser.session()).toBeUndefined()
    expect(await server.node.store.people.findByIdentity(provider.issuer, account.sub)).toBe(
      undefined,
    )
  })

  it('takes away what a person had when they are in no group any more', async () => {
    const before = server.browser()
    await follow(before)
    account = { ...account, groups: [] }

    expect(await follow(server.browser())).toBe('/sign-in?refused=practice_missing')

    expect((await before.session())?.practiceIds ?? []).toEqual([])
  })

  it('refuses a person who was disabled here', async () => {
    const browser = server.browser()
    await follow(browser)
    await server.people.disable((await browser.session())?.personId ?? '', by)

    expect(await follow(server.browser())).toBe('/sign-in?refused=account_disabled')
  })

  it('is the only way in for its people: no password and no link', async () => {
    const browser = server.browser()
    await follow(browser)
    const { personId } = (await browser.session()) ?? {}
    await server.add('chief', { roles: ['administrator'], practiceIds: ['p1'] })
    const chief = server.browser()
    await chief.signIn('chief', passwordOf('chief'))

    const password = { password: 'a password of their own' }
    const chosen = await browser.ask('/api/account/password', password, 'PUT')
    const link = await chief.ask(`/api/people/${personId}/link`, {})

    expect([chosen.status, await chosen.json()]).toMatchObject([
      403,
      { code: 'person_from_provider' },
    ])
    expect([link.status, await link.json()]).toMatchObject([403, { code: 'person_from_provider' }])
  })

  it('refuses an answer that is used again', async () => {
    const browser = server.browser()
    const answer = await follow(browser, undefined, isCallback)
    expect(pathOf(await step(browser, answer, new Map()))).toBe('/')

    expect(pathOf(await step(browser, answer, new Map()))).toBe('/sign-in?refused=oidc_expired')
    expect(pathOf(await step(server.browser(), answer, new Map()))).toBe(
      '/sign-in?refused=oidc_expired',
    )
  })

  it('refuses an answer in the browser of somebody else', async () => {
    const answer = await follow(server.browser(), undefined, isCallback)
    const victim = server.browser()
    await follow(victim, undefined, isCallback)

    expect(pathOf(await step(victim, answer, new Map()))).toBe('/sign-in?refused=oidc_refused')

    expect(await victim.session()).toBeUndefined()
  })

  it.each([
    { what: 'state', change: (answer: URL) => answer.searchParams.set('state', 'another') },
    { what: 'no state', change: (answer: URL) => answer.searchParams.delete('state') },
    {
      what: 'issuer',
      change: (answer: URL) => answer.searchParams.set('iss', 'https://x.example'),
    },
    { what: 'code', change: (answer: URL) => answer.searchParams.set('code', 'another') },
  ])('refuses an answer with another $what', async ({ change }) => {
    const browser = server.browser()
    const answer = new URL(await follow(browser, undefined, isCallback))
    change(answer)

    expect(pathOf(await step(browser, answer.href, new Map()))).toBe(
      '/sign-in?refused=oidc_refused',
    )
    expect(await browser.session()).toBeUndefined()
  })

  it.each(['verifier', 'nonce'])('refuses an answer that does not fit to its %s', async (part) => {
    const browser = server.browser()
    const answer = await follow(browser, undefined, isCallback)
    await sql`update sign_in_flows set flow = jsonb_set(flow, array[${part}], to_jsonb(repeat('x', 43)))`.execute(
      server.node.database.db,
    )

    expect(pathOf(await step(browser, answer, new Map()))).toBe('/sign-in?refused=oidc_refused')
  })

  it('says that the person ended the sign-in', async () => {
    const browser = server.browser()
    await follow(browser, undefined, isCallback)

    const page = await step(browser, `${callback}?error=access_denied&state=x`, new Map())

    expect(pathOf(page)).toBe('/sign-in?refused=oidc_cancelled')
  })

  it('does not continue to another site', async () => {
    for (const to of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      '/\n/evil.example',
      '/\r\\evil.example',
    ]) {
      const response = await server
        .browser()
        .ask(`/api/session/oidc/start?to=${encodeURIComponent(to)}`)
      expect(response.status).toBe(400)
    }
  })

  it('signs out of the provider too', async () => {
    const browser = server.browser()
    await follow(browser)

    const address = await step(browser, '/api/session/oidc/end', new Map())

    const url = new URL(address ?? '')
    expect(url.origin).toBe(provider.issuer)
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${publicUrl}/sign-in`)
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(200)
  })

  it('leaves neither a token nor a name in the log', () => {
    const text = server.logged.join('\n')

    expect(text).toContain('a sign-in by the identity provider failed')
    expect(text).not.toMatch(/eyJ|Okafor|Roth|code=/)
  })
})

describe('an identity provider that lies', () => {
  const parts = new AsyncDisposableStack()
  let lie: Lie = { what: 'nothing' }
  let server: PeopleServer
  beforeAll(async () => {
    const provider = parts.use(await aLyingProvider(() => lie))
    server = parts.use(await openPeopleServer({ oidc: settingsOf(provider), publicUrl }))
  })
  afterAll(() => parts.disposeAsync())

  it('is accepted when it does not lie', async () => {
    lie = { what: 'nothing' }

    expect(await follow(server.browser())).toBe('/')
  })

  const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds
  it.each<Lie>([
    { what: 'another issuer', claims: (one) => ({ ...one, iss: 'https://x.example' }) },
    { what: 'another audience', claims: (one) => ({ ...one, aud: 'another' }) },
    {
      what: 'two audiences, for another party',
      claims: (one) => ({ ...one, aud: ['authscript', 'b'], azp: 'b' }),
    },
    { what: 'another nonce', claims: (one) => ({ ...one, nonce: 'another' }) },
    { what: 'no nonce', claims: ({ nonce: _nonce, ...one }) => one },
    { what: 'no subject', claims: ({ sub: _sub, ...one }) => one },
    { what: 'a token that expired a minute ago', claims: (one) => ({ ...one, exp: ago(60) }) },
    { what: 'no time of expiry', claims: ({ exp: _exp, ...one }) => one },
    { what: 'a token of the future', claims: (one) => ({ ...one, nbf: ago(-120) }) },
    { what: 'a signature of another key', signedBy: 'another key' },
    { what: 'no signature', signedBy: 'nobody' },
    { what: 'an error', answer: { status: 400, body: '{"error":"invalid_grant"}' } },
    {
      what: 'no ID token',
      answer: { status: 200, body: '{"access_token":"x","token_type":"Bearer"}' },
    },
  ])('with $what is refused', async (one) => {
    lie = one
    const browser = server.browser()

    expect(await follow(browser)).toBe('/sign-in?refused=oidc_refused')

    expect(await browser.session()).toBeUndefined()
    expect(server.recorded.at(-1)).toMatchObject({ kind: 'sign_in_refused', code: 'oidc_refused' })
  })

  it('may have a clock that differs by less than the setting', async () => {
    lie = { what: 'expired ten seconds ago', claims: (one) => ({ ...one, exp: ago(10) }) }

    expect(await follow(server.browser())).toBe('/')
  })

  it.each<Lie>([{ what: 'an error of its own', answer: { status: 503, body: 'no' } }])(
    'that answers with $what is reported as unavailable',
    async (one) => {
      lie = one

      expect(await follow(server.browser())).toBe('/sign-in?refused=oidc_unavailable')
    },
  )
})

describe('an identity provider that is down', () => {
  it('is reported as unavailable, and people still sign in with their passwords', async () => {
    const provider = await aLyingProvider(() => ({ what: 'nothing' }))
    await provider[Symbol.asyncDispose]()
    await using server = await openPeopleServer({ oidc: settingsOf(provider), publicUrl })
    await server.add('local')
    const browser = server.browser()

    expect(await follow(browser)).toBe('/sign-in?refused=oidc_unavailable')

    expect((await browser.signIn('local', passwordOf('local'))).status).toBe(200)
    expect(pathOf(await step(browser, '/api/session/oidc/end', new Map()))).toBe('/sign-in')
  })
})
