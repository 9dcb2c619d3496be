import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ruleOf } from '../../src/http/authorization/operations.ts'
import { Passwords } from '../../src/people/password-hash.ts'
import {
  type Browser,
  by,
  openPeopleServer,
  passwordOf,
  type PeopleServer,
} from './people-server.ts'

let server: PeopleServer
let count = 0
let login = ''
let browser: Browser
const given = 'k7wmp-abcde-fghjk-mnpqr'
const own = 'a phrase that only they know'

beforeAll(async () => {
  server = await openPeopleServer()
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  login = `new${(count += 1)}`
  await server.add(login, {
    roles: ['clinician', 'staff', 'auditor', 'administrator', 'operator'],
    password: given,
    isPasswordTemporary: true,
  })
  browser = server.browser()
})

const person = () => server.node.store.people.findByLogin(login)
const choose = async (password: string) => {
  const response = await browser.ask('/api/account/password', { password }, 'PUT')
  return {
    status: response.status,
    code: response.status === 204 ? undefined : ((await response.json()) as { code: string }).code,
  }
}

describe('a password that somebody else made', () => {
  it('opens a session that says so, in which everything else is refused, whatever the roles', async () => {
    const opened = await browser.signIn(login, given)
    expect(await opened.json()).toMatchObject({ mustChangePassword: true })
    expect(await browser.session()).toMatchObject({ mustChangePassword: true })

    const { paths } = (await (await browser.ask('/openapi.json')).json()) as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, { operationId: string }>>>>
    }
    const asked = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({ path, method, operationId })),
    )
    const answers = new Map<string, string>()
    for (const { path, method, operationId } of asked) {
      const rule = ruleOf(operationId)
      if (rule?.roles === 'anyone' || rule?.withTemporaryPassword === true) continue
      const address = path.replaceAll(/\{\w+\}/g, 'none')
      const response = await browser.ask(address, undefined, method.toUpperCase())
      const problem = (await response.json()) as { readonly code?: string }
      answers.set(operationId, `${response.status} ${problem.code}`)
    }

    expect(answers.size).toBeGreaterThan(90)
    expect([...answers].filter(([, code]) => code !== '403 password_temporary')).toEqual([])
  })

  it('ends with a password of their own, which is another one, and the session continues', async () => {
    await browser.signIn(login, given)

    expect(await choose('short')).toEqual({ status: 409, code: 'password_weak' })
    expect(await choose(given)).toEqual({ status: 409, code: 'password_weak' })
    expect((await browser.ask('/api/people')).status).toBe(403)
    expect(await choose(own)).toMatchObject({ status: 204 })

    expect(await browser.session()).toMatchObject({ mustChangePassword: false })
    expect((await browser.ask('/api/people')).status).toBe(200)
    expect((await server.browser('192.0.2.9').signIn(login, given)).status).toBe(401)
    expect(await (await server.browser().signIn(login, own)).json()).toMatchObject({
      mustChangePassword: false,
    })
  })

  // The server of the test has another cost.
  const cheaper = new Passwords({ cost: { memoryKib: 16, passes: 1, lanes: 1 } })
  it('is not made their own by signing in again, also when its hash is renewed', async () => {
    await server.node.database.db
      .updateTable('people')
      .set({ password_hash: await cheaper.hash(given) })
      .where('login', '=', login)
      .execute()
    await browser.signIn(login, given)

    expect((await person())?.password_hash).toContain('m=8,')
    expect(await person()).toMatchObject({ password_is_temporary: true })
  })

  it('is asked for once: what somebody sets for a person later is temporary too', async () => {
    await browser.signIn(login, given)
    await choose(own)
    const { person_id: id } = (await person()) ?? { person_id: '' }
    const before = await browser.session()
    await server.people.setPassword(id, given, { ...by, isTemporary: true })

    expect(before).toBeDefined()
    expect(await browser.session()).toBeUndefined()
    await browser.signIn(login, given)
    expect(await browser.session()).toMatchObject({ mustChangePassword: true })
  })

  it('is asked for the proof when the sign-in was long ago', async () => {
    await browser.signIn(login, given)
    server.advance(20 * 60_000)

    expect(await choose(own)).toEqual({ status: 403, code: 'proof_needed' })
    await browser.ask('/api/account/prove', { password: given })
    expect(await choose(own)).toMatchObject({ status: 204 })
  })

  it('is gone with a new link, which asks for a password too, because it works once', async () => {
    const { person_id: id, label } = (await person()) ?? { person_id: '', label: '' }
    await server.people.forgetPassword(id, by)
    const token = await server.auth.issueLink({ personId: id, label, roles: [], practiceIds: [] })
    await browser.ask('/api/session', { token })

    expect(await browser.session()).toMatchObject({ mustChangePassword: true })
    expect((await browser.ask('/api/people')).status).toBe(403)
    expect(await choose(own)).toMatchObject({ status: 204 })
    expect(await browser.session()).toMatchObject({ mustChangePassword: false, method: 'link' })
  })

  it('is not asked for of somebody who comes by a link and has a passkey', async () => {
    const { person_id: id, label } = (await person()) ?? { person_id: '', label: '' }
    await server.people.forgetPassword(id, by)
    await server.node.store.passkeys.add({
      credential_id: `passkey of ${login}`,
      person_id: id,
      name: 'Laptop',
      public_key: Buffer.from('key'),
      counter: 0,
      transports: [],
      added_at: new Date(),
    })
    const token = await server.auth.issueLink({ personId: id, label, roles: [], practiceIds: [] })
    await browser.ask('/api/session', { token })

    expect(await browser.session()).toMatchObject({ mustChangePassword: false })
  })

  it('does not restrict people who chose their own', async () => {
    const other = await server.add(`${login}.own`)
    await browser.signIn(other.login, passwordOf(other.login))

    expect(await browser.session()).toMatchObject({ mustChangePassword: false })
  })
})
