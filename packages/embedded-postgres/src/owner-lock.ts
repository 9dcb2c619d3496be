import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Clock } from './clock.ts'
import { DatabaseFolderInUseError, DatabaseStartError } from './errors.ts'

/** Hidden: a directory with nothing else counts as empty. */
export const ownerLockFile = '.owner.lock'

/** Somebody who only looks whether it is held has it for a moment. */
const timeoutMs = 500
const retryIntervalMs = 20
/** SQLITE_BUSY. @see https://www.sqlite.org/rescode.html#busy */
const busy = 5

/**
 * The right to start servers in a directory, from the first start until `release`. The lock in PostgreSQL (`DirectoryLock`) ends with the
 * server, and would leave the directory to any process between a crash and the restart.
 *
 * The kernel has it, on an empty file that stays: it ends with this process, however that dies, so that there is no pid which may be
 * another process's by now. It belongs to the file, whatever path leads to it, and a copy of the file is not locked. SQLite takes it,
 * because Node has no such call of its own; nothing is written. Nothing else in this process may open the file: to close it would
 * release the lock.
 *
 * @see https://man7.org/linux/man-pages/man2/F_SETLK.2const.html
 */
export class OwnerLock {
  readonly #file: DatabaseSync

  private constructor(file: DatabaseSync) {
    this.#file = file
  }

  /**
   * @throws {DatabaseFolderInUseError} another process has it, or another start in this one
   * @throws {DatabaseStartError} the file system does not lock files
   */
  static async take(directory: string, clock: Clock, signal: AbortSignal): Promise<OwnerLock> {
    for (let waitedMs = 0; ; waitedMs += retryIntervalMs) {
      signal.throwIfAborted()
      const file = lock(directory)
      if (file !== undefined) return new OwnerLock(file)
      if (waitedMs >= timeoutMs) throw new DatabaseFolderInUseError(directory)
      await clock.sleep(retryIntervalMs, signal)
    }
  }

  /** The file stays: one that is removed could be locked by two processes, each with a file of its own. */
  release(): void {
    if (this.#file.isOpen) this.#file.close()
  }
}

/** Undefined when it is held. */
function lock(directory: string): DatabaseSync | undefined {
  let file: DatabaseSync | undefined
  try {
    file = new DatabaseSync(join(directory, ownerLockFile))
    // Otherwise a file beside it, which a full disk would refuse.
    file.exec('pragma journal_mode = memory; begin exclusive')
    return file
  } catch (error) {
    if (file?.isOpen === true) file.close()
    if (isBusy(error)) return undefined
    throw new DatabaseStartError(
      `${join(directory, ownerLockFile)} cannot be locked (${reasonOf(error)}); choose a directory on a local disk`,
      { cause: error },
    )
  }
}

/** Whether a process has the directory, with its server running or not; undefined when that cannot be known. Changes nothing. */
export function isOwned(directory: string): boolean | undefined {
  const path = join(directory, ownerLockFile)
  // None was made yet, or by a release that had none.
  if (!existsSync(path)) return false
  let file: DatabaseSync | undefined
  try {
    file = new DatabaseSync(path, { readOnly: true })
    file.exec('select count(*) from sqlite_schema')
    return false
  } catch (error) {
    return isBusy(error) ? true : undefined
  } finally {
    if (file?.isOpen === true) file.close()
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === busy

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'errstr' in error ? String(error.errstr) : 'unknown reason'
