import { type Kysely, sql } from 'kysely'

/**
 * Opening the gateway from an EHR. `launch_states`: launches that have begun; only hashes, so nobody can finish a launch with what is
 * stored. `ehr_identities`: whom an EHR means by which person. An entry that an operator made has no subject until the first launch.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table launch_states (
      state_sha256 text primary key,
      browser_sha256 text not null,
      fhir_base_url text not null,
      expires_at timestamptz not null
    )`.execute(db)
  await sql`create index launch_states_expiry on launch_states (expires_at)`.execute(db)
  await sql`
    create table ehr_identities (
      identity_id text primary key default gen_random_uuid()::text,
      person_id text not null references people (person_id),
      fhir_base_url text not null,
      fhir_user text,
      issuer text,
      subject text,
      linked_by text not null,
      linked_at timestamptz not null,
      unique (issuer, subject),
      unique (fhir_base_url, fhir_user)
    )`.execute(db)
}
