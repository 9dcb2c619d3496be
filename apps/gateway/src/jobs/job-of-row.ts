import { type RawBuilder, sql } from 'kysely'
import { columnOf } from './job-id.ts'
import type { JobKind } from './job-kind.ts'
import type { Job } from './job.ts'

/** Selects the payload's fields from the columns of the row of `alias`. */
export function payloadSql(
  { payload }: Pick<JobKind, 'payload'>,
  alias: string,
): RawBuilder<unknown> {
  return sql.join(
    Object.keys(payload.shape)
      .filter((field) => field !== 'kind')
      .map((field) => sql`${sql.ref(`${alias}.${columnOf(field)}`)} as ${sql.id(field)}`),
  )
}

/** The job of a row, from what `payloadSql` selects. */
export function toJob(
  { name, payload }: Pick<JobKind, 'name' | 'payload'>,
  row: Readonly<Record<string, unknown>>,
): Job {
  return payload.parse({ kind: name, ...row })
}
