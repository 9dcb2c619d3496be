import { type Kysely, sql } from 'kysely'

/**
 * Addresses of a practice's own systems, what was or is to be sent to each, and how far the events have become deliveries. The cursor has
 * no row until the first webhook is registered: events before it are for nobody.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhooks (
      ordinal bigint generated always as identity unique,
      webhook_id text primary key default gen_random_uuid()::text,
      practice_id text not null,
      url text not null,
      description text,
      types text[] not null,
      state text not null default 'active' check (state in ('active', 'disabled')),
      disabled_by text,
      secret text not null,
      previous_secret text,
      previous_secret_until timestamptz,
      starts_after bigint not null,
      failure_count integer not null default 0,
      failing_since timestamptz,
      next_attempt_at timestamptz not null default now(),
      last_attempt_at timestamptz,
      last_delivered_at timestamptz,
      error_code text,
      error_reason text,
      claim text,
      claimed_until timestamptz,
      created_by text not null,
      created_at timestamptz not null
    )`.execute(db)
  await sql`create index webhooks_practice on webhooks (practice_id)`.execute(db)
  await sql`
    create table webhook_deliveries (
      ordinal bigint generated always as identity unique,
      delivery_id text primary key default gen_random_uuid()::text,
      webhook_id text not null references webhooks on delete cascade,
      event_id text not null,
      sequence bigint not null,
      type text not null,
      encounter_id text not null,
      work_item_id text,
      body text not null,
      state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
      attempt_count integer not null default 0,
      response_status integer,
      error_code text,
      created_at timestamptz not null default now(),
      last_attempt_at timestamptz,
      delivered_at timestamptz,
      unique (webhook_id, event_id)
    )`.execute(db)
  await sql`create index webhook_deliveries_pending on webhook_deliveries (webhook_id, sequence) where state = 'pending'`.execute(
    db,
  )
  await sql`create index webhook_deliveries_age on webhook_deliveries (created_at)`.execute(db)
  await sql`
    create table webhook_cursor (
      only_row boolean primary key default true check (only_row),
      sequence bigint not null
    )`.execute(db)
}
