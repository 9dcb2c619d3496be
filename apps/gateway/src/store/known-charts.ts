import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * Which practices know an encounter or a patient. Only for deciding whether a chart that an EHR opens belongs to a practice: nothing of it
 * may be shown to anybody.
 */
export function knownChartRows(db: Kysely<Schema>) {
  return {
    async encounters(
      encounterId: string,
    ): Promise<readonly { readonly practiceId: string; readonly patientId: string }[]> {
      const { rows } = await sql<{ practiceId: string; patientId: string }>`
        select practice_id as "practiceId", patient_id as "patientId" from encounters where encounter_id = ${encounterId}
        union
        select practice_id, patient_id from registrations where encounter_id = ${encounterId}`.execute(
        db,
      )
      return rows
    },

    async practicesOfPatient(patientId: string): Promise<readonly string[]> {
      const { rows } = await sql<{ practiceId: string }>`
        select practice_id as "practiceId" from encounters where patient_id = ${patientId}
        union
        select practice_id from registrations where patient_id = ${patientId}`.execute(db)
      return rows.map(({ practiceId }) => practiceId)
    },

    /** The two newest orders of an encounter that are not superseded: enough to know whether there is only one. */
    async orders(practiceId: string, encounterId: string): Promise<readonly string[]> {
      const rows = await db
        .selectFrom('work_items')
        .select('work_item_id')
        .where('practice_id', '=', practiceId)
        .where('encounter_id', '=', encounterId)
        .where('review', '<>', 'superseded')
        .orderBy('ordinal', 'desc')
        .limit(2)
        .execute()
      return rows.map((row) => row.work_item_id)
    },
  }
}
