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
import type { Folder } from './folder.ts'
import { isAlive } from './processes.ts'
import { giveTo, type ServerUser } from './server-user.ts'
import { serverUserName } from './server-settings.ts'

/** Without these no server starts; what lies deeper PostgreSQL checks itself. */
const essentials = ['PG_VERSION', 'base', 'global/pg_control', 'pg_wal', 'pg_xact']

/**
 * Whether the folder holds a database yet. Looks only.
 *
 * @throws {DatabaseFolderDamagedError} it holds part of one, or other people's files
 * @throws {DatabaseVersionError} it holds one of another major version
 */
export async function inspectCluster(
  folder: Folder,
  majorVersion: number,
): Promise<'absent' | 'present'> {
  const { directory, cluster } = folder
  // In this order: the log of a server that another gateway starts meanwhile comes after its database.
  const strangers = (await entriesOf(directory)).filter((name) => !isHarmless(name))
  const entries = await entriesOf(cluster)
  if (entries.length === 0) {
    if (strangers.length === 0) return 'absent'
    throw new DatabaseFolderDamagedError(
      directory,
      `it has no database but ${strangers.length} other entries (${strangers.slice(0, 3).join(', ')})`,
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

/** Hidden files are ours or the system's; `lost+found` is what a fresh volume comes with. */
const isHarmless = (name: string) =>
  name.startsWith('.') || name === 'lost+found' || name === 'postgres'

const creationPrefix = '.creating-'

/** What this process is creating now. A draft with our pid that is not among them is from a pid's earlier life. */
const ownDrafts = new Set<string>()

/**
 * Makes the database beside its place and moves it there in one step: a kill on the way leaves nothing that looks like one.
 *
 * @throws {DatabaseStartError} when initdb fails, with what it said
 */
export async function createCluster(
  folder: Folder,
  binaries: Binaries,
  user: ServerUser,
  signal: AbortSignal,
): Promise<void> {
  await removeAbandonedCreations(folder.directory)
  const name = `${creationPrefix}${process.pid}-${randomUUID()}`
  const draft = join(folder.directory, name)
  // Before it exists: another start of this process would take it for abandoned.
  ownDrafts.add(name)
  try {
    await mkdir(draft, { mode: 0o700 })
    await giveTo(user.owner, draft)
    await runInitdb(draft, binaries, user, signal)
    await rename(draft, folder.cluster)
    await syncFolder(folder.directory)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Another gateway was first; which of the two may stay is the folder lock's question.
    if (['ENOTEMPTY', 'EEXIST'].includes(String((error as NodeJS.ErrnoException).code))) return
    throw error
  } finally {
    ownDrafts.delete(name)
  }
}

async function runInitdb(
  draft: string,
  binaries: Binaries,
  user: ServerUser,
  signal: AbortSignal,
): Promise<void> {
  const initdb = user.spawn(
    binaries.initdb,
    [
      `--pgdata=${draft}`,
      `--username=${serverUserName}`,
      '--encoding=UTF8',
      '--locale=C',
      // Ordered by code point like C, but `lower` knows every alphabet; part of PostgreSQL, so the same on every machine.
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

/** A gateway that was killed while creating left its draft; one that still lives is creating. */
async function removeAbandonedCreations(directory: string): Promise<void> {
  for (const name of await entriesOf(directory)) {
    if (!name.startsWith(creationPrefix)) continue
    const pid = Number.parseInt(name.slice(creationPrefix.length), 10)
    if (pid === process.pid ? ownDrafts.has(name) : isAlive(pid)) continue
    // Its initdb may still be writing; the next start tries again.
    await rm(join(directory, name), { recursive: true, force: true }).catch(() => {})
  }
}

/** @throws {DatabaseStartError} when the folder cannot be made or entered */
export async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true })
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new DatabaseStartError(
      `${directory} cannot be used (${String((cause as NodeJS.ErrnoException).code)}); name another folder in Database__Directory`,
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
