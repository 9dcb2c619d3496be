import { type Kysely, sql } from 'kysely'
import type { NodeFigures, Schema } from './schema.ts'

const keptMinutes = 61

/** What each node measured in each minute of the last hour. */
export function nodeMinuteRows(db: Kysely<Schema>) {
  return {
    async add(nodeId: string, minute: Date, figures: NodeFigures): Promise<void> {
      await db
        .insertInto('node_minutes')
        .values({ node_id: nodeId, minute, figures: JSON.stringify(figures) })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    async since(
      start: Date,
    ): Promise<readonly { readonly minute: Date; readonly figures: NodeFigures }[]> {
      return db
        .selectFrom('node_minutes')
        .select(['minute', 'figures'])
        .where('minute', '>=', start)
        .execute()
    },

    async forget(): Promise<void> {
      await db
        .deleteFrom('node_minutes')
        .where('minute', '<', sql<Date>`now() - ${keptMinutes} * interval '1 minute'`)
        .execute()
    },
  }
}
