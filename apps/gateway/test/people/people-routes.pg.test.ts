import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { Role } from '@authscript/prior-auth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Browser,
  minuteMs,
  openPeopleServer,
  passwordOf,
  type PeopleServer,
  sharedKey,
} from './people-server.ts'

let server: PeopleServer
/** An administrator of the practice p1, and one of p1 and p2. */
let admin: Browser
let wide: Browser
let count = 0
const aLogin = () => `somebody${(count += 1)}`

beforeAll(async () => {
  server = await openPeopleServer({ proofMinutes: { p1: 5 } })
  admin = await signedIn('admin', ['administrator'], ['p1'])
  wide = await signedIn('wide', ['administrator'], ['p1', 'p2'])
})
afterAll(() => server[Symbol.asyncDispose]())

async function signedIn(
  login: string,
  roles: readonly Role[],
  practiceIds: readonly string[],
): Promise<Browser> {
  await server.add(login, { roles, practiceIds })
  const browser = server.browser()
  expect((await browser.signIn(login, passwordOf(login))).status).toBe(200)
  return browser
}

async function answerOf(
  response: Promise<Response>,
): Promise<Record<string, unknown> & { readonly status: number }> {
  const { status, body } = await response.then(async (one) => ({
    status: one.status,
    body: one.status === 204 ? {} : ((await one.json()) as Record<string, unknown>),
  }))
  return { ...body, status }
}

describe('an administrator', () => {
  it('adds a person, whom a link signs in once to choose a password', async () => {
    const login = aLogin()
    const added = await answerOf(
      admin.ask('/api/people', {
        login,
        label: 'New Person',
        roles: ['staff'],
        practiceIds: ['p1'],
      }),
    )
    expect(added).toMatchObject({ status: 201, login, hasPassword: false, isReadOnly: false })
    const link = await answerOf(admin.ask(`/api/people/${String(added['personId'])}/link`, {}))
    const browser = server.browser()
    await browser.ask('/api/session', { token: link['token'] })

    const password = 'a password of their own'
    expect((await browser.ask('/api/account/password', { password }, 'PUT')).status).toBe(204)

    expect((await server.browser().signIn(login, password)).status).toBe(200)
  })

  it('sees nobody of other practices, and changes nobody who has more than they have', async () => {
    const elsewhere = await server.add(aLogin(), { practiceIds: ['p2'] })
    const both = await server.add(aLogin(), { practiceIds: ['p1', 'p2'] })

    const { people } = (await answerOf(admin.ask('/api/people'))) as unknown as {
      people: { personId: string; isReadOnly: boolean }[]
    }

    expect(people.map(({ personId }) => personId)).not.toContain(elsewhere.person_id)
    expect(people.find(({ personId }) => personId === both.person_id)?.isReadOnly).toBe(true)
    const grant = { roles: ['staff'], practiceIds: ['p1'] }
    for (const [id, status] of [
      [elsewhere.person_id, 404],
      [both.person_id, 403],
    ] as const) {
      expect((await admin.ask(`/api/people/${id}/grant`, grant, 'PUT')).status).toBe(status)
      expect((await admin.ask(`/api/people/${id}/disable`, {})).status).toBe(status)
      expect((await admin.ask(`/api/people/${id}/link`, {})).status).toBe(status)
      expect((await admin.ask(`/api/people/${id}/sessions`, undefined, 'DELETE')).status).toBe(
        status,
      )
    }
  })

  it('grants no practice that they do not have, not even to themselves', async () => {
    const person = await server.add(aLogin())
    const own = (await admin.session())?.personId ?? ''
    const grant = { roles: ['administrator'], practiceIds: ['p1', 'p2'] }

    for (const id of [person.person_id, own])
      expect(await answerOf(admin.ask(`/api/people/${id}/grant`, grant, 'PUT'))).toMatchObject({
        status: 403,
        code: 'practice_foreign',
      })
    expect(
      await answerOf(
        admin.ask('/api/keys', { label: 'Wide', roles: ['service'], practiceIds: ['p2'] }),
      ),
    ).toMatchObject({ status: 403, code: 'practice_foreign' })
  })

  it.each([
    ['adds a person', '/api/people', 'POST', { login: 'star', label: 'Star', roles: ['staff'] }],
    ['grants', '/api/people/PERSON/grant', 'PUT', { roles: ['staff'] }],
    ['makes a key', '/api/keys', 'POST', { label: 'Star key', roles: ['service'] }],
  ])('%s in practices by their ids, not in *', async (_does, path, method, body) => {
    const { person_id: personId } = await server.add(aLogin(), { practiceIds: ['p1'] })
    const ask = (practiceIds: readonly string[]) =>
      answerOf(wide.ask(path.replace('PERSON', personId), { ...body, practiceIds }, method))

    expect(await ask(['p1', '*'])).toMatchObject({
      status: 400,
      code: 'request_invalid',
      issues: [
        {
          path: 'practiceIds.1',
          message: 'no sign stands for all practices; to give all, list the id of each',
        },
      ],
    })
    expect(await ask([''])).toMatchObject({ status: 400 })
    expect((await ask([' p1 '])).status).toBeLessThan(300)
  })

  it('cannot be removed if they are the last one of a practice', async () => {
    const own = (await wide.session())?.personId ?? ''

    for (const response of [
      wide.ask(`/api/people/${own}/disable`, {}),
      wide.ask(`/api/people/${own}/grant`, { roles: ['staff'], practiceIds: ['p1', 'p2'] }, 'PUT'),
      wide.ask(
        `/api/people/${own}/grant`,
        { roles: ['administrator'], practiceIds: ['p1'] },
        'PUT',
      ),
    ])
      expect(await answerOf(response)).toMatchObject({ status: 409, code: 'last_administrator' })
    expect(await wide.session()).toMatchObject({ practiceIds: ['p1', 'p2'] })
  })

  it('and another one who remove each other at the same moment: one of them stays', async () => {
    const pair = await Promise.all(
      [aLogin(), aLogin()].map((login) =>
        server.add(login, { roles: ['administrator'], practiceIds: ['p9'] }),
      ),
    )
    const by = {
      actor: { label: 'a test', personId: undefined },
      origin: { address: undefined, browser: undefined, requestId: undefined },
    }

    const outcomes = await Promise.all(
      pair.map(({ person_id: id }) => server.people.disableByAdministrator(id, by)),
    )

    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['done', 'refused'])
  })

  it('signs somebody out everywhere', async () => {
    const login = aLogin()
    const browser = await signedIn(login, ['staff'], ['p1'])
    const { personId } = (await browser.session()) ?? {}

    expect((await admin.ask(`/api/people/${personId}/sessions`, undefined, 'DELETE')).status).toBe(
      200,
    )

    expect(await browser.session()).toBeUndefined()
  })

  it.each(['staff', 'clinician'] as const)('is not a person with the role %s', async (role) => {
    const browser = await signedIn(aLogin(), [role], ['p1'])

    for (const [path, body] of [
      ['/api/people', undefined],
      ['/api/people', { login: 'x', label: 'X', roles: [], practiceIds: [] }],
      ['/api/keys', undefined],
      ['/api/keys', { label: 'X', roles: ['service'], practiceIds: ['p1'] }],
    ] as const)
      expect((await browser.ask(path, body)).status).toBe(403)
  })
})

