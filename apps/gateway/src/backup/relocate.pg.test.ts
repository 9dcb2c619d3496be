import { expect, onTestFinished, test } from 'vitest'
import { startCommand } from '../../test/database/database-command.ts'
import { fillTables, rowsOf, urlOf, valueOf } from '../../test/database/table-rows.ts'
import { onServer, type TestConnection } from '../../test/database/template-database.ts'
import { createTemporaryFolder } from '../../test/database/temporary-folder.ts'
import { createTestDatabase } from '../../test/database/test-database.ts'
import { systemClock } from '../clock.ts'
import { connectDatabase, migrate } from '../store/database.ts'
import { startEmbeddedDatabase } from '../store/embedded-database.ts'
import { backedUpSequences, backedUpTables } from './backed-up-tables.ts'
import { relocate } from './relocate.ts'

const signal = new AbortController().signal

const move = (directory: string, target: TestConnection) =>
  relocate({
    directory,
    target: { connectionString: urlOf(target) },
    clock: systemClock,
    signal,
  })

async function inFolder<Result>(
  directory: string,
  work: (connection: TestConnection) => Promise<Result>,
): Promise<Result> {
  await using server = await startEmbeddedDatabase({ directory, clock: systemClock })
  return await work(server.connection)
}

async function aFilledFolder() {
  const folder = await createTemporaryFolder()
  onTestFinished(() => folder[Symbol.asyncDispose]())
  const kept: Record<string, readonly string[]> = {}
  await inFolder(folder.path, async (connection) => {
    const database = await connectDatabase(connection, { poolSize: 1, onError: () => {} })
    await migrate(database.db)
    await database.close()
    await fillTables(connection)
    for (const { name } of backedUpTables) kept[name] = await rowsOf(connection, name)
  })
  return { directory: folder.path, kept }
}

const marks = (directory: string) =>
  inFolder(directory, (connection) =>
    valueOf(connection, "select coalesce(array_agg(target), '{}') from relocations"),
  )

test('every row and every number is moved as it was', async () => {
  const { directory, kept } = await aFilledFolder()
  await using target = await createTestDatabase({ empty: true })

  const report = await move(directory, target.connection)

  expect(report.outcome).toBe('moved')
  for (const { name, rowCount } of report.tables) {
    expect(await rowsOf(target.connection, name), name).toEqual(kept[name])
    expect(rowCount, name).toBe(kept[name]?.length)
  }
  await inFolder(directory, async (source) => {
    for (const { name } of backedUpSequences) {
      const next = `select nextval('${name}')::int`
      expect(await valueOf(target.connection, next)).toBe(await valueOf(source, next))
    }
  })
  expect(await marks(directory)).toEqual([report.target])
})

test('killed between the commit of the target and the mark, it is run again', async () => {
  const { directory } = await aFilledFolder()
  await using target = await createTestDatabase({ empty: true })
  await inFolder(directory, (connection) =>
    onServer(connection, (client) =>
      client.query(`create function wait() returns trigger language plpgsql as $$ begin perform pg_sleep(600); return new; end $$;
        create trigger wait before insert on relocations for each row execute function wait()`),
    ),
  )
  const command = startCommand('migrate-to', urlOf(target.connection), directory)
  await until(async () =>
    valueOf(target.connection, 'select exists (select from sign_in_links)').catch(() => false),
  )
  command.kill('SIGKILL')
  await command.ended
  await inFolder(directory, (connection) =>
    onServer(connection, (client) => client.query('drop trigger wait on relocations')),
  )
  expect(await marks(directory)).toEqual([])

  const report = await move(directory, target.connection)

  expect(report.outcome).toBe('resumed')
  expect(await marks(directory)).toEqual([report.target])
})

test('killed while it copies, it leaves the target as it was, and is run again', async () => {
  const { directory, kept } = await aFilledFolder()
  await using target = await createTestDatabase()
  await onServer(target.connection, (client) =>
    client.query(`create function wait() returns trigger language plpgsql as $$ begin perform pg_sleep(600); return new; end $$;
      create trigger wait before insert on events for each row execute function wait()`),
  )
  const command = startCommand('migrate-to', urlOf(target.connection), directory)
  await until(() =>
    valueOf(
      target.connection,
      "select exists (select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep')",
    ),
  )
  command.kill('SIGKILL')
  await command.ended
  // Its server notices at its next read; a person would wait a moment.
  await onServer(target.connection, (client) =>
    client.query(
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'",
    ),
  )
  expect(await rowsOf(target.connection, 'encounters')).toEqual([])
  await onServer(target.connection, (client) => client.query('drop trigger wait on events'))

  const report = await move(directory, target.connection)

  expect(report.outcome).toBe('moved')
  expect(await rowsOf(target.connection, 'encounters')).toEqual(kept['encounters'])
})

test('a target that changes what arrives is not trusted, and stays empty', async () => {
  const { directory } = await aFilledFolder()
  await using target = await createTestDatabase()
  await onServer(target.connection, (client) =>
    client.query(`create function meddle() returns trigger language plpgsql as $$ begin new.reason := 'other'; return new; end $$;
      create trigger meddle before insert on failures for each row execute function meddle()`),
  )

  await expect(move(directory, target.connection)).rejects.toMatchObject({
    code: 'relocation_mismatch',
    tables: ['failures'],
  })

  expect(await rowsOf(target.connection, 'encounters')).toEqual([])
  expect(await marks(directory)).toEqual([])
})

test('a target with other rows stays as it is', async () => {
  const { directory } = await aFilledFolder()
  await using target = await createTestDatabase()
  await onServer(target.connection, (client) =>
    client.query("insert into ehr_days values ('2026-01-01', 1)"),
  )

  await expect(move(directory, target.connection)).rejects.toMatchObject({
    code: 'database_not_empty',
    tables: ['ehr_days'],
  })

  expect(await rowsOf(target.connection, 'ehr_days')).toHaveLength(1)
  expect(await marks(directory)).toEqual([])
})

test('a folder does not move into itself', async () => {
  const { directory } = await aFilledFolder()

  await expect(
    move(directory, {
      host: `${directory}/postgres`,
      port: 5432,
      user: 'gateway',
      database: 'gateway',
    }),
  ).rejects.toMatchObject({ code: 'database_busy' })

  expect(await marks(directory)).toEqual([])
})

test('a server that cannot be reached is named without its password', async () => {
  const { directory } = await aFilledFolder()

  const error: unknown = await relocate({
    directory,
    target: { connectionString: 'postgres://someone:hush@127.0.0.1:1/kept' },
    clock: systemClock,
    signal,
  }).catch((caught: unknown) => caught)

  expect(error).toMatchObject({
    code: 'database_unavailable',
    message: expect.stringContaining('127.0.0.1:1/kept'),
  })
  expect(String(error)).not.toContain('hush')
})

async function until(isSo: () => Promise<unknown>): Promise<void> {
  while ((await isSo()) !== true) await systemClock.sleep(20, signal)
}
