import { get } from 'node:http'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { Auth } from '../../src/http/auth.ts'
import {
  openPeopleServer,
  type PeopleServer,
  by,
  minuteMs,
  passwordOf,
  sharedKey,
} from './people-server.ts'

let server: PeopleServer
let count = 0
/** A new login for each test, so that tests do not count each other's attempts. */
const aLogin = () => `login${(count += 1)}`

beforeAll(async () => {
  server = await openPeopleServer()
  // The wait after wrong passwords begins with two seconds: on a busy machine they are over before the next one is sent.
  server.stopTime()
})
afterAll(() => server[Symbol.asyncDispose]())

async function streamOf(cookies: ReadonlyMap<string, string>): Promise<IncomingMessage> {
  const request = get(`${server.address}/api/events?contract=event-message`, {
    headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
  })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.resume()
  return response
}

describe('signing in by name', () => {
  it('opens a session of that person, and records it', async () => {
    const login = aLogin()
    const person = await server.add(login)
    const browser = server.browser()

    const response = await browser.signIn(` ${login.toUpperCase()} `, passwordOf(login))

    expect(response.status).toBe(200)
    expect(await browser.session()).toMatchObject({
      label: `Person ${login}`,
      personId: person.person_id,
      roles: ['staff'],
      practiceIds: ['p1'],
    })
    expect(server.recorded.at(-1)).toMatchObject({
      kind: 'signed_in',
      method: 'password',
      actor: { personId: person.person_id },
      origin: { address: '192.0.2.1', browser: 'a browser' },
    })
    const [cookie] = response.headers.getSetCookie()
    expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/)
  })

  it('answers the same to a wrong password and to a login that nobody has', async () => {
    const login = aLogin()
    await server.add(login)

    const wrong = await server.browser().signIn(login, 'not the password of it')
    const nobody = await server.browser().signIn(aLogin(), 'not the password of it')

    const [one, other] = [await wrong.json(), await nobody.json()]
    expect([wrong.status, nobody.status]).toEqual([401, 401])
    expect(one).toEqual(other)
    expect(one).toMatchObject({ code: 'sign_in_refused' })
  })

  it('says that an account is disabled, but only with the right password', async () => {
    const login = aLogin()
    const { person_id: personId } = await server.add(login)
    await server.people.disable(personId, by)

    const right = await server.browser().signIn(login, passwordOf(login))
    const wrong = await server.browser('192.0.2.2').signIn(login, 'not the password of it')

    expect([right.status, await right.json()]).toMatchObject([403, { code: 'account_disabled' }])
    expect(wrong.status).toBe(401)
  })

  it('is refused, with the reason, to somebody who belongs to no practice', async () => {
    const login = aLogin()
    await server.add(login, { practiceIds: [] })

    const response = await server.browser().signIn(login, passwordOf(login))

    expect([response.status, await response.json()]).toMatchObject([
      403,
      { code: 'practice_missing' },
    ])
  })

  it('stores neither the password nor what was typed as a login', async () => {
    const login = aLogin()
    await server.add(login)
    await server.browser().signIn('my secret typed in the wrong box', 'x')

    const { rows } = await server.node.database.db
      .selectFrom('sign_in_attempts')
      .selectAll()
      .execute()
      .then((all) => ({ rows: JSON.stringify(all) }))

    expect(rows).not.toContain('secret')
    expect(rows).not.toContain('192.0.2')
    expect(await server.node.store.people.findByLogin(login)).toMatchObject({
      password_hash: expect.stringMatching(/^\$argon2id\$v=19\$/),
    })
  })
})

