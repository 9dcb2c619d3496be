import { type Kysely, sql } from 'kysely'
import type { Schema } from '../store/schema.ts'
import { jobIdSql } from './job-id.ts'
import type { JobKind } from './job-kind.ts'
import type { JobKinds } from './job-kinds.ts'
import { payloadSql, toJob } from './job-of-row.ts'
import type { Job } from './job.ts'

export interface MissingJob {
  readonly job: Job
  /** When its durable retry is due; undefined: now. */
  readonly startAfter: Date | undefined
}

interface QueueNames {
  readonly schema: string
  readonly practicePrefix: string
  readonly abandonedName: string
}

/**
 * The rows that are unfinished while the queue has no open job for them. Row and job change in one transaction, so a single statement finds
 * no row whose job is just being changed. There are such rows after a restore, because a backup has no jobs.
 */
export async function findMissingJobs(
  db: Kysely<Schema>,
  kinds: JobKinds,
  names: QueueNames,
): Promise<readonly MissingJob[]> {
  const missing: MissingJob[] = []
  for (const kind of kinds.all) missing.push(...(await missingOf(kind, db, names)))
  return missing
}

async function missingOf(
  kind: JobKind,
  db: Kysely<Schema>,
  { schema, practicePrefix, abandonedName }: QueueNames,
): Promise<readonly MissingJob[]> {
  const { table, stateColumn, workingState } = kind.rows
  const jobs = sql.table(`${schema}.job`)
  const id = jobIdSql(kind, 'r')
  const { rows } = await sql<Record<string, unknown> & { startAfter: Date | null }>`
    select ${payloadSql(kind, 'r')}, r.next_attempt_at as "startAfter" from ${sql.table(table)} r
     where ${sql.ref(`r.${stateColumn}`)} in ('queued', ${workingState})
       and not exists (select from ${jobs} j where j.name = ${practicePrefix} || r.practice_id
                          and j.id = ${id} and j.state < 'completed')
       and not exists (select from ${jobs} j where j.name = ${abandonedName}
                          and j.source_id = ${id} and j.state < 'completed')`.execute(db)
  return rows.map(({ startAfter, ...row }) => ({
    job: toJob(kind, row),
    startAfter: startAfter ?? undefined,
  }))
}
