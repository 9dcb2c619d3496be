import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Account, anIdentityProvider, type IdentityProvider } from './identity-provider.ts'
import { type Browser, openPeopleServer, type PeopleServer } from './people-server.ts'

const publicUrl = 'https://gateway.example'
const path = '/api/session/oidc/logout'

const parts = new AsyncDisposableStack()
let account: Account
let provider: IdentityProvider
let server: PeopleServer
/** Logout tokens that the provider sent, as it sent them. */
const notices: string[] = []

beforeAll(async () => {
  provider = parts.use(
    await anIdentityProvider(
      () => account,
      [`${publicUrl}/api/session/oidc/callback`],
      [`${publicUrl}/sign-in`],
      {
        uri: `${publicUrl}${path}`,
        deliver(form) {
          notices.push(new URLSearchParams(form).get('logout_token') ?? '')
          return post(form)
        },
      },
    ),
  )
  server = parts.use(
    await openPeopleServer({
      oidc: {
        Issuer: provider.issuer,
        ClientId: provider.clientId,
        ClientSecret: provider.clientSecret,
        Scopes: ['openid', 'profile', 'groups'],
        Groups: { clinicians: { Roles: ['clinician'], Practices: ['p1'] } },
      },
      publicUrl,
    }),
  )
})
afterAll(() => parts.disposeAsync())

/** A browser with what the provider keeps in it. */
interface Visitor {
  readonly browser: Browser
  readonly atProvider: Map<string, string>
}

async function ask({ browser, atProvider }: Visitor, at: string, form?: URLSearchParams) {
  const url = new URL(at, publicUrl)
  if (url.origin === publicUrl) return browser.ask(`${url.pathname}${url.search}`)
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { cookie: [...atProvider].map(([name, value]) => `${name}=${value}`).join('; ') },
    ...(form && { method: 'POST', body: form }),
  })
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '') atProvider.delete(name)
    else atProvider.set(name, value)
  }
  return response
}

async function signIn(sub: string): Promise<Visitor> {
  account = { sub, name: `Person ${sub}`, groups: ['clinicians'] }
  const visitor = { browser: server.browser(), atProvider: new Map<string, string>() }
  let at = `${publicUrl}/api/session/oidc/start`
  for (let count = 0; count < 12; count += 1) {
    const next = (await ask(visitor, at)).headers.get('location')
    if (next === null) break
    at = new URL(next, at).href
    if (at === `${publicUrl}/`) break
  }
  expect(await visitor.browser.session()).toMatchObject({ method: 'oidc' })
  return visitor
}

/** As a person does at another program of the practice: the provider asks, and says it to its clients. */
async function signOutAtProvider(visitor: Visitor) {
  const asked = await ask(visitor, `${provider.issuer}/session/end`)
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await asked.text())?.[1] ?? ''
  const form = new URLSearchParams({ xsrf, logout: 'yes' })
  await ask(visitor, `${provider.issuer}/session/end/confirm`, form)
}

const post = (body: string, type = 'application/x-www-form-urlencoded') =>
  fetch(`${server.address}${path}`, { method: 'POST', headers: { 'content-type': type }, body })

describe('somebody who signs out at the identity provider', () => {
  it('is signed out here, with the streams of that session, and nobody else is', async () => {
    const leaving = await signIn('leaving')
    // The same person at another computer: another session of the provider.
    const elsewhere = await signIn('leaving')
    const other = await signIn('other')
    const stream = await leaving.browser.ask('/api/events')
    const reader = stream.body?.getReader()

    await signOutAtProvider(leaving)

    expect(await leaving.browser.session()).toBeUndefined()
    expect(await elsewhere.browser.session()).toBeDefined()
    expect(await other.browser.session()).toBeDefined()
    const ended = async () => {
      for (;;) if ((await reader?.read())?.done !== false) return true
    }
    expect(await ended()).toBe(true)
    expect(server.recorded.findLast(({ kind }) => kind === 'sessions_ended')).toMatchObject({
      actor: { label: 'Person leaving' },
      method: 'oidc',
    })
  })
})

describe('a logout token', () => {
  it('is refused if it is not valid, which is recorded; the session stays', async () => {
    const visitor = await signIn('staying')

    const response = await post('logout_token=eyJ.eyJ.x')

    expect(response.status).toBe(400)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({ code: 'logout_token_invalid' })
    expect(server.recorded.at(-1)).toMatchObject({
      kind: 'logout_refused',
      code: 'logout_token_invalid',
    })
    expect(await visitor.browser.session()).toBeDefined()
  })

  it('is accepted once', async () => {
    await signOutAtProvider(await signIn('replayed'))
    const token = notices.at(-1) ?? ''

    const response = await post(`logout_token=${token}`)

    expect(response.status).toBe(400)
    expect(server.recorded.at(-1)).toMatchObject({ kind: 'logout_refused' })
    expect(server.logged.join('')).not.toContain(token)
  })

  it('must not be an id token, and must come in a form', async () => {
    expect((await post('{"logout_token":"x"}', 'application/json')).status).toBe(415)
    expect((await post('other=1')).status).toBe(400)
  })
})

describe('a notice about a person, without a session', () => {
  it('ends all that the provider opened for them, and nothing of others', async () => {
    const [one, another, other] = [await signIn('all'), await signIn('all'), await signIn('some')]
    const { sessions } = server.node.store
    const issuer = 'https://another.example'

    await sessions.removeOfProvider({ issuer, subject: 'all', sid: undefined })
    expect(await one.browser.session()).toBeDefined()
    await sessions.removeOfProvider({ issuer: provider.issuer, subject: 'all', sid: undefined })

    expect(await one.browser.session()).toBeUndefined()
    expect(await another.browser.session()).toBeUndefined()
    expect(await other.browser.session()).toBeDefined()
  })

  it('ends nothing where person and session do not belong together, or neither is named', async () => {
    const visitor = await signIn('kept')
    const { sessions } = server.node.store
    const { issuer } = provider
    const [row] = await server.node.database.db
      .selectFrom('sessions')
      .select('context')
      .where('label', '=', 'Person kept')
      .execute()
    const sid = row?.context?.kind === 'provider' ? (row.context.sid ?? undefined) : undefined
    expect(sid).toBeDefined()

    await sessions.removeOfProvider({ issuer, subject: 'another', sid })
    await sessions.removeOfProvider({ issuer, subject: undefined, sid: undefined })
    await sessions.removeOfProvider({ issuer, subject: 'kept', sid: 'another' })

    expect(await visitor.browser.session()).toBeDefined()
  })
})
