import { type Kysely, sql } from 'kysely'
import type { Schema } from '../store/schema.ts'

/** Parents before their children. `order` makes the same rows the same bytes, independent of the server's collation. */
export const backedUpTables = [
  { name: 'registrations', order: ['practice_id collate "C"', 'encounter_id collate "C"'] },
  { name: 'encounters', order: ['ordinal'] },
  { name: 'work_items', order: ['ordinal'] },
  { name: 'forms', order: ['work_item_id collate "C"'] },
  { name: 'attachments', order: ['attachment_id collate "C"'] },
  { name: 'fax_contacts', order: ['practice_id collate "C"', 'payer_name collate "C"'] },
  { name: 'signatures', order: ['practice_id collate "C"', 'label collate "C"'] },
  { name: 'mentions', order: ['work_item_id collate "C"', 'label collate "C"'] },
  { name: 'payer_forms', order: ['ordinal'] },
  { name: 'payer_form_versions', order: ['form_id collate "C"', 'version'] },
  { name: 'charts', order: ['practice_id collate "C"', 'encounter_id collate "C"'] },
  { name: 'answer_changes', order: ['work_item_id collate "C"', 'criterion_id collate "C"'] },
  { name: 'form_entries', order: ['work_item_id collate "C"', 'field collate "C"'] },
  { name: 'work_item_history', order: ['ordinal'] },
  { name: 'write_backs', order: ['ordinal'] },
  { name: 'saved_views', order: ['ordinal'] },
  { name: 'failures', order: ['ordinal'] },
  { name: 'dismissed_letters', order: ['kind collate "C"', 'ordinal', 'run'] },
  { name: 'events', order: ['sequence'] },
  { name: 'audit_log', order: ['sequence'] },
  { name: 'audit_chain', order: ['only_row'] },
  { name: 'ehr_days', order: ['day'] },
  { name: 'webhooks', order: ['ordinal'] },
  { name: 'webhook_deliveries', order: ['ordinal'] },
  { name: 'webhook_cursor', order: ['sequence'] },
  { name: 'idempotency_keys', order: ['key_sha256 collate "C"'] },
  { name: 'people', order: ['person_id collate "C"'] },
  { name: 'ehr_identities', order: ['identity_id collate "C"'] },
  { name: 'keys', order: ['key_id collate "C"'] },
  { name: 'passkeys', order: ['credential_id collate "C"'] },
  { name: 'labels', order: ['label_key collate "C"'] },
  {
    name: 'known_devices',
    order: ['person_id collate "C"', 'device_sha256 collate "C"'],
  },
  { name: 'sessions', order: ['token_sha256 collate "C"'] },
  { name: 'sign_in_links', order: ['token_sha256 collate "C"'] },
] as const satisfies readonly BackedUpTable[]

/** Tables that mean nothing after a restore: what nodes share, report, measure and are asked for, the last backup, redrives under way, wrong passwords of the last day, what was audited in this hour, launches of ten minutes, sign-ins that have begun, where this database has moved, how its schema was made. */
export const tablesLeftOut: readonly string[] = [
  'ehr_shares',
  'sign_in_attempts',
  'audit_marks',
  'nodes',
  'processing_pause',
  'last_backup',
  'redrives',
  'node_minutes',
  'work_minutes',
  'encounter_steps',
  'launch_states',
  'sign_in_flows',
  'relocations',
  'kysely_migration',
  'kysely_migration_lock',
]

