import { bothNames } from '../config/both-names.ts'
import { type Kysely, sql } from 'kysely'
import { GatewayError } from '../errors.ts'
import type { Schema } from './schema.ts'

/** The content of this database was moved to another. To continue here would give two versions of it. */
export class DatabaseMovedError extends GatewayError {
  override readonly name = 'DatabaseMovedError'
  readonly code = 'database_moved'
  readonly kind = 'permanent'
  readonly target: string

  constructor(target: string, movedAt: Date) {
    super(
      `this database was moved to ${target} on ${movedAt.toISOString()}; set ${bothNames('Database.Url')} to work there`,
    )
    this.target = target
  }
}

/** Records that a database's content has moved; `target` is host, port and name, never a password. */
export function relocationRows(db: Kysely<Schema>) {
  return {
    async record(target: string): Promise<void> {
      await db.insertInto('relocations').values({ target, moved_at: sql<Date>`now()` }).execute()
    },

    async latest() {
      return db
        .selectFrom('relocations')
        .selectAll()
        .orderBy('moved_at', 'desc')
        .limit(1)
        .executeTakeFirst()
    },
  }
}

/** @throws {DatabaseMovedError} its content was moved to another server */
export async function refuseIfMoved(db: Kysely<Schema>): Promise<void> {
  const moved = await relocationRows(db).latest()
  if (moved !== undefined) throw new DatabaseMovedError(moved.target, moved.moved_at)
}