describe('a lost device', () => {
  it('opens nothing any more: no session, no passkey, no browser that is known', async () => {
    const login = aLogin()
    const { person_id: id } = await server.add(login)
    const lost = server.browser()
    await lost.signIn(login, passwordOf(login))
    const { store, database } = server.node
    await store.passkeys.add({
      credential_id: `passkey of ${login}`,
      person_id: id,
      name: 'Lost laptop',
      public_key: Buffer.from('key'),
      counter: 0,
      transports: [],
      added_at: new Date(),
    })

    const response = await admin.ask(`/api/people/${id}/devices`, undefined, 'DELETE')

    expect(response.status).toBe(200)
    expect(await lost.session()).toBeUndefined()
    expect(await store.passkeys.listOf(id)).toEqual([])
    const known = database.db.selectFrom('known_devices').where('person_id', '=', id)
    expect(await known.selectAll().execute()).toEqual([])
    expect(server.recorded.at(-1)).toMatchObject({ kind: 'devices_removed', subjectId: id })
    // Who knows the password still comes in.
    expect((await server.browser().signIn(login, passwordOf(login))).status).toBe(200)
  })

  it('of somebody in another practice is not for this administrator', async () => {
    const { person_id: id } = await server.add(aLogin(), { practiceIds: ['p2'] })

    expect((await admin.ask(`/api/people/${id}/devices`, undefined, 'DELETE')).status).toBe(404)
  })
})

describe('a key that is made on the page', () => {
  const make = (label: string) =>
    answerOf(admin.ask('/api/keys', { label, roles: ['service'], practiceIds: ['p1'] }))

  it('is shown once, works at once, and says when it was used', async () => {
    const { key, made } = (await make('Scheduler')) as unknown as {
      key: string
      made: { keyId: string }
    }
    const response = await fetch(`${server.address}/api/session`, { headers: { 'x-api-key': key } })

    expect(await response.json()).toMatchObject({
      label: 'Scheduler',
      personId: null,
      roles: ['service'],
      practiceIds: ['p1'],
    })
    const list = JSON.stringify(await answerOf(admin.ask('/api/keys')))
    expect(list).not.toContain(key)
    expect(await server.node.store.keys.find(made.keyId)).toMatchObject({
      used_at: expect.any(Date),
    })
  })

  it('has a label that nobody and nothing else has', async () => {
    await make('Twice')
    await server.add(aLogin(), { label: 'A Person' })

    for (const label of ['twice', ' Twice', 'a person', 'SHARED'])
      expect(await make(label)).toMatchObject({ status: 409 })
  })

  it('that is revoked ends its sessions and streams within a heartbeat', async () => {
    const { key, made } = (await make('Revoked')) as unknown as {
      key: string
      made: { keyId: string }
    }
    const browser = server.browser()
    await browser.ask('/api/session', { apiKey: key })
    const request = get(`${server.address}/api/events?contract=event-message`, {
      headers: { 'x-api-key': key },
    })
    const [stream] = (await once(request, 'response')) as [IncomingMessage]
    stream.resume()
    const closed = once(stream, 'close')

    const revoked = await answerOf(admin.ask(`/api/keys/${made.keyId}/revoke`, {}))

    expect(revoked['revokedAt']).toEqual(expect.any(String))
    await closed
    expect(await browser.session()).toBeUndefined()
    const { status } = await fetch(`${server.address}/api/session`, {
      headers: { 'x-api-key': key },
    })
    expect(status).toBe(401)
  })

  it('of the configuration is shown, and not changed here', async () => {
    const { keys } = (await answerOf(admin.ask('/api/keys'))) as unknown as {
      keys: { label: string; keyId: string | null }[]
    }

    expect(keys.find(({ label }) => label === 'shared')?.keyId).toBe(null)
  })
})

