import { rmSync } from 'node:fs'
import { readFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startHolder } from '../test/holder.ts'
import { RestartLog } from '../test/restart-log.ts'
import { missingRows, RowWriter } from '../test/row-writer.ts'
import { onServer } from '../test/on-server.ts'
import { createTemporaryFolder } from '../test/temporary-folder.ts'
import { systemClock } from './clock.ts'
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded-postgres.ts'
import { directoryAt } from './directory.ts'
import { findServerProcesses, readPostmasterFile, sendSignal } from './server-processes.ts'

const start = (directory: string, options: Partial<EmbeddedPostgresOptions> = {}) =>
  startEmbeddedPostgres({ directory, clock: systemClock, ...options })

async function postmasterOf(directory: string): Promise<number> {
  return (await readPostmasterFile(directoryAt(directory).cluster))?.pid ?? Number.NaN
}

const killPostmaster = async (directory: string) =>
  sendSignal(await postmasterOf(directory), 'SIGKILL')

/** The processes of the folder that no other of them started. */
async function countPostmasters(directory: string): Promise<number> {
  const pids = await findServerProcesses(directoryAt(directory).cluster)
  const parents = await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
      return Number(/^PPid:\t(\d+)$/m.exec(status)?.[1])
    }),
  )
  return parents.filter((parent) => !pids.includes(parent)).length
}

test('a killed PostgreSQL comes back under its clients with every acknowledged row', async () => {
  await using folder = await createTemporaryFolder()
  const restarts = new RestartLog()
  await using server = await start(folder.path, { onRestart: restarts.record })
  await using writer = await RowWriter.start(server.connection)
  await writer.grow(100)

  await killPostmaster(folder.path)
  await restarts.until('restarted')
  await writer.grow(100)
  await writer.stop()

  expect(await missingRows(server.connection, writer.promised())).toEqual([])
  expect(await countPostmasters(folder.path)).toBe(1)
  expect(restarts.reports).toEqual([
    { outcome: 'ended', how: 'SIGKILL' },
    { outcome: 'restarted', attempt: 1 },
  ])
})

test('a PostgreSQL that loses a connection to a crash is restarted by us, who report it', async () => {
  await using folder = await createTemporaryFolder()
  const restarts = new RestartLog()
  await using server = await start(folder.path, { onRestart: restarts.record })
  await using writer = await RowWriter.start(server.connection)
  await writer.grow(100)

  const crash = onServer(server.connection, async (client) => {
    client.on('error', () => {})
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    sendSignal(rows[0]?.pid ?? Number.NaN, 'SIGKILL')
    await client.query('select 1')
  })
  await expect(crash).rejects.toThrow()
  await restarts.until('restarted')
  await writer.grow(100)
  await writer.stop()

  expect(await missingRows(server.connection, writer.promised())).toEqual([])
  expect(restarts.reports).toEqual([
    { outcome: 'ended', how: 'exit code 1' },
    { outcome: 'restarted', attempt: 1 },
  ])
})

test('a PostgreSQL killed again as soon as it is back comes back again', async () => {
  await using folder = await createTemporaryFolder()
  const restarts = new RestartLog()
  await using server = await start(folder.path, { onRestart: restarts.record })
  await using writer = await RowWriter.start(server.connection)
  await writer.grow(100)

  await killPostmaster(folder.path)
  await restarts.until('restarted')
  await killPostmaster(folder.path)
  await restarts.until('restarted', 2)
  await writer.grow(100)
  await writer.stop()

  expect(await missingRows(server.connection, writer.promised())).toEqual([])
  expect(await countPostmasters(folder.path)).toBe(1)
  expect(restarts.outcomes).toEqual(['ended', 'restarted', 'ended', 'restarted'])
})

test('backends that outlive the killed PostgreSQL are ended before it comes back', async () => {
  await using folder = await createTemporaryFolder()
  const restarts = new RestartLog()
  await using server = await start(folder.path, { onRestart: restarts.record })
  // Computes without ever looking whether its postmaster lives.
  const busy = onServer(server.connection, async (client) => {
    client.on('error', () => {})
    await client.query('select count(*) from generate_series(1, 100000000000)')
  })
  const ended = expect(busy).rejects.toThrow()

  await killPostmaster(folder.path)
  await restarts.until('restarted')

  await ended
  expect(await countPostmasters(folder.path)).toBe(1)
})

