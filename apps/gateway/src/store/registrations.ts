import type { EncounterRef } from '@authscript/prior-auth'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { PageRequest, Scope } from './scope.ts'
import type { Schema } from './schema.ts'

export type RegistrationRow = Selectable<Schema['registrations']>

/** A row taken for a poll. Its times, and those of what the poll decides, are the database's: nodes' clocks differ and jump. */
export type ClaimedRegistration = RegistrationRow & { readonly claimed_at: Date }

/** What a poll found out, and when to look again. */
export interface PollResult {
  readonly encounterStatus?: string
  readonly errorCode: string | null
  readonly watch: RegistrationRow['watch']
  readonly watchUntil?: Date
  readonly nextPollAt: Date
}

/** The visits being watched. Many nodes may claim at once; each due row goes to one of them. */
export function registrationRows(db: Kysely<Schema>) {
  const keyOf = (ref: EncounterRef) => ({
    practice_id: ref.practiceId,
    encounter_id: ref.encounterId,
  })
  return {
    /** Watches a visit; one that is watched already stays as it is, one whose watch ended is watched again. */
    async register(ref: EncounterRef): Promise<RegistrationRow> {
      const now = sql<Date>`now()`
      return db
        .insertInto('registrations')
        .values({
          ...keyOf(ref),
          patient_id: ref.patientId,
          registered_at: now,
          next_poll_at: now,
          watch: 'open',
        })
        .onConflict((conflict) =>
          conflict.columns(['practice_id', 'encounter_id']).doUpdateSet((eb) => ({
            watch: eb
              .case()
              .when('registrations.watch', '=', 'ended')
              .then(sql<RegistrationRow['watch']>`'open'`)
              .else(eb.ref('registrations.watch'))
              .end(),
            next_poll_at: eb
              .case()
              .when('registrations.watch', '=', 'ended')
              .then(now)
              .else(eb.ref('registrations.next_poll_at'))
              .end(),
          })),
        )
        .returningAll()
        .executeTakeFirstOrThrow()
    },

    /** Takes up to `limit` due visits for this node, oldest first: for `claimMs` no other node sees them. */
    async claimDue(claimMs: number, limit: number): Promise<readonly ClaimedRegistration[]> {
      return db
        .updateTable('registrations')
        .set({ next_poll_at: sql<Date>`now() + ${claimMs} * interval '1 millisecond'` })
        .where(({ eb, refTuple, selectFrom }) =>
          eb(
            refTuple('practice_id', 'encounter_id'),
            'in',
            selectFrom('registrations')
              .select(['practice_id', 'encounter_id'])
              .where('watch', '<>', 'ended')
              .where('next_poll_at', '<=', sql<Date>`now()`)
              .orderBy('next_poll_at')
              .limit(limit)
              .forUpdate()
              .skipLocked()
              .$asTuple('practice_id', 'encounter_id'),
          ),
        )
        .returningAll()
        .returning(sql<Date>`now()`.as('claimed_at'))
        .execute()
    },

    async recordPoll(ref: EncounterRef, result: PollResult, polledAt: Date): Promise<void> {
      await db
        .updateTable('registrations')
        .set({
          last_polled_at: polledAt,
          last_error_code: result.errorCode,
          next_poll_at: result.nextPollAt,
          watch: result.watch,
          ...(result.encounterStatus === undefined
            ? {}
            : { encounter_status: result.encounterStatus }),
          ...(result.watchUntil === undefined ? {} : { watch_until: result.watchUntil }),
        })
        .where('practice_id', '=', ref.practiceId)
        .where('encounter_id', '=', ref.encounterId)
        // A visit unregistered while it was being polled stays unregistered.
        .where('watch', '<>', 'ended')
        .execute()
    },

    async list(scope: Scope, page: PageRequest): Promise<readonly RegistrationRow[]> {
      return db
        .selectFrom('registrations')
        .selectAll()
        .where('practice_id', 'in', scope.practiceIds)
        .where('watch', '<>', 'ended')
        .orderBy('practice_id')
        .orderBy('encounter_id')
        .limit(page.limit)
        .offset(page.after ?? 0)
        .execute()
    },

    async findByPatient(scope: Scope, patientId: string): Promise<readonly RegistrationRow[]> {
      return db
        .selectFrom('registrations')
        .selectAll()
        .where('practice_id', 'in', scope.practiceIds)
        .where('patient_id', '=', patientId)
        .where('watch', '<>', 'ended')
        .orderBy('registered_at')
        .execute()
    },

    /** Ends the watch over every visit of a patient; what was admitted goes on. Returns how many were ended. */
    async endByPatient(scope: Scope, patientId: string): Promise<number> {
      const result = await db
        .updateTable('registrations')
        .set({ watch: 'ended' })
        .where('practice_id', 'in', scope.practiceIds)
        .where('patient_id', '=', patientId)
        .where('watch', '<>', 'ended')
        .executeTakeFirst()
      return Number(result.numUpdatedRows)
    },

    /** How many visits are still waited for: what an idle gateway has none of. */
    async countOpen(): Promise<number> {
      const { count } = await db
        .selectFrom('registrations')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('watch', '=', 'open')
        .executeTakeFirstOrThrow()
      return count
    },
  }
}
