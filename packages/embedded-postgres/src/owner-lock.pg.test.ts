import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { type Holder, startHolder } from '../test/holder.ts'
import { type MountedVolume, mountVolume } from '../test/mounted-volume.ts'
import type { TestConnection } from '../test/on-server.ts'
import { createTemporaryFolder } from '../test/temporary-folder.ts'
import { systemClock } from './clock.ts'
import { directoryAt } from './directory.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { isOwned, ownerLockFile } from './owner-lock.ts'
import { openRunningServer } from './running-server.ts'
import { findServerProcesses, readPostmasterFile, sendSignal } from './server-processes.ts'

const start = (directory: string) => startEmbeddedPostgres({ directory, clock: systemClock })
const inUse = { code: 'database_folder_in_use' }

async function answers(connection: TestConnection): Promise<boolean> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query('select 1 as n')).rowCount === 1
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** What another process finds. */
async function isOwnedFromElsewhere(directory: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    `const { isOwned } = await import(${JSON.stringify(new URL('owner-lock.ts', import.meta.url))})
     console.log(isOwned(${JSON.stringify(directory)}))`,
  ])
  return stdout.trim()
}

/** Another process whose server died and cannot start again until `repair` is called. */
async function anOwnerWithoutServer(directory: string): Promise<{
  readonly holder: Holder
  readonly connection: TestConnection
  repair(): Promise<void>
}> {
  const holder = startHolder(directory)
  onTestFinished(async () => void (await holder.end('SIGKILL')))
  const connection = await holder.ready()
  const { cluster } = directoryAt(directory)
  const settings = join(cluster, 'postgresql.conf')
  await chmod(settings, 0o000)
  const repair = () => chmod(settings, 0o600)
  sendSignal((await readPostmasterFile(cluster))?.pid ?? Number.NaN, 'SIGKILL')
  await expect.poll(() => answers(connection)).toBe(false)
  await expect.poll(() => readFile(directoryAt(directory).logFile, 'utf8')).toMatch(/FATAL/)
  return { holder, connection, repair }
}

test('a process that starts while the server of another is down is refused, and that server comes back', async () => {
  await using folder = await createTemporaryFolder()
  const { connection, repair, holder } = await anOwnerWithoutServer(folder.path)

  for (let attempt = 0; attempt < 3; attempt += 1)
    await expect(start(folder.path)).rejects.toMatchObject(inUse)
  expect(await openRunningServer(folder.path)).toBe('not_now')
  await repair()

  await expect.poll(() => answers(connection), { timeout: 30_000 }).toBe(true)
  expect(await holder.end('SIGTERM')).toBe(0)
  expect(await openRunningServer(folder.path)).toBe('absent')
  await using next = await start(folder.path)
  expect(await answers(next.connection)).toBe(true)
})

test('an owner that is killed while its server is down leaves the directory to the next', async () => {
  await using folder = await createTemporaryFolder()
  const { holder, repair } = await anOwnerWithoutServer(folder.path)
  expect(isOwned(folder.path)).toBe(true)

  await holder.end('SIGKILL')
  await repair()

  expect(isOwned(folder.path)).toBe(false)
  await using next = await start(folder.path)
  expect(await answers(next.connection)).toBe(true)
})

test('an owner that is killed, with its server or without, holds nothing', async () => {
  await using folder = await createTemporaryFolder()
  for (const isServerKilled of [false, true]) {
    const holder = startHolder(folder.path)
    await holder.ready()
    expect(isOwned(folder.path)).toBe(true)
    const pid = (await readPostmasterFile(directoryAt(folder.path).cluster))?.pid ?? Number.NaN
    await holder.end('SIGKILL')
    if (isServerKilled) sendSignal(pid, 'SIGKILL')
    expect(isOwned(folder.path)).toBe(false)
  }

  await using next = await start(folder.path)
  expect(await answers(next.connection)).toBe(true)
  await expect(start(folder.path)).rejects.toMatchObject(inUse)
})

test('the same folder by a symbolic link is the same folder, also while the server is down', async () => {
  await using folder = await createTemporaryFolder()
  await using elsewhere = await createTemporaryFolder()
  const link = join(elsewhere.path, 'link')
  await symlink(folder.path, link)
  const { repair, holder } = await anOwnerWithoutServer(folder.path)

  await expect(start(link)).rejects.toMatchObject(inUse)

  expect(isOwned(link)).toBe(true)
  await repair()
  // Its server writes to the folder until then.
  await holder.end('SIGTERM')
})

test('the same folder by a bind mount is the same folder, also while the server is down', async (context) => {
  await using folder = await createTemporaryFolder()
  const mounted = await mountVolume(['--bind', folder.path]).catch((error: unknown) => error)
  if (mounted instanceof Error) return context.skip(`no bind mount here: ${mounted.message}`)
  await using mount = mounted as MountedVolume
  const { repair, holder } = await anOwnerWithoutServer(folder.path)

  await expect(start(mount.path)).rejects.toMatchObject(inUse)

  expect(isOwned(mount.path)).toBe(true)
  await repair()
  await holder.end('SIGTERM')
})

test('a folder that is copied with its lock file, as to another machine, starts', async () => {
  await using folder = await createTemporaryFolder()
  await using other = await createTemporaryFolder()
  await (await start(folder.path)).stop()
  const holder = startHolder(folder.path)
  await holder.ready()
  await mkdir(join(other.path, 'copy'))
  await cp(join(folder.path, ownerLockFile), join(other.path, 'copy', ownerLockFile))

  expect(isOwned(folder.path)).toBe(true)
  expect(isOwned(join(other.path, 'copy'))).toBe(false)
  await using server = await start(join(other.path, 'copy'))

  expect(await answers(server.connection)).toBe(true)
  await holder.end('SIGTERM')
  await promisify(execFile)('cp', ['-a', folder.path, join(other.path, 'whole')])
  await using whole = await start(join(other.path, 'whole'))
  expect(await answers(whole.connection)).toBe(true)
})

test('stop releases the lock and leaves its empty file only', async () => {
  await using folder = await createTemporaryFolder()
  const server = await start(folder.path)
  // To look from the owner's own process must not end it for others.
  expect(isOwned(folder.path)).toBe(true)
  expect(await isOwnedFromElsewhere(folder.path)).toBe('true')

  await server.stop()

  expect(isOwned(folder.path)).toBe(false)
  expect((await readdir(folder.path)).toSorted()).toEqual([
    ownerLockFile,
    'postgres',
    'postgres.log',
  ])
  expect(await readFile(join(folder.path, ownerLockFile), 'utf8')).toBe('')
  expect(await findServerProcesses(folder.path)).toEqual([])
})