/** Each counts for one column. After a restore it continues from where it was, so that no number is given twice. */
export const backedUpSequences = [
  { name: 'encounters_ordinal_seq', table: 'encounters', column: 'ordinal' },
  { name: 'work_items_ordinal_seq', table: 'work_items', column: 'ordinal' },
  { name: 'work_item_history_ordinal_seq', table: 'work_item_history', column: 'ordinal' },
  { name: 'write_backs_ordinal_seq', table: 'write_backs', column: 'ordinal' },
  { name: 'saved_views_ordinal_seq', table: 'saved_views', column: 'ordinal' },
  { name: 'payer_forms_ordinal_seq', table: 'payer_forms', column: 'ordinal' },
  { name: 'failures_ordinal_seq', table: 'failures', column: 'ordinal' },
  { name: 'webhooks_ordinal_seq', table: 'webhooks', column: 'ordinal' },
  { name: 'webhook_deliveries_ordinal_seq', table: 'webhook_deliveries', column: 'ordinal' },
  { name: 'event_sequence', table: 'events', column: 'sequence' },
] as const

/** Created by the migrations. They must be dropped before the migrations can create them again. */
export const schemaFunctions = [
  'append_events',
  'enqueue_job',
  'admit_encounter',
  'admit_encounter_and_job',
  'append_audit',
  'audit_text',
  'keep_audit',
] as const

interface BackedUpTable {
  readonly name: keyof Schema
  readonly order: readonly string[]
}

export type BackedUpTableName = (typeof backedUpTables)[number]['name']

export interface TableLayout {
  readonly name: BackedUpTableName
  readonly columns: readonly string[]
}

/** The last number each sequence gave; one that gave none is left out. */
export type SequencePositions = Readonly<Record<string, number>>

/** The backed-up tables that exist: an older schema lacks some. */
export async function readLayouts(db: Kysely<Schema>): Promise<readonly TableLayout[]> {
  const { rows } = await sql<TableLayout>`
    select kept.name, array_agg(a.attname::text order by a.attnum) as columns
      from unnest(${backedUpTables.map(({ name }) => name)}::text[]) with ordinality as kept (name, place)
      join pg_attribute a on a.attrelid = to_regclass(quote_ident(kept.name))
                         and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     group by kept.name, kept.place order by kept.place`.execute(db)
  return rows
}

/** Sequences stand outside of transactions: read after the snapshot they are at least as far as its rows. */
export async function readPositions(
  db: Kysely<Schema>,
  tables: readonly TableLayout[],
): Promise<SequencePositions> {
  const positions: Record<string, number> = {}
  for (const { name } of sequencesOf(tables)) {
    const { rows } = await sql<{ last: number; isCalled: boolean }>`
      select last_value::float8 as last, is_called as "isCalled" from ${sql.table(name)}`.execute(
      db,
    )
    const [position] = rows
    if (position?.isCalled === true) positions[name] = position.last
  }
  return positions
}

export async function setPositions(
  db: Kysely<Schema>,
  tables: readonly TableLayout[],
  positions: SequencePositions,
): Promise<void> {
  for (const { name, table, column } of sequencesOf(tables)) {
    await sql`
      select setval(${name}::regclass, greatest(${positions[name] ?? null}::bigint, max(${sql.ref(column)})))
        from ${sql.table(table)}`.execute(db)
  }
}

const sequencesOf = (tables: readonly TableLayout[]) =>
  backedUpSequences.filter(({ table }) => tables.some(({ name }) => name === table))

/** Which of the tables have rows. */
export async function tablesWithRows(
  db: Kysely<Schema>,
  tables: readonly TableLayout[],
): Promise<readonly string[]> {
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql`select from ${sql.table(name)} limit 1`.execute(db)
    if (rows.length > 0) found.push(name)
  }
  return found
}

/** Removes the whole schema, so that an older one can be created. Only where there are no rows. */
export async function dropSchema(db: Kysely<Schema>): Promise<void> {
  const tables = [...backedUpTables.map(({ name }) => name), ...tablesLeftOut]
  await sql`drop table if exists ${sql.join(tables.map((name) => sql.table(name)))}`.execute(db)
  for (const name of schemaFunctions) {
    await sql`drop function if exists ${sql.id(name)}`.execute(db)
  }
  await sql`drop sequence if exists event_sequence`.execute(db)
}

/** Of tables that are left out. */
export const sequencesLeftOut: readonly string[] = ['redrives_redrive_id_seq']
