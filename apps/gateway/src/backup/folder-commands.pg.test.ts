import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCommand } from '../../test/database/database-command.ts'
import { fillTables, rowsOf, valueOf } from '../../test/database/table-rows.ts'
import { DatabaseServer } from '../../test/database/database-server.ts'
import type { TestConnection } from '../../test/database/template-database.ts'
import { createTemporaryFolder } from '../../test/database/temporary-folder.ts'
import { systemClock } from '../clock.ts'
import { connectDatabase, migrate } from '../store/database.ts'
import { startEmbeddedDatabase } from '../store/embedded-database.ts'
import { refuseIfMoved } from '../store/relocations.ts'
import { backedUpTables } from './backed-up-tables.ts'

const start = (directory: string) => startEmbeddedDatabase({ directory, clock: systemClock })

async function prepareRows(connection: TestConnection): Promise<void> {
  const database = await connectDatabase(connection, { poolSize: 1, onError: () => {} })
  await migrate(database.db)
  await database.close()
  await fillTables(connection)
}

test('the folder of a running gateway is backed up, and neither restored to nor moved', async () => {
  await using folder = await createTemporaryFolder()
  await using files = await createTemporaryFolder()
  const file = join(files.path, 'kept.gz')
  await using server = await start(folder.path)
  const { connection } = server
  await prepareRows(connection)
  const before = await rowsOf(connection, 'events')

  const backup = await runCommand('backup', file, folder.path)
  const restored = await runCommand('restore', file, folder.path)
  const moved = await runCommand('migrate-to', 'postgres://x@127.0.0.1:1/x', folder.path)

  expect(backup).toMatchObject({ exitCode: 0, output: expect.stringContaining('events 2') })
  expect(backup.output).not.toContain('could not record it')
  expect(await rowsOf(connection, 'last_backup')).toHaveLength(1)
  const refused = {
    exitCode: 1,
    output: expect.stringMatching(/set by Database__Directory \[database_folder_in_use\]/),
  }
  expect(restored).toMatchObject(refused)
  expect(moved).toMatchObject(refused)
  expect(await rowsOf(connection, 'events')).toEqual(before)
})

test('a folder where no gateway runs is backed up, and comes back in another', async () => {
  await using folder = await createTemporaryFolder()
  await using other = await createTemporaryFolder()
  await using files = await createTemporaryFolder()
  const file = join(files.path, 'kept.gz')
  const kept: Record<string, readonly string[]> = {}
  {
    await using server = await start(folder.path)
    await prepareRows(server.connection)
    for (const { name } of backedUpTables) kept[name] = await rowsOf(server.connection, name)
  }

  expect(await runCommand('backup', file, folder.path)).toMatchObject({ exitCode: 0 })
  expect(await runCommand('restore', file, other.path)).toMatchObject({ exitCode: 0 })
  expect(await runCommand('restore', file, other.path)).toMatchObject({
    exitCode: 1,
    output: expect.stringContaining('[database_not_empty]'),
  })

  await using server = await start(other.path)
  for (const name of ['registrations', 'forms', 'events', 'sessions']) {
    expect(await rowsOf(server.connection, name), name).toEqual(kept[name])
  }
  expect(await readdir(files.path)).toEqual(['kept.gz'])
})

test('a folder without a database is neither backed up nor moved, and stays empty', async () => {
  await using folder = await createTemporaryFolder()

  for (const command of ['backup', 'migrate-to'] as const) {
    const argument = command === 'backup' ? join(folder.path, 'x.gz') : 'postgres://x@127.0.0.1:1/x'
    expect(await runCommand(command, argument, folder.path)).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('[database_missing]'),
    })
  }
  expect(await readdir(folder.path)).toEqual([])
})

test('wrong usage is reported, and a password is not repeated', async () => {
  await using folder = await createTemporaryFolder()

  const used = await runCommand('migrate-to', 'https://u:hush@host/x', folder.path)

  expect(used).toMatchObject({
    exitCode: 2,
    output: expect.stringContaining('URL must begin with postgres://'),
  })
  expect(used.output).not.toContain('hush')
})

test('a folder moves to a server with a password, and no gateway starts on it again', async () => {
  await using folder = await createTemporaryFolder()
  await using serverFolder = await createTemporaryFolder()
  await using target = await DatabaseServer.create(serverFolder.path)
  const kept: Record<string, readonly string[]> = {}
  {
    await using server = await start(folder.path)
    await prepareRows(server.connection)
    for (const { name } of backedUpTables) kept[name] = await rowsOf(server.connection, name)
  }

  const moved = await runCommand('migrate-to', target.url, folder.path)
  const again = await runCommand('migrate-to', target.url, folder.path)
  const elsewhere = await runCommand('migrate-to', await target.createDatabase(), folder.path)

  expect(moved).toMatchObject({ exitCode: 0, output: expect.stringContaining(target.place) })
  expect(again).toMatchObject({ exitCode: 0, output: expect.stringContaining('before') })
  expect(elsewhere).toMatchObject({
    exitCode: 1,
    output: expect.stringContaining('[database_moved]'),
  })
  for (const { name } of backedUpTables) {
    expect((await rowsOf(target.connection, name)).length, name).toBe(kept[name]?.length)
  }
  await using server = await start(folder.path)
  expect(await valueOf(server.connection, 'select array_agg(target) from relocations')).toEqual([
    target.place,
  ])
  const database = await connectDatabase(server.connection, { poolSize: 1, onError: () => {} })
  await expect(refuseIfMoved(database.db)).rejects.toMatchObject({ target: target.place })
  await database.close()
})

test('a directory that is a file, or lies behind one, is named with its key', async () => {
  await using folder = await createTemporaryFolder()
  const file = join(folder.path, 'a-file')
  await writeFile(file, '')

  for (const [directory, reason] of [
    [file, 'it is a file (EEXIST)'],
    [join(file, 'data'), 'the path leads through a file as if it were a directory (ENOTDIR)'],
  ] as const)
    await expect(start(directory)).rejects.toMatchObject({
      code: 'database_start',
      message: expect.stringContaining(
        `The directory is set by Database.Directory: ${reason}; expected a folder on a local disk`,
      ),
    })
})
