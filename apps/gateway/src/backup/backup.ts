import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import gatewayPackage from '../../package.json' with { type: 'json' }
import { formatName, formatVersion } from './backup-format.ts'
import { writeBackup } from './backup-writer.ts'
import { openCopyConnection } from './copy-connection.ts'
import { lastBackupRows } from '../store/last-backup.ts'
import { type AccessOptions, reachDatabase } from './database-access.ts'
import { BackupFileExistsError } from './errors.ts'
import { inSnapshot } from './snapshot.ts'
import { readTable } from './table-copy.ts'

export interface BackupReport {
  readonly file: string
  readonly place: string
  readonly rowCounts: Readonly<Record<string, number>>
  /** False when the database could not note that it was backed up: one that only reads, or of an earlier release. */
  readonly isNoted: boolean
}

/**
 * Writes a consistent snapshot of every backed-up table to a new file. The gateway may run meanwhile.
 *
 * @throws {BackupFileExistsError} the file exists
 * @throws {BackupFileUnusableError} it cannot be written
 * @throws {DatabaseMissingError} there is no database to back up
 */
export async function backUp(file: string, options: AccessOptions): Promise<BackupReport> {
  const path = resolve(file)
  if (existsSync(path)) throw new BackupFileExistsError(path)
  await using database = await reachDatabase(options)
  await using connection = await openCopyConnection(database.connection)
  const { rowCounts } = await inSnapshot(connection, (snapshot) =>
    writeBackup(
      path,
      {
        format: formatName,
        formatVersion,
        gatewayVersion: gatewayPackage.version,
        createdAt: options.clock.now().toISOString(),
        migrations: snapshot.migrations,
        tables: snapshot.tables,
        sequencePositions: snapshot.positions,
      },
      (table) => readTable(connection.client, table),
      options.signal,
    ),
  )
  const rowCount = Object.values(rowCounts).reduce((sum, count) => sum + count, 0)
  const isNoted = await lastBackupRows(connection.db)
    .record(rowCount)
    .then(
      () => true,
      () => false,
    )
  return { file: path, place: connection.place, rowCounts, isNoted }
}
