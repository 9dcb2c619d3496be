import pg from 'pg'
import { classifyDatabaseError } from '../store/database.ts'
import { refuseNewerSchema } from '../store/schema-version.ts'
import { type CopyConnection, prepareForCopy } from './copy-connection.ts'
import { DatabaseMissingError } from './errors.ts'
import {
  readLayouts,
  readPositions,
  type SequencePositions,
  type TableLayout,
} from './backed-up-tables.ts'

/** A consistent snapshot of all backed-up tables. */
export interface Snapshot {
  readonly migrations: readonly string[]
  readonly tables: readonly TableLayout[]
  readonly positions: SequencePositions
}

/**
 * Runs the work on one snapshot of the database. Concurrent writes are neither visible nor delayed; only a migration waits
 * for its end.
 *
 * @throws {DatabaseMissingError} no gateway has used the database
 * @throws {DatabaseSchemaNewerError} a newer release has used it: it may have tables that this one does not know
 */
export async function inSnapshot<Result>(
  connection: CopyConnection,
  work: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(await begin(connection))
  } catch (error) {
    throw classifyDatabaseError(error)
  } finally {
    await connection.client.query('rollback').catch(() => undefined)
  }
}

async function begin({ client, db, place }: CopyConnection): Promise<Snapshot> {
  for (;;) {
    const locked = await readLayouts(db)
    if (locked.length === 0) throw new DatabaseMissingError(place)
    await client.query('begin isolation level repeatable read read only')
    await prepareForCopy(client)
    // Before the snapshot: a table that a migration rewrites after it would look empty.
    const names = locked.map(({ name }) => pg.escapeIdentifier(name)).join(', ')
    await client.query(`lock table ${names} in access share mode`)
    const tables = await readLayouts(db)
    if (JSON.stringify(tables) === JSON.stringify(locked)) {
      const migrations = await refuseNewerSchema(db)
      return { migrations, tables, positions: await readPositions(db, tables) }
    }
    await client.query('rollback')
  }
}
