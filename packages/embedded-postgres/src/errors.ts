import { GatewayError } from '../../../apps/gateway/src/errors.ts'

/** Another gateway (or another PostgreSQL) works in this folder. Nothing of it was touched. */
export class DatabaseFolderInUseError extends GatewayError {
  override readonly name = 'DatabaseFolderInUseError'
  readonly code = 'database_folder_in_use'
  readonly kind = 'permanent'
  readonly directory: string

  constructor(directory: string, holder: string) {
    super(
      `${directory} is in use by ${holder}; stop it, or name another folder in Database__Directory`,
    )
    this.directory = directory
  }
}

/** The folder holds something that is not a whole database. It was left exactly as found. */
export class DatabaseFolderDamagedError extends GatewayError {
  override readonly name = 'DatabaseFolderDamagedError'
  readonly code = 'database_folder_damaged'
  readonly kind = 'permanent'
  readonly directory: string

  constructor(directory: string, finding: string) {
    super(
      `${directory} is not a usable database folder: ${finding}; nothing was changed. ` +
        'Restore the folder from a backup, or name an empty one in Database__Directory',
    )
    this.directory = directory
  }
}

/** The folder was made by another major version of PostgreSQL, whose files ours cannot read. It was left exactly as found. */
export class DatabaseVersionError extends GatewayError {
  override readonly name = 'DatabaseVersionError'
  readonly code = 'database_version'
  readonly kind = 'permanent'
  readonly found: string
  readonly expected: number

  constructor(directory: string, found: string, expected: number) {
    super(
      `${directory} was made by PostgreSQL ${found}, this gateway brings PostgreSQL ${expected}; nothing was changed. ` +
        'Make a backup with the gateway release that made the folder (npm run backup -- FILE) and restore it here into an empty one (npm run restore -- FILE)',
    )
    this.found = found
    this.expected = expected
  }
}

/** PostgreSQL could not be brought up. The message ends with what the server itself said last. */
export class DatabaseStartError extends GatewayError {
  override readonly name = 'DatabaseStartError'
  readonly code = 'database_start'
  readonly kind = 'permanent'

  constructor(problem: string, options: { output?: string; cause?: unknown } = {}) {
    const said = options.output?.trim() ?? ''
    super(
      said === '' ? problem : `${problem}; it said:\n${said}`,
      options.cause === undefined ? {} : { cause: options.cause },
    )
  }
}
