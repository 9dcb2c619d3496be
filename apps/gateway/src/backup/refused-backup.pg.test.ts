import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { fillTables, rowsOf, urlOf } from '../../test/database/table-rows.ts'
import { onServer, type TestConnection } from '../../test/database/template-database.ts'
import { createTemporaryFolder } from '../../test/database/temporary-folder.ts'
import { createTestDatabase } from '../../test/database/test-database.ts'
import { systemClock } from '../clock.ts'
import { jobKinds } from '../wiring/job-kinds.ts'
import { migrations } from '../store/migrations/index.ts'
import { backUp } from './backup.ts'
import { verifyBackup } from './backup-reader.ts'
import { backedUpTables } from './backed-up-tables.ts'
import { restore } from './restore.ts'

const signal = new AbortController().signal
const at = (connection: TestConnection) => ({
  config: { Url: urlOf(connection), Directory: '/nowhere', PoolSize: 2 },
  clock: systemClock,
  jobKinds: jobKinds.all,
  signal,
})

/** A whole backup, and its content. */
let whole: Buffer
let content: string

beforeAll(async () => {
  await using source = await createTestDatabase()
  await using folder = await createTemporaryFolder()
  await fillTables(source.connection)
  await backUp(join(folder.path, 'kept.gz'), at(source.connection))
  whole = await readFile(join(folder.path, 'kept.gz'))
  content = gunzipSync(whole).toString()
})

function flipped(position: number): Buffer {
  const bytes = Buffer.from(whole)
  bytes[position] = (bytes[position] ?? 0) ^ 0x10
  return bytes
}

const withHeader = (change: (header: Record<string, unknown>) => object) => {
  const end = content.indexOf('\n')
  const header = JSON.parse(content.slice(0, end)) as Record<string, unknown>
  return gzipSync(JSON.stringify({ ...header, ...change(header) }) + content.slice(end))
}

const refusals: readonly {
  readonly what: string
  readonly code: string
  readonly bytes: () => Buffer
}[] = [
  { what: 'no bytes', code: 'backup_invalid', bytes: () => Buffer.alloc(0) },
  { what: 'another kind of file', code: 'backup_invalid', bytes: () => Buffer.from('%PDF-1.7\n') },
  { what: 'gzip of something else', code: 'backup_invalid', bytes: () => gzipSync('{"a":1}\n') },
  { what: 'a file cut in half', code: 'backup_invalid', bytes: () => whole.subarray(0, -5000) },
  {
    what: 'a file without its last byte',
    code: 'backup_invalid',
    bytes: () => whole.subarray(0, -1),
  },
  {
    what: 'a whole gzip of content cut off',
    code: 'backup_invalid',
    bytes: () => gzipSync(content.slice(0, -100)),
  },
  {
    what: 'an altered row',
    code: 'backup_invalid',
    bytes: () => gzipSync(content.replace('Dr. ', 'Mr. ')),
  },
  {
    what: 'a missing row',
    code: 'backup_invalid',
    bytes: () => gzipSync(content.replace(/\n3\tp2\te1[^\n]*/, '')),
  },
  {
    what: 'two backups in one file',
    code: 'backup_invalid',
    bytes: () => Buffer.concat([whole, whole]),
  },
  {
    what: 'a table of nobody',
    code: 'backup_invalid',
    bytes: () => withHeader(() => ({ tables: [{ name: 'pg_authid', columns: ['rolname'] }] })),
  },
  {
    what: 'a newer schema, with tables that are not known here',
    code: 'backup_newer',
    bytes: () =>
      withHeader(() => ({
        migrations: [...Object.keys(migrations), '9999-later'],
        tables: [{ name: 'later', columns: ['x'] }],
      })),
  },
  {
    what: 'a newer format',
    code: 'backup_newer',
    bytes: () => withHeader(() => ({ formatVersion: 2, tables: 'elsewhere' })),
  },
]

test.each(refusals)('$what is refused, and nothing written', async ({ code, bytes }) => {
  await using target = await createTestDatabase({ empty: true })
  await using folder = await createTemporaryFolder()
  const file = join(folder.path, 'file.gz')
  await writeFile(file, bytes())

  await expect(restore(file, at(target.connection))).rejects.toMatchObject({ code })

  const tables = await onServer(target.connection, (client) =>
    client.query("select from pg_tables where schemaname = 'public'"),
  )
  expect(tables.rowCount).toBe(0)
})

test('no byte can change unnoticed', async () => {
  await using folder = await createTemporaryFolder()
  const file = join(folder.path, 'file.gz')
  // The header's time, flags and system (RFC 1952) do not touch the content.
  const idle = new Set([3, 4, 5, 6, 7, 8, 9])
  const step = Math.ceil(whole.length / 150)

  for (let position = 0; position < whole.length; position += step) {
    if (idle.has(position)) continue
    await writeFile(file, flipped(position))
    await expect(verifyBackup(file, signal), String(position)).rejects.toMatchObject({
      code: expect.stringMatching(/^backup_(invalid|newer)$/),
    })
  }
})

test('a file that cannot be read is said to be so', async () => {
  await using target = await createTestDatabase({ empty: true })
  await using folder = await createTemporaryFolder()

  for (const path of [join(folder.path, 'absent.gz'), folder.path]) {
    await expect(restore(path, at(target.connection))).rejects.toMatchObject({
      code: 'backup_file_unusable',
    })
  }
})

test.each(backedUpTables)('a database with rows in $name stays as it is', async ({ name }) => {
  await using target = await createTestDatabase()
  await using folder = await createTemporaryFolder()
  const file = join(folder.path, 'file.gz')
  await writeFile(file, whole)
  await fillTables(target.connection)
  await onServer(target.connection, async (client) => {
    await client.query(`set session_replication_role to replica`)
    for (const other of backedUpTables)
      if (other.name !== name) await client.query(`delete from ${other.name}`)
  })
  const before = await rowsOf(target.connection, name)

  await expect(restore(file, at(target.connection))).rejects.toMatchObject({
    code: 'database_not_empty',
    tables: [name],
  })

  expect(await rowsOf(target.connection, name)).toEqual(before)
})

test('a database that a gateway or a newer release works on stays as it is', async () => {
  await using target = await createTestDatabase()
  await using folder = await createTemporaryFolder()
  const file = join(folder.path, 'file.gz')
  await writeFile(file, whole)

  await onServer(target.connection, async (client) => {
    await client.query("set application_name to 'authscript-gateway'")
    await expect(restore(file, at(target.connection))).rejects.toMatchObject({
      code: 'database_busy',
    })
  })
  await onServer(target.connection, (client) =>
    client.query("insert into kysely_migration values ('9999-later', '2030-01-01')"),
  )
  await expect(restore(file, at(target.connection))).rejects.toMatchObject({
    code: 'database_schema_newer',
  })
})

test('a row that the server refuses undoes everything, and is not quoted', async () => {
  await using target = await createTestDatabase()
  await using folder = await createTemporaryFolder()
  const file = join(folder.path, 'file.gz')
  await writeFile(file, whole)
  await onServer(target.connection, (client) =>
    client.query("alter table failures add check (code <> 'ehr_timeout')"),
  )

  const error: unknown = await restore(file, at(target.connection)).catch((caught) => caught)

  expect(error).toMatchObject({ code: 'table_copy_failed', table: 'failures', sqlState: '23514' })
  expect(String(error)).not.toContain('ehr_timeout')
  expect(await rowsOf(target.connection, 'registrations')).toEqual([])
})