describe('my account', () => {
  it('lists my sessions, ends one, and ends all', async () => {
    const login = aLogin()
    const here = await signedIn(login, ['staff'], ['p1'])
    const there = server.browser('203.0.113.5')
    await there.signIn(login, passwordOf(login))
    const { sessions } = (await answerOf(here.ask('/api/account'))) as unknown as {
      sessions: { sessionId: string; isThisOne: boolean; address: string }[]
    }
    expect(sessions).toHaveLength(2)
    const other = sessions.find(({ isThisOne }) => !isThisOne)
    expect(other?.address).toBe('203.0.113.5')

    await here.ask(`/api/account/sessions/${other?.sessionId}`, undefined, 'DELETE')
    expect([await there.session(), (await here.session())?.label]).toEqual([
      undefined,
      `Person ${login}`,
    ])
    await here.ask('/api/account/sessions', undefined, 'DELETE')

    expect(await here.session()).toBeUndefined()
  })

  it("does not end another person's session", async () => {
    const [one, other] = [
      await signedIn(aLogin(), ['staff'], ['p1']),
      await signedIn(aLogin(), ['staff'], ['p1']),
    ]
    const { sessions } = (await answerOf(other.ask('/api/account'))) as unknown as {
      sessions: { sessionId: string }[]
    }

    await one.ask(`/api/account/sessions/${sessions[0]?.sessionId}`, undefined, 'DELETE')

    expect(await other.session()).toBeDefined()
  })

  it('changes the password with the old one only, and keeps this session', async () => {
    const login = aLogin()
    const here = await signedIn(login, ['staff'], ['p1'])
    const there = server.browser()
    await there.signIn(login, passwordOf(login))
    const password = 'another good pass phrase'

    const wrong = await answerOf(
      here.ask('/api/account/password', { current: 'no', password }, 'PUT'),
    )
    const weak = await answerOf(
      here.ask('/api/account/password', { current: passwordOf(login), password: 'short' }, 'PUT'),
    )
    const right = await here.ask(
      '/api/account/password',
      { current: passwordOf(login), password },
      'PUT',
    )

    expect([wrong, weak]).toMatchObject([
      { status: 409, code: 'proof_refused' },
      { status: 409, code: 'password_weak' },
    ])
    expect(right.status).toBe(204)
    expect([await here.session(), await there.session()]).toEqual([expect.any(Object), undefined])
  })

  it('does not exist for a shared key', async () => {
    const browser = server.browser()
    await browser.ask('/api/session', { apiKey: sharedKey })

    expect(await answerOf(browser.ask('/api/account'))).toMatchObject({
      status: 403,
      code: 'person_needed',
    })
  })
})

describe('a proof of identity', () => {
  it('is asked for again after the minutes that a practice wants, and not elsewhere', async () => {
    const login = aLogin()
    const browser = await signedIn(login, ['clinician'], ['p1', 'p2'])
    const callerNow = async () => {
      const cookies = Object.fromEntries(browser.cookies)
      // As a route sees it.
      const request = {
        headers: {},
        cookies,
        routeOptions: { schema: { operationId: 'readAccount' } },
        method: 'GET',
      } as never
      await server.auth.authorize(request)
      return server.auth.caller(request)
    }
    server.auth.requireProof(await callerNow(), 'p1')

    server.advance(6 * minuteMs)

    const later = await callerNow()
    expect(() => server.auth.requireProof(later, 'p1')).toThrow(
      expect.objectContaining({ status: 403, code: 'proof_needed' }),
    )
    server.auth.requireProof(later, 'p2')
    const wrong = await answerOf(browser.ask('/api/account/prove', { password: 'no' }))
    expect(wrong).toMatchObject({ status: 409, code: 'proof_refused' })
    const right = await browser.ask('/api/account/prove', { password: passwordOf(login) })
    expect(right.status).toBe(204)
    server.auth.requireProof(await callerNow(), 'p1')
  })
})