describe('wrong passwords', () => {
  const guess = async (login: string, address: string, times: number) => {
    const statuses: number[] = []
    for (let time = 0; time < times; time += 1)
      statuses.push((await server.browser(address).signIn(login, `guess number ${time}`)).status)
    return statuses
  }

  it('slow down their own address, and say how long', async () => {
    const login = aLogin()
    await server.add(login)

    expect(await guess(login, '198.51.100.1', 6)).toEqual([401, 401, 401, 401, 401, 429])
    const refused = await server.browser('198.51.100.1').signIn(login, passwordOf(login))

    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ code: 'sign_in_delayed' })
    server.advance(3000)
    expect((await server.browser('198.51.100.1').signIn(login, passwordOf(login))).status).toBe(200)
  })

  it('by somebody else never lock the person out', async () => {
    const login = aLogin()
    await server.add(login)
    await guess(login, '198.51.100.2', 10)

    expect((await server.browser('203.0.113.9').signIn(login, passwordOf(login))).status).toBe(200)
  })

  it('by a colleague behind the same address do not lock out a browser that the person has used', async () => {
    const login = aLogin()
    await server.add(login)
    const own = server.browser('198.51.100.3')
    await own.signIn(login, passwordOf(login))
    await own.ask('/api/session', undefined, 'DELETE')
    expect(await guess(login, '198.51.100.3', 6)).toContain(429)

    expect((await own.signIn(login, passwordOf(login))).status).toBe(200)
  })

  it('at once count as often as one after the other', async () => {
    const login = aLogin()
    await server.add(login)

    const statuses = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const response = await server.browser('198.51.100.4').signIn(login, `guess number ${index}`)
        return response.status
      }),
    )

    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(7)
  })

  it('that are counted out of order do not wait for that', async () => {
    const { signInAttempts } = server.node.store
    const key = { accountSha256: `account ${aLogin()}`, sourceSha256: 'source' }
    const pace = { free: 3, firstWaitSeconds: 2, maxWaitSeconds: 900, forgetSeconds: 86_400 }
    const now = Date.now()
    const begin = (ms: number) => signInAttempts.begin(key, pace, new Date(now + ms))

    expect([await begin(20), await begin(10), await begin(0)]).toEqual([0, 0, 0])
    expect(await begin(0)).toBeGreaterThan(0)
  })

  it('from many addresses leave each unknown one a single attempt, and the person can still sign in', async () => {
    const login = aLogin()
    await server.add(login)
    for (let network = 0; network < 10; network += 1)
      await guess(login, `203.0.113.${network + 100}`, 5)

    expect(await guess(login, '198.51.100.77', 3)).toEqual([401, 429, 429])
    expect((await server.browser('198.51.100.78').signIn(login, passwordOf(login))).status).toBe(
      200,
    )
  })

  it('from one network of IPv6 addresses come from one source', async () => {
    const login = aLogin()
    await server.add(login)
    const statuses: number[] = []
    for (let host = 1; host <= 6; host += 1)
      statuses.push(...(await guess(login, `2001:db8::${host}`, 1)))

    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  })
})

