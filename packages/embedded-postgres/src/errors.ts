/** Base of every error that this package throws on purpose. `code` tells them apart and does not change between releases. */
export abstract class EmbeddedPostgresError extends Error {
  abstract readonly code: string
}

/** Another process (or another PostgreSQL) uses this directory. Nothing in it was changed. */
export class DatabaseFolderInUseError extends EmbeddedPostgresError {
  override readonly name = 'DatabaseFolderInUseError'
  readonly code = 'database_folder_in_use'
  readonly directory: string

  constructor(directory: string, holder = 'another process') {
    super(`${directory} is in use by ${holder}; stop it, or choose another directory`)
    this.directory = directory
  }
}

/** The directory holds something that is not a complete database. Nothing in it was changed. */
export class DatabaseFolderDamagedError extends EmbeddedPostgresError {
  override readonly name = 'DatabaseFolderDamagedError'
  readonly code = 'database_folder_damaged'
  readonly directory: string

  constructor(directory: string, finding: string) {
    super(
      `${directory} is not a usable database directory: ${finding}; nothing was changed. ` +
        'Restore the directory from a backup, or choose an empty one',
    )
    this.directory = directory
  }
}

/** Another major version of PostgreSQL made the directory, and this one cannot read its files. Nothing in it was changed. */
export class DatabaseVersionError extends EmbeddedPostgresError {
  override readonly name = 'DatabaseVersionError'
  readonly code = 'database_version'
  readonly found: string
  readonly expected: number

  constructor(directory: string, found: string, expected: number) {
    super(
      `${directory} was made by PostgreSQL ${found}, and PostgreSQL ${expected} is installed; nothing was changed. ` +
        'Export the data with the release that made the directory, and import it into an empty one',
    )
    this.found = found
    this.expected = expected
  }
}

/** PostgreSQL could not be started. The message ends with the last output of the server. */
export class DatabaseStartError extends EmbeddedPostgresError {
  override readonly name = 'DatabaseStartError'
  readonly code = 'database_start'

  constructor(problem: string, options: { output?: string; cause?: unknown } = {}) {
    const output = options.output?.trim() ?? ''
    super(
      output === '' ? problem : `${problem}; its output was:\n${output}`,
      options.cause === undefined ? {} : { cause: options.cause },
    )
  }
}
