import { type Kysely, sql } from 'kysely'

/** What an operator asks of any node, the pause of all nodes, and when the last backup was made. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // In the node's row, so that it ends with the process that it is meant for.
  await sql`
    alter table nodes
      add column asked_state text check (asked_state in ('working', 'drained')),
      add column asked_workers integer check (asked_workers >= 1),
      add column asked_at timestamptz`.execute(db)
  await sql`
    create table processing_pause (
      only_row boolean primary key default true check (only_row),
      paused_by text not null,
      paused_at timestamptz not null
    )`.execute(db)
  await sql`
    create table last_backup (
      only_row boolean primary key default true check (only_row),
      finished_at timestamptz not null,
      row_count bigint not null
    )`.execute(db)
}
