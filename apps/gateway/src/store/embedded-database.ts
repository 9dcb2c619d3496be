import { resolve } from 'node:path'
import {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  type EmbeddedPostgresOptions,
  openRunningServer,
  requireAnswer,
  type RunningServer,
  startEmbeddedPostgres,
} from '@authscript/embedded-postgres'
import { whyUnreadable } from '../config/named-file.ts'
import { GatewayError } from '../errors.ts'
import { DatabaseUnavailableError } from './database.ts'
import { fileRefused } from './refused-file.ts'

/** The embedded database cannot be used. `code` is that of @authscript/embedded-postgres; nothing was changed. */
export class EmbeddedDatabaseError extends GatewayError {
  override readonly name = 'EmbeddedDatabaseError'
  readonly code: string
  readonly kind = 'permanent'

  /** `directoryKey`: the key that names the directory, as the operator wrote it. */
  constructor(cause: EmbeddedPostgresError, directoryKey = 'Database.Directory') {
    const advice = adviceFor(cause, directoryKey)
    super(advice === undefined ? cause.message : `${cause.message}. ${advice}`, { cause })
    this.code = cause.code
  }
}

function adviceFor(cause: EmbeddedPostgresError, directoryKey: string): string | undefined {
  switch (cause.code) {
    case 'database_folder_in_use':
    case 'database_folder_damaged':
      return `The directory is set by ${directoryKey}`
    case 'database_start':
      // The file system refused the directory: it is a file, belongs to another user, or lies behind a file.
      return cause.cause instanceof Error && 'syscall' in cause.cause && 'path' in cause.cause
        ? `The directory is set by ${directoryKey}: ${whyUnreadable(cause.cause)}; expected a folder on a local disk`
        : undefined
    case 'database_version':
      return (
        'Make a backup with the gateway release that made the directory (authscript backup FILE), and restore it here into an empty one ' +
        '(authscript restore FILE)'
      )
    default:
      return undefined
  }
}

/** The same in every release: a directory keeps the names with which it was created. */
const names = { database: 'gateway', user: 'gateway' } as const

/**
 * Starts the gateway's own PostgreSQL in a directory.
 *
 * @throws {EmbeddedDatabaseError} another gateway uses the directory, it is damaged, or the server cannot start
 */
export async function startEmbeddedDatabase({
  directoryKey,
  ...options
}: Omit<EmbeddedPostgresOptions, 'database' | 'user'> & {
  /** The key that names the directory, as the operator wrote it. @default 'Database.Directory' */
  readonly directoryKey?: string
}): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ ...options, ...names }).catch((error: unknown) =>
    rethrow(error, directoryKey),
  )
}

/**
 * Resolves when the file system of the directory answers, with success or not.
 *
 * @throws {EmbeddedDatabaseError} it does not answer, as a dead network mount does not
 */
export const requireDirectoryAnswer: typeof requireAnswer = (directory, options) =>
  requireAnswer(directory, options).catch((error: unknown) => rethrow(error))

function rethrow(error: unknown, directoryKey?: string): never {
  throw error instanceof EmbeddedPostgresError
    ? new EmbeddedDatabaseError(error, directoryKey)
    : error
}

/**
 * The database that a running gateway has in its directory: `absent` when none runs, `not_now` when it is starting or stopping.
 *
 * @throws {DatabaseUnavailableError} the file system does not let the server use its files
 */
export async function openRunningDatabase(
  directory: string,
): Promise<RunningServer | 'absent' | 'not_now'> {
  const running = await openRunningServer(directory, names)
  if (running === 'files_refused')
    throw new DatabaseUnavailableError(`${fileRefused}: ${resolve(directory)}`)
  return running
}
