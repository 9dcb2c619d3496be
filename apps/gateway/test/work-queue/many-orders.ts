import { type Kysely, sql } from 'kysely'
import type { Schema } from '../../src/store/schema.ts'

export const orderCount = 50_000

/**
 * A practice `p1` with 50,000 orders: half of them unfinished, 5000 in each of five stages, every seventh without a due day, and rows as
 * wide as they get before PostgreSQL moves their values to a TOAST table. A practice `p2` has ten.
 */
export async function addManyOrders(db: Kysely<Schema>): Promise<void> {
  await sql`
    insert into encounters (practice_id, patient_id, encounter_id, processing, detected_at)
    select 'p1', 'patient-' || n, 'e' || n, 'processed', now() from generate_series(1, ${orderCount}::int) n
    union all select 'p2', 'patient-' || n, 'e' || n, 'processed', now() from generate_series(1, 10) n`.execute(
    db,
  )
  await sql`
    insert into work_items (work_item_id, practice_id, encounter_id, patient_id, service_request_id, transaction_id, review,
                            payer_state, recommendation, analysis, completeness, created_at, updated_at, patient_name,
                            patient_sort_name, birth_date, order_description, procedure_code, payer_name, provider_name, planned_on,
                            owner, search_text, version)
    select practice_id || '-' || n, practice_id, encounter_id, patient_id, 'sr', 't',
           case n % 10 when 0 then 'submitted' when 1 then 'submitted' when 2 then 'submitted' when 3 then 'submitted'
             when 4 then 'closed' when 5 then 'submitted' when 6 then 'missing_data' when 7 then 'ready_for_review'
             when 8 then 'submitted' else 'requirements_not_met' end,
           case when n % 10 < 4 then 'approved' when n % 10 = 5 then 'sent' end,
           'approve', '{}', '[]', now(),
           timestamptz '2026-01-01' + (n * 7919 % 50000) * interval '1 minute',
           'Given' || n % 700 || ' Family' || n % 3001, 'family' || n % 3001 || ' given' || n % 700, '1957-08-30',
           'Order of kind ' || n % 40, (20000 + n % 40)::text, 'Payer ' || n % 25, 'Dr. Provider' || n % 60,
           case when n % 7 > 0 then date '2026-06-01' + (n * 31 % 400) end,
           case when n % 50 = 7 then 'J. Ruiz' when n % 3 = 0 then 'Dr. Okafor' end,
           'given' || n % 700 || ' family' || n % 3001 || E'\n08/30/1957\nmrn' || n || E'\nphp' || n * 31 || E'\norder of kind ' || n % 40
             || E'\n' || 20000 + n % 40 || E'\npayer ' || n % 25 || E'\ne' || n, 1
      from (select practice_id, encounter_id, patient_id, substr(encounter_id, 2)::int as n from encounters) of_an_encounter
     order by practice_id, n`.execute(db)
  await sql`vacuum analyze work_items`.execute(db)
  await sql`vacuum analyze encounters`.execute(db)
}
