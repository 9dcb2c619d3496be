import { type Kysely, sql } from 'kysely'

/** Orders of other types than ServiceRequest: their ids are unique within a type only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table work_items add column order_type text not null default 'ServiceRequest'`.execute(
    db,
  )
  await sql`alter table work_items drop constraint work_items_practice_id_encounter_id_service_request_id_key`.execute(
    db,
  )
  await sql`
    alter table work_items add constraint work_items_one_per_order
      unique (practice_id, encounter_id, order_type, service_request_id)`.execute(db)
}