test('stop between the end of the server and its restart leaves no process', async () => {
  await using folder = await createTemporaryFolder()
  const stopped = Promise.withResolvers<void>()
  const server = await start(folder.path, { onRestart: () => stopped.resolve(server.stop()) })

  await killPostmaster(folder.path)
  await stopped.promise

  expect(await findServerProcesses(directoryAt(folder.path).cluster)).toEqual([])
  expect(await Promise.race([server.exited, Promise.resolve('pending')])).toBe('pending')
})

test('stop while the server starts again leaves no process', async () => {
  await using folder = await createTemporaryFolder()
  const server = await start(folder.path)
  const first = await postmasterOf(folder.path)

  await killPostmaster(folder.path)
  while ([first, Number.NaN].includes(await postmasterOf(folder.path))) await setImmediate()
  await server.stop()

  expect(await findServerProcesses(directoryAt(folder.path).cluster)).toEqual([])
  await using next = await start(folder.path)
  expect(next.connection).toEqual(server.connection)
})

test('the connection of a folder too deep for a socket address stays valid over a restart', async () => {
  await using folder = await createTemporaryFolder()
  const deep = join(folder.path, 'd'.repeat(100), 'e'.repeat(100))
  const restarts = new RestartLog()
  await using server = await start(deep, { onRestart: restarts.record })
  await using writer = await RowWriter.start(server.connection)
  await writer.grow(10)

  await killPostmaster(deep)
  await restarts.until('restarted')
  await writer.grow(10)
  await writer.stop()

  expect(await missingRows(server.connection, writer.promised())).toEqual([])
})

test('a process that starts while the server is down is refused', async () => {
  await using folder = await createTemporaryFolder()
  const restarts = new RestartLog()
  await using first = await start(folder.path, { onRestart: restarts.record })

  await killPostmaster(folder.path)
  await expect(start(folder.path)).rejects.toMatchObject({ code: 'database_folder_in_use' })
  await restarts.until('restarted')

  expect(await Promise.race([first.exited, Promise.resolve('pending')])).toBe('pending')
  expect(await countPostmasters(folder.path)).toBe(1)
})

test('a database that is gone is not replaced by an empty one', async () => {
  await using folder = await createTemporaryFolder()
  const restarts = new RestartLog()
  await using server = await start(folder.path, {
    onRestart(report) {
      restarts.record(report)
      if (report.outcome === 'ended') rmSync(folder.path, { recursive: true })
    },
  })

  await killPostmaster(folder.path)
  await server.exited

  expect(restarts.reports.at(-1)).toMatchObject({
    outcome: 'given_up',
    error: { code: 'database_folder_damaged' },
  })
  await expect(readFile(folder.path)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a server that cannot come back is given up with its own words', async () => {
  await using folder = await createTemporaryFolder()
  const restarts = new RestartLog()
  await using server = await start(folder.path, { giveUpAfterMs: 0, onRestart: restarts.record })
  await truncate(join(folder.path, 'postgres', 'global', 'pg_control'))

  await killPostmaster(folder.path)
  await server.exited

  expect(restarts.reports.at(-1)).toMatchObject({
    outcome: 'given_up',
    error: { code: 'database_start', message: expect.stringContaining('pg_control') },
  })
})

test('an owner and its PostgreSQL killed together while rows are written leave every acknowledged one', async () => {
  await using folder = await createTemporaryFolder()
  const holder = startHolder(folder.path)
  await using writer = await RowWriter.start(await holder.ready())
  await writer.grow(100)

  const postmaster = await postmasterOf(folder.path)
  const ended = holder.end('SIGKILL')
  sendSignal(postmaster, 'SIGKILL')
  await ended
  await using server = await start(folder.path)
  await writer.stop()

  expect(await missingRows(server.connection, writer.promised())).toEqual([])
  expect(await countPostmasters(folder.path)).toBe(1)
})
