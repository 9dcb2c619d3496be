import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createTemporaryFolder } from '../test/temporary-folder.ts'
import { systemClock } from './clock.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { directoryAt } from './directory.ts'
import { isOwned, ownerLockFile } from './owner-lock.ts'
import { readPostmasterFile } from './server-processes.ts'

const start = (directory: string, signal?: AbortSignal) =>
  startEmbeddedPostgres({
    directory,
    clock: systemClock,
    ...(signal === undefined ? {} : { signal }),
  })

async function query(server: EmbeddedPostgres, sql: string): Promise<readonly pg.QueryResultRow[]> {
  const client = new pg.Client(server.connection)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('the first start makes a durable, private UTF-8 database with checksums', async () => {
  await using folder = await createTemporaryFolder()
  await using server = await start(folder.path)

  const [settings] = await query(
    server,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commits,
       current_setting('full_page_writes') as pages, current_setting('listen_addresses') as network,
       current_setting('data_checksums') as checksums, current_setting('server_encoding') as encoding,
       current_setting('timezone') as timezone, lower('ÉΣЖ') as lowered, current_database() as database`,
  )

  expect(settings).toEqual({
    fsync: 'on',
    commits: 'on',
    pages: 'on',
    network: '',
    checksums: 'on',
    encoding: 'UTF8',
    timezone: 'UTC',
    lowered: 'éσж',
    database: 'postgres',
  })
  expect((await stat(join(folder.path, 'postgres'))).mode & 0o777).toBe(0o700)
  expect((await stat(join(folder.path, 'postgres.log'))).mode & 0o777).toBe(0o600)
})

test('the next start keeps the rows', async () => {
  await using folder = await createTemporaryFolder()
  const first = await start(folder.path)
  await query(first, 'create table kept as select 7 as n')
  await first.stop()

  await using second = await start(folder.path)

  expect(await query(second, 'select n from kept')).toEqual([{ n: 7 }])
})

test('stop ends open connections, may be repeated, and leaves exited pending', async () => {
  await using folder = await createTemporaryFolder()
  const server = await start(folder.path)
  const client = new pg.Client(server.connection)
  client.on('error', () => {})
  await client.connect()

  expect(server.stop()).toBe(server.stop())
  await server.stop()

  expect(await readPostmasterFile(directoryAt(folder.path).cluster)).toBeUndefined()
  expect(await Promise.race([server.exited, Promise.resolve('pending')])).toBe('pending')
})

test('a folder deeper than a socket address can name works', async () => {
  await using folder = await createTemporaryFolder()
  const deep = join(folder.path, 'd'.repeat(100), 'e'.repeat(100))
  await using server = await start(deep)

  expect(await query(server, 'select 1 as n')).toEqual([{ n: 1 }])
  await expect(start(deep)).rejects.toMatchObject({ code: 'database_folder_in_use' })
})

test('an abort during creation rejects with its reason and leaves no database and no lock', async () => {
  await using folder = await createTemporaryFolder()
  const controller = new AbortController()
  const reason = new Error('not today')

  const starting = start(folder.path, controller.signal)
  const refused = expect(starting).rejects.toBe(reason)
  controller.abort(reason)
  await refused

  expect((await readdir(folder.path)).filter((name) => name !== ownerLockFile)).toEqual([])
  expect(isOwned(folder.path)).toBe(false)
})

test('a damaged folder is refused and left as it was', async () => {
  await using folder = await createTemporaryFolder()
  const precious = join(folder.path, 'postgres', 'precious')
  await (await start(folder.path)).stop()
  await writeFile(precious, 'kept')
  await rm(join(folder.path, 'postgres', 'PG_VERSION'))
  const before = await readdir(folder.path, { recursive: true })

  await expect(start(folder.path)).rejects.toMatchObject({
    code: 'database_folder_damaged',
    message: expect.stringContaining('choose an empty one'),
  })

  expect(await readdir(folder.path, { recursive: true })).toEqual(before)
})

test('a server that cannot start is reported with its own output', async () => {
  await using folder = await createTemporaryFolder()
  await (await start(folder.path)).stop()
  await writeFile(join(folder.path, 'postgres', 'global', 'pg_control'), '')

  await expect(start(folder.path)).rejects.toMatchObject({
    code: 'database_start',
    message: expect.stringContaining('pg_control'),
  })
})

test('statements that fail leave no values in the log', async () => {
  await using folder = await createTemporaryFolder()
  await using server = await start(folder.path)
  await query(server, 'create table patients (patient text primary key)')
  await query(server, "insert into patients values ('Jane Roe')")

  await expect(query(server, "insert into patients values ('Jane Roe')")).rejects.toThrow(
    'duplicate',
  )

  expect(await readFile(join(folder.path, 'postgres.log'), 'utf8')).not.toContain('Jane')
})
