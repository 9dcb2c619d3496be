import { type Kysely, sql } from 'kysely'
import { listenerName } from './database.ts'
import type { AskedState, NodeReport, Schema } from './schema.ts'

/** The channel on which requests to nodes are announced. The payload is empty: nodes read the rows. */
export const nodeChannel = 'gateway_nodes'

export interface NodeRow {
  readonly report: NodeReport
  readonly asked_state: AskedState | null
  readonly asked_workers: number | null
  readonly asked_at: Date | null
  readonly seen_at: Date
  /** By the database's clock, because the clocks of nodes differ. */
  readonly silent_ms: number
}

/** What an operator asks of one node. */
export type NodeRequest = { readonly state: AskedState } | { readonly workers: number }

/** How long a node that no longer reports is listed. */
const listedHours = 24

/** Each process of the gateway: its last report, and the requests of operators to it. */
export function nodeRows(db: Kysely<Schema>) {
  return {
    async report(report: NodeReport): Promise<void> {
      const row = { report: JSON.stringify(report), seen_at: sql<Date>`now()` }
      await db
        .insertInto('nodes')
        .values({ node_id: report.nodeId, ...row })
        .onConflict((conflict) => conflict.column('node_id').doUpdateSet(row))
        .execute()
    },

    /** Called by a node that stops: only a node that died leaves its row. */
    async remove(nodeId: string): Promise<void> {
      await db.deleteFrom('nodes').where('node_id', '=', nodeId).execute()
    },

    /** The newest first. */
    async list(limit: number): Promise<readonly NodeRow[]> {
      return db
        .selectFrom('nodes')
        .select([
          'report',
          'seen_at',
          'asked_state',
          'asked_workers',
          'asked_at',
          sql<number>`(extract(epoch from now() - seen_at) * 1000)::float8`.as('silent_ms'),
        ])
        .orderBy('seen_at', 'desc')
        .limit(limit)
        .execute()
    },

    /** How many gateways are connected to this database: also those that cannot write their reports. */
    async connectedCount(): Promise<number> {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from pg_stat_activity
         where datname = current_database() and application_name = ${listenerName}`.execute(db)
      return rows[0]?.count ?? 0
    },

    /** False when the node no longer exists. Repeating a request changes nothing. */
    async ask(nodeId: string, request: NodeRequest, now: Date): Promise<boolean> {
      const { numUpdatedRows } = await db
        .updateTable('nodes')
        .set({
          ...('state' in request
            ? { asked_state: request.state }
            : { asked_workers: request.workers }),
          asked_at: now,
        })
        .where('node_id', '=', nodeId)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    /** What was asked of this node; undefined before its first report. */
    async askedOf(
      nodeId: string,
    ): Promise<Pick<NodeRow, 'asked_state' | 'asked_workers'> | undefined> {
      return db
        .selectFrom('nodes')
        .select(['asked_state', 'asked_workers'])
        .where('node_id', '=', nodeId)
        .executeTakeFirst()
    },

    /** The node takes work again. */
    async takenUp(nodeId: string): Promise<void> {
      await db
        .updateTable('nodes')
        .set({ asked_state: null })
        .where('node_id', '=', nodeId)
        .where('asked_state', '=', 'working')
        .execute()
    },

    /** The node has this number of workers now, unless another number was requested meanwhile. */
    async workersSet(nodeId: string, workers: number): Promise<void> {
      await db
        .updateTable('nodes')
        .set({ asked_workers: null })
        .where('node_id', '=', nodeId)
        .where('asked_workers', '=', workers)
        .execute()
    },

    /** To be called in the transaction with the request: every node reads it as soon as it commits. */
    async notify(): Promise<void> {
      await sql`select pg_notify(${nodeChannel}, '')`.execute(db)
    },

    async forget(): Promise<void> {
      await db
        .deleteFrom('nodes')
        .where('seen_at', '<', sql<Date>`now() - ${listedHours} * interval '1 hour'`)
        .execute()
    },
  }
}
