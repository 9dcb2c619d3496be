import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommandLine } from '../run-command-line.ts'
import { urlOf } from '../../../test/database/table-rows.ts'
import { createTestDatabase } from '../../../test/database/test-database.ts'

const parts = new AsyncDisposableStack()
let config = ''

beforeAll(async () => {
  const { connection } = parts.use(await createTestDatabase())
  const folder = await mkdtemp(join(tmpdir(), 'link-command-'))
  parts.defer(() => rm(folder, { recursive: true }))
  config = join(folder, 'gateway.config.json')
  await writeFile(config, JSON.stringify({ Database: { Url: urlOf(connection) } }))
  for (const [login, name] of [
    ['j.ruiz', 'Jordan Ruiz'],
    ['a.okafor', 'Amara Okafor'],
  ])
    await user('add', String(login), '--name', String(name), '--practice', 'p1', '--role', 'staff')
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

const ehr = ['--ehr', 'https://EHR.example/fhir/']

it('links a person to a user of the EHR once, and removes the link', async () => {
  const link = () => user('link', 'j.ruiz', ...ehr, '--user', 'Practitioner/7')

  expect((await link()).text).toBe('j.ruiz: Practitioner/7 of https://ehr.example/fhir')
  expect(await link()).toMatchObject({ code: 0 })
  expect(await user('link', 'a.okafor', ...ehr, '--user', 'Practitioner/7')).toMatchObject({
    code: 1,
    text: expect.stringContaining('[ehr_user_linked]'),
  })
  expect((await user('link', 'j.ruiz', ...ehr, '--remove')).text).toContain('no longer linked')
  expect((await user('link', 'j.ruiz', ...ehr, '--remove')).text).toContain('was not linked')
  expect(await user('link', 'a.okafor', ...ehr, '--user', 'Practitioner/7')).toMatchObject({
    code: 0,
  })
})

it.each([
  [['--user', 'Practitioner/7']],
  [['--ehr', 'no address', '--user', 'Practitioner/7']],
  [[...ehr, '--user', 'Patient/7']],
  [[...ehr, '--user', 'https://other.example/fhir/Practitioner/7']],
  [[...ehr]],
])('says how it is used: %o', async (args) => {
  expect(await user('link', 'j.ruiz', ...args)).toMatchObject({ code: 2 })
})
