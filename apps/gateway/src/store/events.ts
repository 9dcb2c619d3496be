import type { EventDataOf, EventType, GatewayEvent } from '@authscript/prior-auth'
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** The channel on which a commit with events is announced; the payload is empty, the rows are the truth. */
export const eventChannel = 'gateway_events'

/** An event before the database gave it its id and its sequence. */
export type NewEvent<Type extends EventType = EventType> = {
  readonly [Each in Type]: {
    readonly eventType: Each
    readonly practiceId: string
    readonly correlationId: string
    readonly timestamp: string
    readonly source: string
    readonly data: EventDataOf<Each>
  }
}[Type]

export function eventRows(db: Kysely<Schema>) {
  return {
    /** A transaction's last statement: see the migration's `append_events`. */
    async append(events: readonly NewEvent[]): Promise<void> {
      if (events.length === 0) return
      await sql`select append_events(${JSON.stringify(events)}::jsonb)`.execute(db)
    },

    /** Events after `sequence`, oldest first; with `practiceIds`, only theirs. */
    async after(
      sequence: number,
      limit: number,
      practiceIds?: readonly string[],
    ): Promise<readonly GatewayEvent[]> {
      const rows = await db
        .selectFrom('events')
        .selectAll()
        .where('sequence', '>', sequence)
        .$if(practiceIds !== undefined, (query) =>
          query.where('practice_id', 'in', practiceIds ?? []),
        )
        .orderBy('sequence')
        .limit(limit)
        .execute()
      return rows.map(
        (row) =>
          // The one writer is `append`, typed by event type: the pair of type and data is right by construction.
          ({
            id: row.id,
            sequence: row.sequence,
            eventType: row.event_type,
            practiceId: row.practice_id,
            correlationId: row.correlation_id,
            timestamp: row.occurred_at.toISOString(),
            source: row.source,
            data: row.data,
          }) as unknown as GatewayEvent,
      )
    },

    /** The first and the last stored; of an empty log the last that ever was, so that readers know where they stand. */
    async bounds(): Promise<{ first: number; last: number }> {
      const { rows } = await sql<{ first: number; last: number }>`
        select coalesce(min(sequence), s.last + 1) as first, coalesce(max(sequence), s.last) as last
          from (select case when is_called then last_value else 0 end as last from event_sequence) s
          left join events on true group by s.last`.execute(db)
      return rows[0] ?? { first: 0, last: 0 }
    },

    /** Forgets what is older than `days` by the database's clock, and all but the newest `count`. Returns how many. */
    async forget({
      days,
      count,
    }: {
      readonly days: number
      readonly count: number
    }): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('events')
        .where((eb) =>
          eb.or([
            eb('occurred_at', '<', sql<Date>`now() - ${days} * interval '1 day'`),
            eb('sequence', '<=', sql<number>`(select max(sequence) from events) - ${count}`),
          ]),
        )
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}