describe('a session', () => {
  const signedIn = async () => {
    const login = aLogin()
    const person = await server.add(login)
    const browser = server.browser()
    await browser.signIn(login, passwordOf(login))
    return { login, person, browser }
  }

  it('ends when nobody uses it for as long as the setting says', async () => {
    const { browser } = await signedIn()
    server.advance(20 * minuteMs)
    expect(await browser.session()).toBeDefined()
    server.advance(20 * minuteMs)
    expect(await browser.session()).toBeDefined()

    server.advance(31 * minuteMs)

    expect(await browser.session()).toBeUndefined()
  })

  it('is not kept open by what a page refreshes by itself, nor by its stream', async () => {
    const { browser } = await signedIn()
    const headers = {
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'x-unattended': '1',
    }
    const closed = once(await streamOf(browser.cookies), 'close')
    for (let time = 0; time < 3; time += 1) {
      server.advance(9 * minuteMs)
      expect((await fetch(`${server.address}/api/session`, { headers })).status).toBe(200)
    }

    server.advance(9 * minuteMs)

    expect((await fetch(`${server.address}/api/session`, { headers })).status).toBe(401)
    await closed
  })

  it('ends when somebody signs in in the same browser, with its stream', async () => {
    const { browser, person } = await signedIn()
    const former = new Map(browser.cookies)
    const stream = await streamOf(former)
    const other = aLogin()
    await server.add(other)

    await browser.signIn(other, passwordOf(other))

    await once(stream, 'close')
    const cookie = [...former].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${server.address}/api/session`, { headers: { cookie } })
    expect(response.status).toBe(401)
    expect(await browser.session()).toMatchObject({ label: `Person ${other}` })
    expect(server.recorded.slice(-2)).toMatchObject([
      { kind: 'signed_out', actor: { personId: person.person_id } },
      { kind: 'signed_in' },
    ])
  })

  it('continues when somebody else fails to sign in in the same browser', async () => {
    const { browser, login } = await signedIn()

    await browser.signIn(login, 'not their password')

    expect(await browser.session()).toMatchObject({ label: `Person ${login}` })
  })

  it('is opened by our own page only, not by a page of another site', async () => {
    const login = aLogin()
    await server.add(login)
    const signIn = (origin: string) =>
      fetch(`${server.address}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ login, password: passwordOf(login) }),
      })

    const refused = await signIn('https://elsewhere.example')

    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ code: 'foreign_origin' })
    expect(refused.headers.getSetCookie()).toEqual([])
    expect((await signIn(server.address)).status).toBe(200)
  })

  it('ends after the absolute time, however much it is used', async () => {
    const { browser } = await signedIn()
    for (let time = 0; time < 36; time += 1) {
      server.advance(20 * minuteMs)
      if (time < 35) expect(await browser.session()).toBeDefined()
    }

    expect(await browser.session()).toBeUndefined()
  })

  it('of somebody who is disabled ends within a heartbeat, with its stream', async () => {
    const { browser, person } = await signedIn()
    const closed = once(await streamOf(browser.cookies), 'close')

    await server.people.disable(person.person_id, by)

    await closed
    expect(await browser.session()).toBeUndefined()
    await server.people.enable(person.person_id, by)
    expect(await browser.session()).toBeUndefined()
  })

  it('has new roles and practices at once, and its stream starts again with them', async () => {
    const { browser, person } = await signedIn()
    const closed = once(await streamOf(browser.cookies), 'close')

    await server.people.grant(person.person_id, { roles: ['clinician'], practiceIds: ['p2'] }, by)

    await closed
    expect(await browser.session()).toMatchObject({ roles: ['clinician'], practiceIds: ['p2'] })
  })

  it('ends with a new password, everywhere', async () => {
    const { browser, login, person } = await signedIn()

    await server.people.setPassword(person.person_id, 'a different horse entirely', by)

    expect(await browser.session()).toBeUndefined()
    expect((await server.browser().signIn(login, passwordOf(login))).status).toBe(401)
    expect((await server.browser().signIn(login, 'a different horse entirely')).status).toBe(200)
  })
})

describe('a one-time link of a person', () => {
  it('signs in that person, once, with what they may do then', async () => {
    const login = aLogin()
    const person = await server.add(login)
    const grant = { label: 'outdated', roles: ['operator'] as const, practiceIds: ['p9'] }
    const token = await server.auth.issueLink({ ...grant, personId: person.person_id })
    const browser = server.browser()

    const response = await browser.ask('/api/session', { token })

    expect(await response.json()).toMatchObject({ label: `Person ${login}`, roles: ['staff'] })
    expect(await browser.session()).toMatchObject({ personId: person.person_id })
    expect((await server.browser().ask('/api/session', { token })).status).toBe(401)
  })

  it('of a disabled person opens nothing', async () => {
    const { person_id: personId } = await server.add(aLogin())
    const grant = { label: 'x', roles: [], practiceIds: [] }
    const token = await server.auth.issueLink({ ...grant, personId })
    await server.node.store.people.change(personId, { isDisabled: true }, new Date())

    expect((await server.browser().ask('/api/session', { token })).status).toBe(401)
  })
})

describe('a shared key', () => {
  it('opens a session that belongs to no person', async () => {
    const browser = server.browser()
    await browser.ask('/api/session', { apiKey: sharedKey })

    expect(await browser.session()).toMatchObject({ label: 'shared', personId: null })
  })

  it('ends its sessions when it is removed from the configuration', async () => {
    const browser = server.browser()
    await browser.ask('/api/session', { apiKey: sharedKey })

    await server.node.database.db
      .updateTable('sessions')
      .set({ key_sha256: 'of another' })
      .execute()

    expect(await browser.session()).toBeUndefined()
  })
})

