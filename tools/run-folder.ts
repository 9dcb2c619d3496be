import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statfsSync,
} from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/**
 * Tests create and drop hundreds of databases, and PostgreSQL flushes each to the disk: from a folder in memory they run twice as fast.
 */
const memoryFolder = '/dev/shm'
/** A whole run takes 1 GB at most; the rest is for what else the machine does. */
const neededBytes = 4 * 2 ** 30
const prefix = 'authscript-tests-'

/**
 * Makes the folder for the temporary files of this test run, in memory if that has enough space, and returns its path.
 *
 * It is removed when this process ends. The folders of runs that were killed are removed here, with what still runs in them.
 *
 * @param parent where to make it; by default what {@link spaciousFolder} finds
 */
export function createRunFolder(parent?: string): string {
  // Vitest reads its configuration again when the file changes.
  if (basename(tmpdir()).startsWith(`${prefix}${process.pid}-`)) return tmpdir()
  const place = parent ?? spaciousFolder(describeMemory())
  removeAbandonedFolders(place)
  const folder = mkdtempSync(join(place, `${prefix}${process.pid}-`))
  // Open to `nobody`, whom PostgreSQL runs as when the tests run as root.
  chmodSync(folder, 0o755)
  process.on('exit', () => remove(folder))
  return folder
}

export interface MemoryState {
  /** The text of `/proc/mounts`; empty where there is none. */
  readonly mounts: string
  readonly freeFolderBytes: number
  readonly freeMemoryBytes: number
}

/** The folder in memory if it has enough space and may hold programs (some tests write scripts and start them); else the system's. */
export function spaciousFolder({ mounts, freeFolderBytes, freeMemoryBytes }: MemoryState): string {
  const mount = mounts.split('\n').find((line) => line.split(' ')[1] === memoryFolder)
  const options = mount?.split(' ')[3]?.split(',') ?? ['noexec']
  const hasSpace = Math.min(freeFolderBytes, freeMemoryBytes) >= neededBytes
  return hasSpace && !options.includes('noexec') && !options.includes('ro')
    ? memoryFolder
    : tmpdir()
}

function describeMemory(): MemoryState {
  try {
    const { bavail, bsize } = statfsSync(memoryFolder)
    return {
      mounts: readFileSync('/proc/mounts', 'utf8'),
      freeFolderBytes: bavail * bsize,
      freeMemoryBytes: freemem(),
    }
  } catch {
    return { mounts: '', freeFolderBytes: 0, freeMemoryBytes: 0 }
  }
}

function removeAbandonedFolders(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix) || isAlive(Number.parseInt(name.slice(prefix.length), 10)))
      continue
    const folder = join(parent, name)
    for (const pid of processesIn(folder)) kill(pid)
    remove(folder)
  }
}

/** The processes whose working folder is in this one: the servers of a run that was killed. */
function processesIn(folder: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readlinkSync(`/proc/${name}/cwd`).startsWith(`${folder}/`)
      } catch {
        return false // It ended in the meantime, or belongs to another user.
      }
    })
    .map(Number)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Another user's folder stays. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  } catch {}
}
