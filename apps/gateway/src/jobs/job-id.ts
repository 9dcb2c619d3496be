import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { JobKind } from './job-kind.ts'

/**
 * A job's id is the MD5 of its kind and the values of the kind's `identity` fields, separated by spaces, as a UUID. Both functions build it
 * from the same list of fields. It contains ids only, no data of a patient.
 */
type Identified = Pick<JobKind, 'name' | 'identity'>

export function jobIdOf({ name, identity }: Identified, job: object): string {
  const fields = new Map(Object.entries(job))
  const subject = [name, ...identity.map((field) => String(fields.get(field)))].join(' ')
  const hex = createHash('md5').update(subject).digest('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The same id, computed by the database for the row of `alias`. */
export function jobIdSql({ name, identity }: Identified, alias: string): RawBuilder<string> {
  const fields = identity.map((field) => sql`|| ' ' || ${sql.ref(`${alias}.${columnOf(field)}`)}`)
  return sql<string>`md5(${sql.lit(name)} ${sql.join(fields, sql` `)})::uuid`
}

/** `workItemId` is stored in `work_item_id`. */
export function columnOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
