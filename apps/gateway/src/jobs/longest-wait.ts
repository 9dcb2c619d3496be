import { type Kysely, sql } from 'kysely'
import type { Schema } from '../store/schema.ts'
import { practicePrefix, schema } from './durable-queue.ts'
import { jobIdSql } from './job-id.ts'
import type { JobKind } from './job-kind.ts'

/**
 * For how long the row that has waited longest has been in the queue, in ms by the database's clock; null: none waits. A row that was
 * queued again (redriven, released) waits since then, however old it is, and one that has a time for its durable retry does not wait.
 */
export async function longestWaitMs(
  db: Kysely<Schema>,
  kind: Pick<JobKind, 'name' | 'identity' | 'rows'>,
): Promise<number | null> {
  const jobs = `${schema}.job`
  const isThere = await sql<{ found: boolean }>`
    select to_regclass(${jobs}) is not null as found`.execute(db)
  // A database on which no gateway has run yet.
  if (isThere.rows[0]?.found !== true) return null
  const { table, stateColumn, createdColumn } = kind.rows
  const queuedAt = sql`coalesce(j.start_after, ${sql.ref(`r.${createdColumn}`)})`
  const { rows } = await sql<{ waitedMs: number | null }>`
    select (extract(epoch from now() - min(${queuedAt})) * 1000)::float8 as "waitedMs"
      from ${sql.table(table)} r
      left join ${sql.table(jobs)} j on j.name = ${practicePrefix} || r.practice_id and j.id = ${jobIdSql(kind, 'r')}
     where ${sql.ref(`r.${stateColumn}`)} = 'queued' and r.next_attempt_at is null and ${queuedAt} <= now()`.execute(
    db,
  )
  return rows[0]?.waitedMs ?? null
}
