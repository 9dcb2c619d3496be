import { resolve } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { migrate } from '../store/database.ts'
import type { Schema } from '../store/schema.ts'
import type { BackupHeader } from './backup-format.ts'
import { readBackup, verifyBackup } from './backup-reader.ts'
import { inTransaction, openCopyConnection } from './copy-connection.ts'
import { type AccessOptions, takeDatabase } from './database-access.ts'
import { prepareSchema, takeTarget } from './empty-target.ts'
import { BackupInvalidError } from './errors.ts'
import { setPositions } from './backed-up-tables.ts'
import { loadTable } from './table-copy.ts'

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
export async function restore(file: string, options: AccessOptions): Promise<RestoreReport> {
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
    await queueWhatRan(target.db, header)
    await setPositions(target.db, header.tables, header.sequencePositions)
    await migrate(target.db)
    signal.throwIfAborted()
  })
  return { place: connection.place, createdAt: header.createdAt, rowCounts: trailer.rowCounts }
}

/** The states of rows that a worker had when they were backed up. Each kind of job has an entry. */
export const statesWithWorker = [
  { table: 'encounters', stateColumn: 'processing', state: 'running' },
  { table: 'write_backs', stateColumn: 'state', state: 'writing' },
] as const

/** The restored rows have no worker. A document that was being sent keeps `sending_since`: it is searched before it is sent again. */
async function queueWhatRan(db: Kysely<Schema>, { tables }: BackupHeader): Promise<void> {
  for (const { table, stateColumn, state } of statesWithWorker) {
    // Backups of earlier releases do not have every table.
    if (!tables.some(({ name }) => name === table)) continue
    await sql`update ${sql.table(table)} set ${sql.ref(stateColumn)} = 'queued' where ${sql.ref(stateColumn)} = ${state}`.execute(
      db,
    )
  }
}
