import { bothNames } from '../config/both-names.ts'
import { sql } from 'kysely'
import { migrate } from '../store/database.ts'
import { refuseNewerSchema } from '../store/schema-version.ts'
import type { CopyConnection } from './copy-connection.ts'
import { DatabaseBusyError, DatabaseNotEmptyError } from './errors.ts'
import { dropSchema, readLayouts, tablesWithRows } from './backed-up-tables.ts'

/** An advisory lock: the same two numbers in every release, so that only one restore or move at a time uses a database, and none copies into itself. */
const copyLock = [0x61_75_74_68, 3] as const

/** What the target database contains. */
export interface Target {
  readonly migrations: readonly string[]
  readonly occupiedTables: readonly string[]
}

/**
 * Locks the target for the current transaction: other writers wait for its end.
 *
 * @throws {DatabaseBusyError} a gateway is connected, or another restore or move is running
 * @throws {DatabaseSchemaNewerError} a newer release has used it
 */
export async function takeTarget({ db, place }: CopyConnection): Promise<Target> {
  const { rows: locks } = await sql<{ isTaken: boolean }>`
    select pg_try_advisory_xact_lock(${copyLock[0]}, ${copyLock[1]}) as "isTaken"`.execute(db)
  if (locks[0]?.isTaken !== true) {
    throw new DatabaseBusyError(place, 'another restore or move is under way')
  }
  const { rows: gateways } = await sql`
    select from pg_stat_activity where datname = current_database()
       and application_name in ('authscript-gateway', 'authscript-gateway-listener', 'authscript-gateway-jobs')
     limit 1`.execute(db)
  if (gateways.length > 0) throw new DatabaseBusyError(place, 'a gateway is at work')
  const migrations = await refuseNewerSchema(db)
  const tables = await readLayouts(db)
  if (tables.length > 0) {
    const names = sql.join(tables.map(({ name }) => sql.table(name)))
    await sql`lock table ${names} in access exclusive mode`.execute(db)
  }
  return { migrations, occupiedTables: await tablesWithRows(db, tables) }
}

/** Holds the lock that `takeTarget` needs until the connection ends: the source of a move cannot be a target. */
export async function refuseAsTarget({ db }: CopyConnection): Promise<void> {
  await sql`select pg_advisory_lock(${copyLock[0]}, ${copyLock[1]})`.execute(db)
}

/**
 * Creates exactly the schema of these migrations in an empty target.
 *
 * @throws {DatabaseNotEmptyError} it has rows
 */
export async function prepareSchema(
  { db, place }: CopyConnection,
  target: Target,
  migrations: readonly string[],
): Promise<void> {
  if (target.occupiedTables.length > 0) {
    throw new DatabaseNotEmptyError(
      place,
      target.occupiedTables,
      `Name an empty folder in ${bothNames('Database.Directory')} or an empty database in ${bothNames('Database.Url')}`,
    )
  }
  // Migrations have no way back, so the schema is created again.
  if (target.migrations.length > migrations.length) await dropSchema(db)
  await migrate(db, migrations.at(-1))
}
