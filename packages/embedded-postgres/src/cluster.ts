import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  access,
  constants,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
} from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { DatabaseFolderDamagedError, DatabaseStartError, DatabaseVersionError } from './errors.ts'
import type { Directory } from './directory.ts'
import { isAlive } from './server-processes.ts'
import { giveTo, type ServerUser } from './server-user.ts'

/** No server starts without these; PostgreSQL checks everything below them itself. */
const essentials = ['PG_VERSION', 'base', 'global/pg_control', 'pg_wal', 'pg_xact']

/**
 * Whether the directory holds a database yet. Reads only.
 *
 * @throws {DatabaseFolderDamagedError} it holds part of one, or files of something else
 * @throws {DatabaseVersionError} it holds one of another major version
 */
export async function inspectCluster(
  { path: directory, cluster }: Directory,
  majorVersion: number,
): Promise<'absent' | 'present'> {
  // In this order: if another process starts a server meanwhile, its log appears after its database.
  const otherEntries = (await entriesOf(directory)).filter((name) => !isHarmless(name))
  const entries = await entriesOf(cluster)
  if (entries.length === 0) {
    if (otherEntries.length === 0) return 'absent'
    throw new DatabaseFolderDamagedError(
      directory,
      `it has no database but ${otherEntries.length} other entries (${otherEntries.slice(0, 3).join(', ')})`,
    )
  }
  for (const path of essentials) {
    if (!(await exists(join(cluster, path)))) {
      throw new DatabaseFolderDamagedError(directory, `postgres/${path} is missing`)
    }
  }
  const found = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  if (!/^\d+(\.\d+)?$/.test(found)) {
    throw new DatabaseFolderDamagedError(directory, 'postgres/PG_VERSION names no version')
  }
  if (found !== String(majorVersion)) throw new DatabaseVersionError(directory, found, majorVersion)
  return 'present'
}

/** Hidden files are ours or the system's; a new volume comes with `lost+found`. */
const isHarmless = (name: string) =>
  name.startsWith('.') || name === 'lost+found' || name === 'postgres'

const creationPrefix = '.creating-'

/** What this process is creating now. Any other draft with our pid is from an earlier process with the same pid. */
const ownDrafts = new Set<string>()

interface Users {
  /** Who runs PostgreSQL in the operating system. */
  readonly serverUser: ServerUser
  /** Who owns everything in the database. */
  readonly databaseUser: string
}

/**
 * Makes the database beside its place and moves it there in one step: a kill in between leaves nothing that looks like a database.
 *
 * @throws {DatabaseStartError} initdb fails; with its output
 */
export async function createCluster(
  directory: Directory,
  binaries: Binaries,
  users: Users,
  signal: AbortSignal,
): Promise<void> {
  await removeAbandonedDrafts(directory.path)
  const name = `${creationPrefix}${process.pid}-${randomUUID()}`
  const draft = join(directory.path, name)
  // Before it exists: another start in this process would take it for abandoned.
  ownDrafts.add(name)
  try {
    await mkdir(draft, { mode: 0o700 })
    await giveTo(users.serverUser.owner, draft)
    await runInitdb(draft, binaries, users, signal)
    await rename(draft, directory.cluster)
    await syncFolder(directory.path)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Another process made it first; the directory lock decides which of the two may use it.
    if (['ENOTEMPTY', 'EEXIST'].includes(String((error as NodeJS.ErrnoException).code))) return
    throw error
  } finally {
    ownDrafts.delete(name)
  }
}

async function runInitdb(
  draft: string,
  binaries: Binaries,
  { serverUser, databaseUser }: Users,
  signal: AbortSignal,
): Promise<void> {
  const initdb = serverUser.spawn(
    binaries.initdb,
    [
      `--pgdata=${draft}`,
      `--username=${databaseUser}`,
      '--encoding=UTF8',
      '--locale=C',
      // Sorts by code point like C, but `lower` handles every alphabet. It is part of PostgreSQL, so it is the same on every machine.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      '--auth-local=trust',
      '--auth-host=reject',
      '--no-instructions',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], signal },
  )
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000)
  }
  initdb.stdout?.on('data', keep)
  initdb.stderr?.on('data', keep)
  let code: unknown
  try {
    ;[code] = await once(initdb, 'close')
  } catch (cause) {
    signal.throwIfAborted()
    throw new DatabaseStartError('initdb cannot be run', { cause })
  }
  if (code !== 0) throw new DatabaseStartError('initdb could not make the database', { output })
}

/** A process that was killed while creating left its draft; the draft of one that still lives is in use. */
async function removeAbandonedDrafts(directory: string): Promise<void> {
  for (const name of await entriesOf(directory)) {
    if (!name.startsWith(creationPrefix)) continue
    const pid = Number.parseInt(name.slice(creationPrefix.length), 10)
    if (pid === process.pid ? ownDrafts.has(name) : isAlive(pid)) continue
    // Its initdb may still be writing; the next start tries again.
    await rm(join(directory, name), { recursive: true, force: true }).catch(() => {})
  }
}

/** @throws {DatabaseStartError} the directory cannot be made or entered */
export async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true })
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new DatabaseStartError(
      `${directory} cannot be used (${String((cause as NodeJS.ErrnoException).code)}); choose another directory`,
      { cause },
    )
  }
}

async function syncFolder(path: string): Promise<void> {
  await using handle = await open(path, 'r')
  await handle.sync()
}

async function entriesOf(path: string): Promise<readonly string[]> {
  try {
    return await readdir(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new DatabaseStartError(`${path} cannot be read; it may belong to another user`, {
      cause: error,
    })
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
