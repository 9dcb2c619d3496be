import { type Kysely, sql } from 'kysely'

/** Launches from an EHR that have begun. Only hashes: nobody can finish a launch with what is stored here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table launch_states (
      state_sha256 text primary key,
      browser_sha256 text not null,
      fhir_base_url text not null,
      expires_at timestamptz not null
    )`.execute(db)
  await sql`create index launch_states_expiry on launch_states (expires_at)`.execute(db)
}
