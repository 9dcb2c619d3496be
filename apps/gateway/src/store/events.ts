import {
  correlationIdOf,
  type EncounterRef,
  type EventDataOf,
  type EventType,
  eventData,
  type GatewayEvent,
} from '@authscript/prior-auth'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** The channel on which a commit with events is announced. The payload is empty: listeners read the rows. */
export const eventChannel = 'gateway_events'

/** An event before the database has given it its id and sequence. */
export interface NewEvent {
  readonly eventType: EventType
  readonly practiceId: string
  readonly correlationId: string
  readonly timestamp: string
  readonly source: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What an event says in addition to the ids of its encounter, which are filled in from its `EncounterRef`. */
export type EventFacts<Type extends EventType> = Omit<
  EventDataOf<Type>,
  'encounterId' | 'patientId'
>

/** Every event is created here. */
export function createEvent<Type extends EventType>(
  { source, now }: { readonly source: string; readonly now: Date },
  { practiceId, encounterId, patientId }: EncounterRef,
  eventType: Type,
  facts: EventFacts<Type>,
): NewEvent {
  const ids =
    'patientId' in eventData[eventType].shape ? { encounterId, patientId } : { encounterId }
  return {
    eventType,
    practiceId,
    correlationId: correlationIdOf(encounterId),
    timestamp: now.toISOString(),
    source,
    data: { ...ids, ...facts },
  }
}

/** The columns of a work item that its events need. */
export type WorkItemSubject = Pick<
  Selectable<Schema['work_items']>,
  | 'work_item_id'
  | 'practice_id'
  | 'patient_id'
  | 'encounter_id'
  | 'transaction_id'
  | 'service_request_id'
  | 'procedure_code'
  | 'review'
>

/** Which work item an event is about. */
export function toSubjectFacts(item: WorkItemSubject) {
  return {
    transactionId: item.transaction_id,
    workItemId: item.work_item_id,
    serviceRequestId: item.service_request_id,
    ...(item.procedure_code === null ? {} : { procedureCode: item.procedure_code }),
  }
}

export function eventRows(db: Kysely<Schema>) {
  return {
    /** Must be a transaction's last statement: see `append_events` in migration 0001. */
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
          // `emit` checks that the data fits the type; the two were stored together.
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

    /** The first and the last stored sequence. If none is stored, they follow from the last one ever given, so that readers can resume. */
    async bounds(): Promise<{ first: number; last: number }> {
      const { rows } = await sql<{ first: number; last: number }>`
        select coalesce(min(sequence), s.last + 1) as first, coalesce(max(sequence), s.last) as last
          from (select case when is_called then last_value else 0 end as last from event_sequence) s
          left join events on true group by s.last`.execute(db)
      return rows[0] ?? { first: 0, last: 0 }
    },

    /** Deletes events that are older than `days` by the database's clock, and all but the newest `count`. Returns how many were deleted. */
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
