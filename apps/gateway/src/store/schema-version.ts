import { type Kysely, sql } from 'kysely'
import { GatewayError } from '../errors.ts'
import { migrations } from './migrations/index.ts'
import type { Schema } from './schema.ts'

/** A newer release has changed the schema with migrations that this release does not have. Nothing was changed. */
export class DatabaseSchemaNewerError extends GatewayError {
  override readonly name = 'DatabaseSchemaNewerError'
  readonly code = 'database_schema_newer'
  readonly kind = 'permanent'
  readonly unknownMigrations: readonly string[]

  constructor(unknownMigrations: readonly string[]) {
    super(
      `a newer release has worked on this database: its schema has ${unknownMigrations.join(', ')}, which this release does not ` +
        'know; nothing was changed. Run the newer release, or restore a backup made before it into an empty database',
    )
    this.unknownMigrations = unknownMigrations
  }
}

/** The names that this release does not have. */
export function unknownMigrations(names: readonly string[]): readonly string[] {
  return names.filter((name) => !(name in migrations))
}

/** The migrations that made this schema, in their order; none in a database that no gateway has used yet. */
export async function appliedMigrations(db: Kysely<Schema>): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ isThere: boolean }>`
    select to_regclass('kysely_migration') is not null as "isThere"`.execute(db)
  if (tables[0]?.isThere !== true) return []
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration order by name collate "C"`.execute(db)
  return rows.map(({ name }) => name)
}

/**
 * Returns the migrations that made this schema.
 *
 * @throws {DatabaseSchemaNewerError} this release does not know them all
 */
export async function refuseNewerSchema(db: Kysely<Schema>): Promise<readonly string[]> {
  const applied = await appliedMigrations(db)
  const unknown = unknownMigrations(applied)
  if (unknown.length > 0) throw new DatabaseSchemaNewerError(unknown)
  return applied
}
