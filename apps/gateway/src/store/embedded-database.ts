import {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  type EmbeddedPostgresOptions,
  openRunningServer,
  requireAnswer,
  startEmbeddedPostgres,
} from '@authscript/embedded-postgres'
import { GatewayError } from '../errors.ts'

/** The embedded database cannot be used. `code` is the one that @authscript/embedded-postgres gave; nothing was changed. */
export class EmbeddedDatabaseError extends GatewayError {
  override readonly name = 'EmbeddedDatabaseError'
  readonly code: string
  readonly kind = 'permanent'

  constructor(cause: EmbeddedPostgresError) {
    const advice = adviceFor[cause.code]
    super(advice === undefined ? cause.message : `${cause.message}. ${advice}`, { cause })
    this.code = cause.code
  }
}

const directoryKey = 'The directory is set by Database__Directory'
const adviceFor: Readonly<Record<string, string>> = {
  database_folder_in_use: directoryKey,
  database_folder_damaged: directoryKey,
  database_version:
    'Make a backup with the gateway release that made the directory (authscript backup FILE), and restore it here into an empty one ' +
    '(authscript restore FILE)',
}

/** The same in every release: a directory keeps the names that it was made with. */
const names = { database: 'gateway', user: 'gateway' } as const

/**
 * Starts the gateway's own PostgreSQL in a directory.
 *
 * @throws {EmbeddedDatabaseError} another gateway uses the directory, it is damaged, or the server cannot start
 */
export async function startEmbeddedDatabase(
  options: Omit<EmbeddedPostgresOptions, 'database' | 'user'>,
): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ ...options, ...names }).catch(rethrow)
}

/**
 * Resolves when the file system of the directory answers, with success or not.
 *
 * @throws {EmbeddedDatabaseError} it does not answer, as a dead network mount does not
 */
export const requireDirectoryAnswer: typeof requireAnswer = (directory, options) =>
  requireAnswer(directory, options).catch(rethrow)

function rethrow(error: unknown): never {
  throw error instanceof EmbeddedPostgresError ? new EmbeddedDatabaseError(error) : error
}

/** The database that a running gateway has in its directory: `absent` when none runs, `not_now` when it is starting or stopping. */
export const openRunningDatabase = (directory: string) => openRunningServer(directory, names)
