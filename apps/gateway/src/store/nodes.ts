import { type Kysely, sql } from 'kysely'
import type { NodeFigures, NodeReport, Schema } from './schema.ts'

export interface NodeRow {
  readonly report: NodeReport
  readonly seen_at: Date
  /** By the database's clock, because the clocks of nodes differ. */
  readonly silent_ms: number
}

/** How long a node that no longer reports is listed. */
const listedHours = 24
const keptMinutes = 61

/** Each process of the gateway, and what it measured in the last hour. */
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

    /** A node that stops in good order leaves no row. */
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
          sql<number>`(extract(epoch from now() - seen_at) * 1000)::float8`.as('silent_ms'),
        ])
        .orderBy('seen_at', 'desc')
        .limit(limit)
        .execute()
    },

    async addMinute(nodeId: string, minute: Date, figures: NodeFigures): Promise<void> {
      await db
        .insertInto('node_minutes')
        .values({ node_id: nodeId, minute, figures: JSON.stringify(figures) })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    async minutes(
      since: Date,
    ): Promise<readonly { readonly minute: Date; readonly figures: NodeFigures }[]> {
      return db
        .selectFrom('node_minutes')
        .select(['minute', 'figures'])
        .where('minute', '>=', since)
        .execute()
    },

    async forget(): Promise<void> {
      await db
        .deleteFrom('node_minutes')
        .where('minute', '<', sql<Date>`now() - ${keptMinutes} * interval '1 minute'`)
        .execute()
      await db
        .deleteFrom('nodes')
        .where('seen_at', '<', sql<Date>`now() - ${listedHours} * interval '1 hour'`)
        .execute()
    },
  }
}
