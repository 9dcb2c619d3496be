import { execFile } from 'node:child_process'
import { rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startHolder } from '../test/holder.ts'
import { mountVolume } from '../test/mounted-volume.ts'
import { missingRows, RowWriter } from '../test/row-writer.ts'
import { onServer, type TestConnection } from '../test/on-server.ts'
import { createTemporaryFolder } from '../test/temporary-folder.ts'
import { systemClock } from './clock.ts'
import { locateBinaries } from './binaries.ts'
import { createCluster } from './cluster.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { directoryAt } from './directory.ts'
import { findServerProcesses, readPostmasterFile, sendSignal } from './server-processes.ts'
import { ServerProcess } from './server-process.ts'
import { serverPort } from './server-settings.ts'
import { chooseServerUser, type ServerUser } from './server-user.ts'

/*
 * What a power cut takes, and how it is taken here. The database is on a disk in a file, whose filesystem is again on a disk in a
 * file, both mounted through loop devices:
 *
 *   database > filesystem > `cache` > filesystem > `platter`
 *
 * Pages that the kernel has yet to write exist in memory and not in `cache`; what was written to `cache` and not flushed exists in
 * memory and not in `platter`, as in the cache of a real disk. So a copy of `platter`, taken while every process of the server
 * stands still, is what a power cut leaves: what was synced all the way, and nothing that was only written.
 */

const run = promisify(execFile)
const never = new AbortController().signal

/** The journal is written when something is synced and not every 5 s: harder on the database, and nothing moves during the copy. */
const mountOptions = ['-o', 'loop,commit=300,noinit_itable']

interface Disk extends AsyncDisposable {
  readonly platter: string
  readonly path: string
}

async function makeFilesystem(image: string, size: string): Promise<void> {
  await writeFile(image, '')
  await run('truncate', ['--size', size, image])
  await run('mkfs.ext4', ['-q', '-F', image])
}

async function mountDisk(platter: string, state: 'new' | 'used'): Promise<Disk> {
  await using mounts = new AsyncDisposableStack()
  if (state === 'new') await makeFilesystem(platter, '450M')
  const outer = mounts.use(await mountVolume([...mountOptions, platter]))
  const cache = join(outer.path, 'cache')
  if (state === 'new') await makeFilesystem(cache, '400M')
  const { path } = mounts.use(await mountVolume([...mountOptions, cache]))
  if (state === 'new') await run('sync', ['--file-system', outer.path])
  const mounted = mounts.move()
  return { platter, path, [Symbol.asyncDispose]: () => mounted.disposeAsync() }
}

/** Stops the server's processes where they are; the postmaster first, so that no other begins. */
async function freeze(directory: string): Promise<readonly number[]> {
  const { cluster } = directoryAt(directory)
  sendSignal((await readPostmasterFile(cluster))?.pid ?? Number.NaN, 'SIGSTOP')
  const pids = await findServerProcesses(cluster)
  for (const pid of pids) sendSignal(pid, 'SIGSTOP')
  return pids
}

interface PowerCut {
  readonly platter: string
  /** The rows that were acknowledged before. */
  readonly promised: readonly number[]
}

/** The disk if the power went now, with a file beside the database that nobody synced. */
async function cutPower(disk: Disk, writer: RowWriter, platter: string): Promise<PowerCut> {
  const pids = await freeze(disk.path)
  const unsynced = join(disk.path, '.unsynced')
  try {
    const promised = writer.promised()
    await writeFile(unsynced, 'x'.repeat(1024 * 1024))
    await run('cp', ['--sparse=always', disk.platter, platter])
    return { platter, promised }
  } finally {
    // Another cut must not find it written meanwhile.
    await rm(unsynced, { force: true })
    for (const pid of pids) sendSignal(pid, 'SIGCONT')
  }
}

/** Starts the database of a disk that lost its power. */
async function recover({ platter, promised }: PowerCut) {
  await using disk = await mountDisk(platter, 'used')
  const unsyncedBytes = await stat(join(disk.path, '.unsynced')).then(
    ({ size }) => size,
    () => 0,
  )
  await using server = await startEmbeddedPostgres({ directory: disk.path, clock: systemClock })
  return { unsyncedBytes, missing: await missingRows(inPostgres(server.connection), promised) }
}

/** The database that a server has from the beginning. */
const inPostgres = (connection: TestConnection) => ({ ...connection, database: 'postgres' })

test('a power cut while rows are written, and in a checkpoint, leaves every acknowledged row', async ({
  skip,
}) => {
  await using folder = await createTemporaryFolder()
  const cuts: PowerCut[] = []
  {
    await using disk = await mountDisk(join(folder.path, 'platter'), 'new').catch(
      (error: unknown) => skip(`no disk can be mounted here: ${String(error)}`),
    )
    const holder = startHolder(disk.path)
    try {
      const database = inPostgres(await holder.ready())
      await using writer = await RowWriter.start(database, { payloadBytes: 2_000 })
      await writer.grow(300)
      cuts.push(await cutPower(disk, writer, join(folder.path, 'while-writing')))
      await writer.grow(300)
      const checkpoint = onServer(database, (client) => client.query('checkpoint'))
      await writer.grow(1)
      cuts.push(await cutPower(disk, writer, join(folder.path, 'in-a-checkpoint')))
      await checkpoint
    } finally {
      await holder.end('SIGTERM')
    }
  }

  const recovered = []
  for (const cut of cuts) recovered.push(await recover(cut))

  expect(recovered).toEqual([
    { unsyncedBytes: 0, missing: [] },
    { unsyncedBytes: 0, missing: [] },
  ])
})

test('the same cut takes the rows of a server that does not sync', async ({ skip }) => {
  await using folder = await createTemporaryFolder()
  let cut: PowerCut
  {
    await using disk = await mountDisk(join(folder.path, 'platter'), 'new').catch(
      (error: unknown) => skip(`no disk can be mounted here: ${String(error)}`),
    )
    await using server = await startWithoutSync(disk.path)
    await using writer = await RowWriter.start(server.connection, { payloadBytes: 2_000 })
    await writer.grow(300)
    cut = await cutPower(disk, writer, join(folder.path, 'cut'))
  }

  const loss = await recover(cut).then(
    ({ missing }) => (missing.length > 0 ? 'rows' : 'nothing'),
    (error: { code?: string }) => error.code,
  )

  // Which of them depends on what the kernel happened to write: rows, the whole table, or a database that starts.
  expect(['rows', '42P01', 'database_start', 'database_folder_damaged']).toContain(loss)
})

interface UnsafeServer extends AsyncDisposable {
  readonly connection: TestConnection
}

async function startWithoutSync(directory: string): Promise<UnsafeServer> {
  const binaries = await locateBinaries()
  const folder = directoryAt(directory)
  const user = await chooseServerUser(directory, binaries.postgres)
  await createCluster(folder, binaries, { serverUser: user, databaseUser: 'postgres' }, never)
  const careless: ServerUser = {
    ...user,
    spawn: (file, args, options) => user.spawn(file, [...args, '-c', 'fsync=off'], options),
  }
  const server = new ServerProcess(folder, binaries, careless, {
    clock: systemClock,
    maxConnections: 10,
  })
  await server.waitUntilReady(never)
  return {
    connection: {
      host: folder.cluster,
      port: serverPort,
      user: 'postgres',
      database: 'postgres',
    },
    [Symbol.asyncDispose]: () => server.stop(),
  }
}
