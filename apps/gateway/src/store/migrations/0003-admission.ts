import { type Kysely, sql } from 'kysely'

/**
 * Admission as one statement: row, job and event at the price of one round trip and one commit. The job goes into pg-boss's own table
 * with its queue's own settings, as its `send` would put it there.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // plpgsql looks names up when it runs: pg-boss makes its tables after these migrations.
  await sql`
    create function enqueue_job(queue_name text, job_id uuid, payload jsonb, job_priority integer, due timestamptz)
    returns void language plpgsql as $$
    begin
      perform from pgboss.queue where name = queue_name;
      if not found then
        raise exception 'queue % does not exist', queue_name;
      end if;
      insert into pgboss.job (id, name, data, priority, start_after, keep_until, expire_seconds, deletion_seconds,
                              retry_limit, retry_delay, retry_backoff, policy, dead_letter, heartbeat_seconds)
      select job_id, q.name, payload, job_priority, due, due + q.retention_seconds * interval '1 second',
             q.expire_seconds, q.deletion_seconds, q.retry_limit, q.retry_delay, q.retry_backoff, q.policy,
             q.dead_letter, q.heartbeat_seconds
        from pgboss.queue q where q.name = queue_name
      on conflict do nothing;
      if due <= now() then
        perform pg_notify('gateway_jobs', '');
      end if;
    end $$`.execute(db)

  await sql`
    create function admit_encounter(visit jsonb, queue_name text, event jsonb)
    returns boolean language plpgsql as $$
    begin
      insert into encounters (practice_id, encounter_id, patient_id, processing, run, attempt_count, completeness, detected_at)
      values (visit->>'practiceId', visit->>'encounterId', visit->>'patientId', 'queued', 1, 0, '[]',
              (event->>'timestamp')::timestamptz)
      on conflict (practice_id, encounter_id) do nothing;
      if not found then
        return false;
      end if;
      perform enqueue_job(queue_name,
                          md5('encounter ' || (visit->>'practiceId') || ' ' || (visit->>'encounterId') || ' 1')::uuid,
                          visit || '{"kind": "encounter", "run": 1}', 0, now());
      perform append_events(jsonb_build_array(event));
      return true;
    end $$`.execute(db)
}
