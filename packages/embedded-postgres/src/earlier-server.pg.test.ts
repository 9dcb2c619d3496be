import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { killHolderAt, startHolder } from '../test/holder.ts'
import type { TestConnection } from '../test/on-server.ts'
import { RestartLog } from '../test/restart-log.ts'
import { createTemporaryFolder } from '../test/temporary-folder.ts'
import { systemClock } from './clock.ts'
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded-postgres.ts'
import { directoryAt } from './directory.ts'
import { findServerProcesses, readPostmasterFile, sendSignal } from './server-processes.ts'

const start = (directory: string, options: Partial<EmbeddedPostgresOptions> = {}) =>
  startEmbeddedPostgres({ directory, clock: systemClock, ...options })
const isRoot = process.getuid?.() === 0

async function connect(connection: TestConnection): Promise<pg.Client> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  onTestFinished(() => client.end().catch(() => {}))
  return client
}

test('a server whose owner was killed is stopped, and its rows are there', async () => {
  await using folder = await createTemporaryFolder()
  const holder = startHolder(folder.path)
  const client = await connect(await holder.ready())
  await client.query('create table kept as select 7 as n')
  const orphan = await readPostmasterFile(directoryAt(folder.path).cluster)
  await holder.end('SIGKILL')

  await using server = await start(folder.path)

  const own = await readPostmasterFile(directoryAt(folder.path).cluster)
  expect(own?.pid).not.toBe(orphan?.pid)
  expect(await findServerProcesses(directoryAt(folder.path).cluster)).not.toContain(orphan?.pid)
  expect((await (await connect(server.connection)).query('select n from kept')).rows).toEqual([
    { n: 7 },
  ])
})

test('backends that outlive a killed owner and its killed PostgreSQL are ended before the next start', async () => {
  await using folder = await createTemporaryFolder()
  const holder = startHolder(folder.path)
  const client = await connect(await holder.ready())
  // Computes without ever looking whether its postmaster lives.
  const busy = client.query('select count(*) from generate_series(1, 100000000000)')
  const ended = expect(busy).rejects.toThrow()
  const postmaster = await readPostmasterFile(directoryAt(folder.path).cluster)
  const killed = holder.end('SIGKILL')
  sendSignal(postmaster?.pid ?? Number.NaN, 'SIGKILL')
  await killed

  await using server = await start(folder.path)

  await ended
  expect((await (await connect(server.connection)).query('select 1 as n')).rows).toEqual([{ n: 1 }])
})

test('a second process is refused while the first lives, and the first continues', async () => {
  await using folder = await createTemporaryFolder()
  const holder = startHolder(folder.path)
  const client = await connect(await holder.ready())

  await expect(start(folder.path)).rejects.toMatchObject({
    code: 'database_folder_in_use',
    message: expect.stringContaining('choose another directory'),
  })

  expect((await client.query('select 1 as n')).rows).toEqual([{ n: 1 }])
  expect(await holder.end('SIGTERM')).toBe(0)
})

test('of two processes that start at once in a new directory one gets it', async () => {
  await using folder = await createTemporaryFolder()

  const outcomes = await Promise.allSettled([start(folder.path), start(folder.path)])

  const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled')
  const losers = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(winners).toHaveLength(1)
  expect(losers.map(({ reason }) => String(reason.code))).toEqual(['database_folder_in_use'])
  await winners[0]?.value.stop()
  expect((await readdir(folder.path)).sort()).toEqual(['.owner.lock', 'postgres', 'postgres.log'])
})

test('a crashed backend costs the owner its server, and not its directory', async () => {
  await using folder = await createTemporaryFolder()
  const restarts = new RestartLog()
  await using server = await start(folder.path, { onRestart: restarts.record })
  const client = await connect(server.connection)
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const disconnected = Promise.withResolvers<void>()
  client.once('end', disconnected.resolve)
  sendSignal(rows[0]?.pid ?? Number.NaN, 'SIGKILL')
  await disconnected.promise
  await restarts.until('restarted')

  await expect(start(folder.path)).rejects.toMatchObject({ code: 'database_folder_in_use' })

  const again = await connect(server.connection)
  expect((await again.query('select 1 as n')).rows).toEqual([{ n: 1 }])
})

test('files that name a running process of another program do not keep the database from starting', async () => {
  await using folder = await createTemporaryFolder()
  await (await start(folder.path)).stop()
  // PostgreSQL itself refuses only when the other process runs under its own uid.
  // A program of the system: nobody may not be able to enter this checkout.
  const otherProcess = spawn('sleep', ['1000'], {
    stdio: 'ignore',
    cwd: '/',
    ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
  })
  onTestFinished(() => void otherProcess.kill('SIGKILL'))
  await once(otherProcess, 'spawn')
  const { cluster } = directoryAt(folder.path)
  const lines = [otherProcess.pid, cluster, 1, 5432, '.', '', '', 'ready   ']
  await writeFile(join(cluster, 'postmaster.pid'), `${lines.join('\n')}\n`)
  await writeFile(join(cluster, '.s.PGSQL.5432.lock'), `${otherProcess.pid}\n${cluster}\n1\n5432\n`)

  await using server = await start(folder.path)

  expect((await (await connect(server.connection)).query('select 1 as n')).rows).toEqual([{ n: 1 }])
  expect(otherProcess.exitCode).toBeNull()
})

test.each(['postmaster.pid', '.s.PGSQL.5432.lock'])(
  '%s that was only partly written when the power failed does not keep the database from starting',
  async (name) => {
    await using folder = await createTemporaryFolder()
    await (await start(folder.path)).stop()
    await writeFile(join(folder.path, 'postgres', name), '')

    await using server = await start(folder.path)

    expect((await (await connect(server.connection)).query('select 1 as n')).rows).toEqual([
      { n: 1 },
    ])
  },
)

test('a process killed while it creates the database leaves a folder that starts', async () => {
  await using folder = await createTemporaryFolder()
  await killHolderAt(folder.path, '.creating-')
  expect((await readdir(folder.path)).toSorted()).toEqual([
    expect.stringMatching(/^\.creating-/),
    '.owner.lock',
  ])

  await using server = await start(folder.path)

  expect((await (await connect(server.connection)).query('select 1 as n')).rows).toEqual([{ n: 1 }])
})
