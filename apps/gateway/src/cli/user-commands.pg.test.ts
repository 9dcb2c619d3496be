import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from './run-command-line.ts'
import { connectDatabase, type Database } from '../store/database.ts'
import { sha256 } from '../token.ts'
import { urlOf } from '../../test/database/table-rows.ts'
import { createTestDatabase } from '../../test/database/test-database.ts'

const parts = new AsyncDisposableStack()
let config = ''
let table: Database['db']

beforeAll(async () => {
  const { connection } = parts.use(await createTestDatabase())
  const database = await connectDatabase(connection, { poolSize: 1, onError: () => undefined })
  parts.defer(() => database.close())
  table = database.db
  const folder = await mkdtemp(join(tmpdir(), 'user-commands-'))
  parts.defer(() => rm(folder, { recursive: true }))
  config = join(folder, 'gateway.config.json')
  const key = { Label: 'Front desk', KeySha256: sha256('x'), Roles: ['staff'], Practices: ['p1'] }
  const content = { Database: { Url: urlOf(connection) }, Auth: { Credentials: [key] } }
  await writeFile(config, JSON.stringify(content))
})
afterAll(() => parts.disposeAsync())

async function user(...args: readonly string[]) {
  const lines: string[] = []
  const code = await runCommandLine(['user', ...args, '--config', config], {
    print: (text) => lines.push(text),
    printError: (text) => lines.push(text),
  })
  return { code, text: lines.join('\n') }
}

const add = (login: string, name: string) =>
  user('add', login, '--name', name, '--practice', 'p1', '--role', 'staff')

describe('authscript user', () => {
  it('adds, lists, grants, disables and enables a person', async () => {
    const added = await add('a.okafor', 'Amara Okafor, MD')
    expect(added).toMatchObject({ code: 0 })
    expect(added.text).toMatch(/^added a\.okafor\npassword \(shown once\): [a-z2-9-]{23}$/)

    const granted = await user('grant', 'A.Okafor', '--role', 'clinician', '--practice', 'p2')
    expect(granted.text).toBe('a.okafor: clinician; practices p2')
    expect((await user('disable', 'a.okafor')).text).toBe('a.okafor is disabled')
    expect((await user('list')).text).toMatch(
      /^a\.okafor · Amara Okafor, MD · clinician · practices p2 · disabled since 20/,
    )
    expect(await user('enable', 'a.okafor')).toMatchObject({ code: 0 })
    expect((await user('list')).text).toContain('signed in never')
    expect((await user('set-password', 'a.okafor')).text).toContain('has a new password')
  })

  it('renames a person, whose former name nobody else gets', async () => {
    await add('m.silva', 'Mia Silva')

    expect((await user('rename', 'M.Silva', '--name', 'Mia Ott')).text).toBe(
      'm.silva: Mia Silva is Mia Ott from now on',
    )
    expect((await user('list')).text).toContain('m.silva · Mia Ott · staff')
    expect(await add('other', 'Mia Silva')).toMatchObject({
      code: 1,
      text: expect.stringContaining('[label_taken]'),
    })
    expect(await user('rename', 'm.silva')).toMatchObject({ code: 2 })
    expect((await user('rename', 'nobody', '--name', 'X Y')).text).toContain('[person_unknown]')
  })

  it('makes passwords that the person has to change', async () => {
    await add('k.lind', 'Kim Lind')
    const isTemporary = async () =>
      (
        await table
          .selectFrom('people')
          .selectAll()
          .where('login', '=', 'k.lind')
          .executeTakeFirst()
      )?.password_is_temporary

    expect(await isTemporary()).toBe(true)
    await table
      .updateTable('people')
      .set({ password_is_temporary: false })
      .where('login', '=', 'k.lind')
      .execute()
    await user('set-password', 'k.lind')

    expect(await isTemporary()).toBe(true)
  })

  it('says what is wrong, and changes nothing', async () => {
    await add('j.ruiz', 'Jordan Ruiz')

    expect(await add('J.Ruiz', 'Another')).toMatchObject({
      code: 1,
      text: expect.stringContaining('[login_taken]'),
    })
    expect((await add('other', 'jordan  ruiz')).text).toContain('[label_taken]')
    expect((await add('other', 'Front Desk')).text).toContain('[label_taken]')
    expect((await user('disable', 'nobody')).text).toContain('[person_unknown]')
    expect(await user('grant', 'j.ruiz')).toMatchObject({ code: 2 })
    expect(await user('grant', 'j.ruiz', '--role', 'clinican')).toMatchObject({ code: 2 })
    expect((await user('list')).text).not.toContain('other')
  })

  it('without a command lists what it can', async () => {
    const lines: string[] = []
    const terminal = { print: (text: string) => lines.push(text), printError: () => undefined }

    expect(await runCommandLine(['user'], terminal)).toBe(0)
    expect(lines.join('\n')).toContain('user set-password')
  })
})
