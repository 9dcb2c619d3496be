import type { HistoryData, HistoryKind } from '@authscript/prior-auth'
import type { Kysely, Selectable } from 'kysely'
import type { Schema } from './schema.ts'

export type HistoryRow = Selectable<Schema['work_item_history']>

export interface NewHistoryEntry {
  readonly workItemId: string
  /** The work item's version after it. */
  readonly version: number
  /** Absent for the gateway itself. */
  readonly actor?: string
  readonly kind: HistoryKind
  readonly data?: HistoryData
}

/** What happened to each work item. Entries are only added. */
export function historyRows(db: Kysely<Schema>) {
  return {
    async add(entry: NewHistoryEntry, now: Date): Promise<void> {
      await this.addAll([entry], now)
    },

    async addAll(entries: readonly NewHistoryEntry[], now: Date): Promise<void> {
      if (entries.length === 0) return
      await db
        .insertInto('work_item_history')
        .values(
          entries.map((entry) => ({
            work_item_id: entry.workItemId,
            version: entry.version,
            happened_at: now,
            actor: entry.actor ?? null,
            kind: entry.kind,
            data: JSON.stringify(entry.data ?? {}),
          })),
        )
        .execute()
    },

    /** Oldest first. The caller has checked that the work item is visible. */
    async list(workItemId: string): Promise<readonly HistoryRow[]> {
      return db
        .selectFrom('work_item_history')
        .selectAll()
        .where('work_item_id', '=', workItemId)
        .orderBy('ordinal')
        .execute()
    },
  }
}
