import { resolve } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { migrate } from '../store/database.ts'
import type { KindOfRows } from '../store/job-rows.ts'
import type { Schema } from '../store/schema.ts'
import type { BackupHeader } from './backup-format.ts'
import { readBackup, verifyBackup } from './backup-reader.ts'
import { inTransaction, openCopyConnection } from './copy-connection.ts'
import { type AccessOptions, takeDatabase } from './database-access.ts'
import { prepareSchema, takeTarget } from './empty-target.ts'
import { BackupInvalidError } from './errors.ts'
import { setPositions } from './backed-up-tables.ts'
import { loadTable } from './table-copy.ts'

export interface RestoreOptions extends AccessOptions {
  /** Their rows that had a worker are queued again. */
  readonly jobKinds: readonly Pick<KindOfRows, 'rows'>[]
}

export interface RestoreReport {
  readonly place: string
  readonly createdAt: string
  readonly rowCounts: Readonly<Record<string, number>>
}

/**
 * Restores a backup into an empty database, completely or not at all: the file is read to its end before anything is written, and all
 * of it is written in one transaction.
 *
 * @throws {BackupInvalidError} the file is not a backup, truncated, or altered
 * @throws {BackupNewerError} a newer release made it
 * @throws {DatabaseNotEmptyError} the database has rows
 * @throws {EmbeddedDatabaseError} a gateway runs on the directory
 * @throws {DatabaseBusyError} a gateway runs on the server
 */
export async function restore(file: string, options: RestoreOptions): Promise<RestoreReport> {
  const { signal } = options
  const path = resolve(file)
  const { header, trailer } = await verifyBackup(path, signal)
  await using database = await takeDatabase(options)
  await using connection = await openCopyConnection(database.connection)
  await inTransaction(connection, async (target) => {
    await prepareSchema(target, await takeTarget(target), header.migrations)
    const loaded = await readBackup(
      path,
      (table, rows) => loadTable(target.client, table, rows, signal),
      signal,
    )
    if (loaded.trailer.sha256 !== trailer.sha256) {
      throw new BackupInvalidError(path, 'it was replaced while it was read')
    }
    await queueWhatRan(target.db, header, options.jobKinds)
    await setPositions(target.db, header.tables, header.sequencePositions)
    await migrate(target.db)
    signal.throwIfAborted()
  })
  return { place: connection.place, createdAt: header.createdAt, rowCounts: trailer.rowCounts }
}

/** The restored rows have no worker. A document that was being sent keeps `sending_since`: it is searched before it is sent again. */
async function queueWhatRan(
  db: Kysely<Schema>,
  { tables }: BackupHeader,
  jobKinds: RestoreOptions['jobKinds'],
): Promise<void> {
  for (const { table, stateColumn, workingState } of jobKinds.map(({ rows }) => rows)) {
    // Backups of earlier releases do not have every table.
    if (!tables.some(({ name }) => name === table)) continue
    await sql`update ${sql.table(table)} set ${sql.ref(stateColumn)} = 'queued' where ${sql.ref(stateColumn)} = ${workingState}`.execute(
      db,
    )
  }
}
