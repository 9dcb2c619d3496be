import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openNode } from '../../../test/database/node.ts'
import { urlOf } from '../../../test/database/table-rows.ts'
import { onServer, type TestConnection } from '../../../test/database/template-database.ts'
import { createTestDatabase } from '../../../test/database/test-database.ts'
import { runCommandLine } from '../run-command-line.ts'

/** A trail of nine rows, verified where it is and on copies of its database that somebody has changed. */

const parts = new AsyncDisposableStack()
let folder = ''
let original: TestConnection
let copies = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-verify-'))
  parts.defer(() => rm(folder, { recursive: true }))
  original = parts.use(await createTestDatabase()).connection
  await using node = await openNode(original)
  for (let number = 1; number <= 9; number += 1)
    await node.store.record(
      {
        actor: {
          personId: null,
          label: 'Dr. Okafor',
          roles: ['clinician'],
          address: '192.0.2.7',
          requestId: `r-${number}`,
        },
        action: 'view',
        operation: 'getWorkItem',
        isRecorded: false,
      },
      { subjects: [{ practiceId: 'p1', patientId: `pat-${number}`, encounterId: `e-${number}` }] },
    )
})
afterAll(() => parts.disposeAsync())

/** A copy of the database in which these statements were run by somebody who may do everything. */
async function aCopy(...statements: readonly string[]): Promise<TestConnection> {
  const database = `${original.database}_${(copies += 1)}`
  await onServer({ ...original, database: 'postgres' }, (client) =>
    client.query(`create database ${database} template ${original.database}`),
  )
  parts.defer(() =>
    onServer({ ...original, database: 'postgres' }, async (client) => {
      await client.query(`drop database if exists ${database} with (force)`)
    }),
  )
  const connection = { ...original, database }
  await onServer(connection, async (client) => {
    await client.query('set session_replication_role = replica')
    for (const statement of statements) await client.query(statement)
  })
  return connection
}

async function verify(connection: TestConnection, ...options: readonly string[]) {
  const config = join(folder, `${connection.database}.json`)
  await writeFile(config, JSON.stringify({ Database: { Url: urlOf(connection) } }))
  const lines: string[] = []
  const code = await runCommandLine(['audit', 'verify', '--config', config, ...options], {
    print: (text) => lines.push(text),
    printError: (text) => lines.push(text),
  })
  return { code, text: lines.join('\n') }
}

const anchorOf = (text: string) => /newest row: (\d+:[0-9a-f]{64})/.exec(text)?.[1] ?? ''

describe('authscript audit verify', () => {
  it('says that a trail is as it was written, and which row is the newest', async () => {
    const { code, text } = await verify(original)

    expect(code).toBe(0)
    expect(text).toMatch(
      /^9 rows \(1 to 9\): none was changed, removed or moved\nnewest row: 9:[0-9a-f]{64}$/,
    )
  })

  it.each([
    {
      what: 'a changed row',
      statements: [`update audit_log set patient_ids = '{somebody-else}' where sequence = 4`],
      says: 'row 4 was changed',
    },
    {
      what: 'missing rows',
      statements: ['delete from audit_log where sequence in (3, 4)'],
      says: 'rows 3 to 4 are missing',
    },
    {
      what: 'rows that changed places',
      statements: [
        'update audit_log set sequence = -sequence where sequence in (2, 7)',
        'update audit_log set sequence = case sequence when -2 then 7 else 2 end where sequence < 0',
      ],
      says: 'row 2 was moved: it was row 7\nrow 7 was moved: it was row 2',
    },
    {
      what: 'the end that is gone',
      statements: ['delete from audit_log where sequence > 6'],
      says: 'rows 7 to 9 are missing at the end',
    },
  ])('finds on a tampered copy: $what', async ({ statements, says }) => {
    const { code, text } = await verify(await aCopy(...statements))

    expect(code).toBe(1)
    expect(text).toContain(`THE TRAIL IS NOT WHAT WAS WRITTEN:\n${says}\n`)
  })

  it('finds by an anchor that the end is gone, also where the database hides it', async () => {
    const anchor = anchorOf((await verify(original)).text)
    const copy = await aCopy(
      'delete from audit_log where sequence > 6',
      'update audit_chain set last_sequence = 6, last_hash = (select hash from audit_log where sequence = 6)',
    )

    expect((await verify(copy)).code).toBe(0)
    const { code, text } = await verify(copy, '--anchor', anchor)

    expect(code).toBe(1)
    expect(text).toContain('rows 7 to 9 are missing at the end\nrow 9 is not the one of the anchor')
    expect((await verify(original, '--anchor', anchor)).text).toContain(
      'row 9 is the one of the anchor',
    )
  })

  it('refuses an anchor that no verification printed', async () => {
    const { code, text } = await verify(original, '--anchor', 'nine')

    expect(code).toBe(2)
    expect(text).toContain('--anchor is NUMBER:SHA-256')
  })
})