describe('adding people', () => {
  const toAdd = (changes: object) => ({
    login: aLogin(),
    label: `Somebody ${count}`,
    roles: ['staff'] as const,
    practiceIds: ['p1'],
    password: 'a long enough pass phrase',
    ...changes,
  })

  it.each([
    {
      what: 'a login that somebody has in other letters',
      first: { login: 'Same' },
      second: { login: 'same' },
      code: 'login_taken',
    },
    {
      what: 'a name that somebody has in other letters and spaces',
      first: { label: 'Jo  Doe' },
      second: { label: 'jo doe' },
      code: 'label_taken',
    },
    { what: 'the label of a key', first: {}, second: { label: 'Shared' }, code: 'label_taken' },
    {
      what: 'a name with invisible characters',
      first: {},
      second: { label: 'Jo\u200bDoe' },
      code: 'person_invalid',
    },
    {
      what: 'a name with a letter of another alphabet that looks the same',
      first: { label: 'Anna Doe' },
      second: { label: '\u0410nna Doe' },
      code: 'person_invalid',
    },
    { what: 'a login with spaces', first: {}, second: { login: 'a b' }, code: 'person_invalid' },
    { what: 'a short password', first: {}, second: { password: 'short' }, code: 'password_weak' },
  ])('refuses $what', async ({ first, second, code }) => {
    expect(await server.people.add(toAdd(first), by)).toMatchObject({ outcome: 'done' })

    expect(await server.people.add(toAdd(second), by)).toMatchObject({ outcome: 'refused', code })
  })

  it.each(['Анна Doe', 'Łukasz Núñez-Ó Briain, MD', '李 Li', 'Ἀλέξανδρος', 'αβγ ABC'])(
    'takes a name in another alphabet: %s',
    async (label) => {
      expect(await server.people.add(toAdd({ label }), by)).toMatchObject({ outcome: 'done' })
    },
  )

  it('with one name at the same moment adds one of them', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, () => server.people.add(toAdd({ label: 'At Once' }), by)),
    )

    expect(outcomes.filter(({ outcome }) => outcome === 'done')).toHaveLength(1)
    const people = await server.node.store.people.list()
    expect(people.filter(({ label }) => label === 'At Once')).toHaveLength(1)
  })

  it('lets orders be given to somebody who never signed in', async () => {
    const { label } = await server.add(aLogin(), { roles: ['clinician'], practiceIds: ['p7'] })

    expect([...(await server.auth.person(label)).practiceIds]).toEqual(['p7'])
  })
})

describe('an approval', () => {
  const callerWith = (personId: string | undefined) => ({
    label: 'x',
    personId,
    roles: new Set(['clinician'] as const),
    practiceIds: ['p8', 'p9'],
    expiresAt: undefined,
    session: undefined,
  })
  const approverAt = (approvalBy: 'anybody' | 'people_where_there_are' | 'people') =>
    new Auth({
      store: server.node.store,
      credentials: [],
      sessionMs: 1,
      approvalBy,
      clock: systemClock,
    })

  it('with a shared key or link is refused where a practice has a named clinician, and only there', async () => {
    const auth = approverAt('people_where_there_are')
    await server.add(aLogin(), { roles: ['clinician'], practiceIds: ['p8'] })
    await server.add(aLogin(), { roles: ['staff', 'administrator'], practiceIds: ['p9'] })

    await expect(auth.requireApprover(callerWith(undefined), 'p8')).rejects.toMatchObject({
      status: 403,
      code: 'approval_by_person',
    })
    await auth.requireApprover(callerWith(undefined), 'p9')
    await auth.requireApprover(callerWith('somebody'), 'p8')
  })

  it('follows the setting', async () => {
    await approverAt('anybody').requireApprover(callerWith(undefined), 'p8')
    await expect(
      approverAt('people').requireApprover(callerWith(undefined), 'p9'),
    ).rejects.toMatchObject({ code: 'approval_by_person' })
  })
})
