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

/** All backed-up tables as they were at one moment. */
export interface Snapshot {
  readonly migrations: readonly string[]
  readonly tables: readonly TableLayout[]
  readonly positions: SequencePositions
}

/**
 * Runs the work while one snapshot of the database is held; who writes meanwhile is neither seen nor delayed. Only a migration waits
 * for it.
 *
 * @throws {DatabaseMissingError} no gateway has been there
 * @throws {DatabaseSchemaNewerError} a newer release was: it may keep what this one does not know of
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
