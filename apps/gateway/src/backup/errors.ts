import { bothNames } from '../config/both-names.ts'
import { GatewayError } from '../errors.ts'

/** There is no gateway database to back up or to move. Nothing was changed. */
export class DatabaseMissingError extends GatewayError {
  override readonly name = 'DatabaseMissingError'
  readonly code = 'database_missing'
  readonly kind = 'permanent'

  constructor(place: string) {
    super(
      `${place} holds no database of a gateway; check ${bothNames('Database.Directory')} or ${bothNames('Database.Url')} (a gateway makes it at its first start)`,
    )
  }
}

/** The target has rows, which must not be mixed with others. Nothing was changed. */
export class DatabaseNotEmptyError extends GatewayError {
  override readonly name = 'DatabaseNotEmptyError'
  readonly code = 'database_not_empty'
  readonly kind = 'permanent'
  readonly tables: readonly string[]

  constructor(place: string, tables: readonly string[], advice: string) {
    super(`${place} is not empty (rows in ${tables.join(', ')}); nothing was changed. ${advice}`)
    this.tables = tables
  }
}

/** A gateway, or another restore or move, uses the target. Nothing was changed. */
export class DatabaseBusyError extends GatewayError {
  override readonly name = 'DatabaseBusyError'
  readonly code = 'database_busy'
  readonly kind = 'permanent'

  constructor(place: string, occupant: string) {
    super(`${occupant} in ${place}; nothing was changed. Stop it, then try again`)
  }
}

/** A table could not be copied. The whole copy was rolled back. `sqlState` has the cause; the row itself is not shown. */
export class TableCopyError extends GatewayError {
  override readonly name = 'TableCopyError'
  readonly code = 'table_copy_failed'
  readonly kind = 'permanent'
  readonly table: string
  readonly sqlState: string

  constructor(table: string, sqlState: string, options: ErrorOptions) {
    super(
      `table ${table} could not be copied (SQLSTATE ${sqlState}); nothing was changed. ` +
        "The database's log may have more details",
      options,
    )
    this.table = table
    this.sqlState = sqlState
  }
}

/** Both sides differed after the copy, so it was rolled back: something on the target changes rows when they are inserted. */
export class RelocationMismatchError extends GatewayError {
  override readonly name = 'RelocationMismatchError'
  readonly code = 'relocation_mismatch'
  readonly kind = 'permanent'
  readonly tables: readonly string[]

  constructor(target: string, tables: readonly string[]) {
    super(
      `what arrived in ${target} differs from what was sent (${tables.join(', ')}); nothing was changed there. ` +
        'Look for triggers or rules on it, or name an empty database',
    )
    this.tables = tables
  }
}

/** A file of this name exists. It was not changed. */
export class BackupFileExistsError extends GatewayError {
  override readonly name = 'BackupFileExistsError'
  readonly code = 'backup_file_exists'
  readonly kind = 'permanent'

  constructor(file: string) {
    super(
      file.endsWith('.part')
        ? `${file} exists: another backup is writing it, or one was killed; remove it if none is running`
        : `${file} exists and was left as it is; name another file`,
    )
  }
}

/** The file cannot be read or written: permissions, disk space, or a missing folder. */
export class BackupFileUnusableError extends GatewayError {
  override readonly name = 'BackupFileUnusableError'
  readonly code = 'backup_file_unusable'
  readonly kind = 'permanent'

  constructor(file: string, need: 'read' | 'written', reason: string, options: ErrorOptions) {
    super(
      `${file} cannot be ${need}: ${reason}${need === 'written' ? '; nothing was backed up, so choose another place or make this one writable' : ''}`,
      options,
    )
  }
}

/** The file is not one of our backups, or is incomplete. Nothing was written. */
export class BackupInvalidError extends GatewayError {
  override readonly name = 'BackupInvalidError'
  readonly code = 'backup_invalid'
  readonly kind = 'permanent'

  constructor(file: string, finding: string, options: ErrorOptions = {}) {
    super(`${file} is not a complete backup: ${finding}; nothing was written`, options)
  }
}

/** A newer release made the backup. Nothing was written. */
export class BackupNewerError extends GatewayError {
  override readonly name = 'BackupNewerError'
  readonly code = 'backup_newer'
  readonly kind = 'permanent'

  constructor(file: string, gatewayVersion: string, novelty: string) {
    super(
      `${file} was made by a newer release (${gatewayVersion}): ${novelty}; nothing was written. Restore it with that release`,
    )
  }
}
