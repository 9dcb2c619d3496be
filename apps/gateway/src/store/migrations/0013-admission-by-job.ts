import { type Kysely, sql } from 'kysely'

/**
 * Admission takes the job as the gateway queues it, so that SQL no longer spells its id, kind and priority. The function of 0003 stays
 * for nodes of the release before, which may still run beside this one.
 *
 * The state `detected` is gone: admission has always written `queued`, and no release wrote the other.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function admit_encounter_and_job(encounter jsonb, job jsonb, event jsonb)
    returns boolean language plpgsql as $$
    begin
      insert into encounters (practice_id, encounter_id, patient_id, processing, run, attempt_count, completeness, detected_at)
      values (encounter->>'practiceId', encounter->>'encounterId', encounter->>'patientId', 'queued',
              (job->'payload'->>'run')::integer, 0, '[]', (event->>'timestamp')::timestamptz)
      on conflict (practice_id, encounter_id) do nothing;
      if not found then
        return false;
      end if;
      perform enqueue_job(job->>'queue', (job->>'id')::uuid, job->'payload', (job->>'priority')::integer, now());
      perform append_events(jsonb_build_array(event));
      return true;
    end $$`.execute(db)

  await sql`update encounters set processing = 'queued' where processing = 'detected'`.execute(db)
  await sql`alter table encounters
    drop constraint encounters_processing_check,
    add constraint encounters_processing_check
      check (processing in ('queued', 'running', 'processed', 'failed'))`.execute(db)
}
