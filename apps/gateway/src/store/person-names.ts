import { type Kysely, sql } from 'kysely'
import type { PersonRow } from './people.ts'
import type { Schema } from './schema.ts'

/** The new name of a person. */
export interface NewName {
  readonly label: string
  /** As `labelKey` makes it. */
  readonly labelKey: string
}

/**
 * The names of people. Past actions keep the name of that time: history, notes, approvals, signed forms and the audit trail. What belongs
 * to the person now gets the new name: orders, requests, mentions, saved views, the picture of their signature, open sessions.
 */
export function personNameRows(db: Kysely<Schema>) {
  return {
    /** To be called in a transaction. A name that another person has or had is refused; a former name of the same person is not. */
    async rename(
      {
        person_id: personId,
        label: before,
        practice_ids: practiceIds,
      }: Pick<PersonRow, 'person_id' | 'label' | 'practice_ids'>,
      { label, labelKey }: NewName,
    ): Promise<PersonRow | 'label_taken'> {
      const { rows: kept } = await sql`
        insert into labels (label_key, label, person_id) values (${labelKey}, ${label}, ${personId})
        on conflict (label_key) do update set label = excluded.label where labels.person_id = excluded.person_id
        returning 1`.execute(db)
      if (kept.length === 0) return 'label_taken'
      const statements = [
        sql`update work_items set owner = ${label} where owner = ${before}`,
        sql`update work_items set asked_by = ${label} where asked_by = ${before}`,
        // Free text; in a practice of the person their name means the person.
        sql`update work_items set asked_of = ${label} where asked_of = ${before} and practice_id = any(${practiceIds})`,
        sql`update mentions set label = ${label} where label = ${before}`,
        sql`update saved_views set saved_by = ${label} where saved_by = ${before}`,
        sql`update saved_views set search = jsonb_set(search, '{owner}', to_jsonb(${label}::text)) where search->>'owner' = ${before}`,
        sql`update signatures set label = ${label} where label = ${before}`,
        sql`update sessions set label = ${label} where person_id = ${personId}`,
        sql`update sign_in_links set label = ${label} where person_id = ${personId}`,
      ]
      for (const statement of statements) await statement.execute(db)
      return db
        .updateTable('people')
        .set({ label })
        .where('person_id', '=', personId)
        .returningAll()
        .executeTakeFirstOrThrow()
    },
  }
}
