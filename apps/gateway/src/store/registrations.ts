import type { EncounterRef, ProcessingState } from '@authscript/prior-auth'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { WatchedCounts } from '../intake/poll-pace.ts'
import type { KeysetPageRequest, Scope } from './scope.ts'
import type { Schema } from './schema.ts'

export type RegistrationRow = Selectable<Schema['registrations']>

/** A row with the state of its encounter; null before it was admitted. */
export type WatchedRow = RegistrationRow & {
  readonly processing: ProcessingState | null
  readonly error_code: string | null
  readonly error_reason: string | null
}

/**
 * A row claimed for a poll. Its times, and those that the poll decides, are the database's, because the clocks of nodes differ and jump.
 */
export type ClaimedRegistration = RegistrationRow & { readonly claimed_at: Date }

/** Where a list continues. */
export interface RegistrationPosition {
  readonly practiceId: string
  readonly encounterId: string
}

/** What a poll found, and when the next one is due. */
export interface PollResult {
  readonly encounterStatus?: string
  readonly errorCode: string | null
  /** Consecutive polls without a status. */
  readonly failureCount: number
  readonly refusedSince: Date | null
  readonly watch: RegistrationRow['watch']
  readonly watchUntil?: Date
  /** Why a rule ended the watch. */
  readonly endCode: string | null
  readonly nextPollAt: Date
}

/** How long registrations that a rule or a person ended are listed. */
const endedShownDays = 30

/** The watched encounters. Several nodes may claim at once; each due row goes to one of them. */
export function registrationRows(db: Kysely<Schema>) {
  const keyOf = (ref: EncounterRef) => ({
    practice_id: ref.practiceId,
    encounter_id: ref.encounterId,
  })
  const isShown = sql<boolean>`(watch <> 'ended'
    or ((end_code is not null or ended_by is not null) and ended_at > now() - ${endedShownDays} * interval '1 day'))`
  /** With the state of the encounter, once it was admitted. */
  const watched = () =>
    db
      .selectFrom('registrations')
      .leftJoin('encounters', (join) =>
        join
          .onRef('encounters.practice_id', '=', 'registrations.practice_id')
          .onRef('encounters.encounter_id', '=', 'registrations.encounter_id'),
      )
      .selectAll('registrations')
      .select(['encounters.processing', 'encounters.error_code', 'encounters.error_reason'])
  return {
    /**
     * Watches an encounter; one that is watched already stays as it is, one whose watch ended is watched as if it were new.
     *
     * Undefined when it is registered for another patient: nothing was changed. Only an ended watch for which the EHR never gave a status
     * (a mistyped one) can be replaced by one for another patient.
     */
    async register(ref: EncounterRef): Promise<RegistrationRow | undefined> {
      const isEnded = sql<boolean>`registrations.watch = 'ended'`
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
          conflict
            .columns(['practice_id', 'encounter_id'])
            .doUpdateSet((eb) => {
              /** The value of a new registration if the watch had ended, otherwise the row's own. */
              const renewed = (column: keyof Schema['registrations']) =>
                sql<never>`case when ${isEnded} then ${eb.ref(`excluded.${column}`)} else ${eb.ref(`registrations.${column}`)} end`
              return {
                patient_id: renewed('patient_id'),
                registered_at: renewed('registered_at'),
                next_poll_at: renewed('next_poll_at'),
                last_error_code: renewed('last_error_code'),
                watch: renewed('watch'),
                watch_until: renewed('watch_until'),
                failure_count: renewed('failure_count'),
                refused_since: renewed('refused_since'),
                end_code: renewed('end_code'),
                ended_at: renewed('ended_at'),
                ended_by: renewed('ended_by'),
              }
            })
            .where(
              sql<boolean>`registrations.patient_id = excluded.patient_id
                or (${isEnded} and registrations.encounter_status is null)`,
            ),
        )
        .returningAll()
        .executeTakeFirst()
    },

    /** Claims up to `limit` due encounters for this node, oldest first: for `claimMs` no other node can claim them. */
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

    /** Makes a claimed encounter due again, for any node, unless it was polled since. */
    async releaseClaim(ref: EncounterRef, claimedAt: Date): Promise<void> {
      await db
        .updateTable('registrations')
        .set({ next_poll_at: claimedAt })
        .where('practice_id', '=', ref.practiceId)
        .where('encounter_id', '=', ref.encounterId)
        .where('watch', '<>', 'ended')
        .where('next_poll_at', '>', sql<Date>`now()`)
        .where((eb) =>
          eb.or([eb('last_polled_at', 'is', null), eb('last_polled_at', '<', claimedAt)]),
        )
        .execute()
    },

    async recordPoll(ref: EncounterRef, result: PollResult, polledAt: Date): Promise<void> {
      await db
        .updateTable('registrations')
        .set({
          last_polled_at: polledAt,
          last_error_code: result.errorCode,
          failure_count: result.failureCount,
          refused_since: result.refusedSince,
          end_code: result.endCode,
          ended_at: result.watch === 'ended' ? polledAt : null,
          next_poll_at: result.nextPollAt,
          watch: result.watch,
          ...(result.encounterStatus === undefined
            ? {}
            : { encounter_status: result.encounterStatus }),
          ...(result.watchUntil === undefined ? {} : { watch_until: result.watchUntil }),
        })
        .where('practice_id', '=', ref.practiceId)
        .where('encounter_id', '=', ref.encounterId)
        // An encounter that is unregistered while it is being polled stays unregistered.
        .where('watch', '<>', 'ended')
        .execute()
    },

    async list(
      scope: Scope,
      { after, limit }: KeysetPageRequest<RegistrationPosition>,
      onlyFailing = false,
    ): Promise<readonly WatchedRow[]> {
      return watched()
        .where('registrations.practice_id', 'in', scope.practiceIds)
        .where(isShown)
        .$if(onlyFailing, (query) =>
          query.where((eb) =>
            eb.or([
              eb('registrations.last_error_code', 'is not', null),
              eb('registrations.end_code', 'is not', null),
            ]),
          ),
        )
        .$if(after !== undefined, (query) =>
          query.where(
            sql<boolean>`(registrations.practice_id, registrations.encounter_id) > (${after?.practiceId}, ${after?.encounterId})`,
          ),
        )
        .orderBy('registrations.practice_id')
        .orderBy('registrations.encounter_id')
        .limit(limit)
        .execute()
    },

    async findByPatient(scope: Scope, patientId: string): Promise<readonly WatchedRow[]> {
      return watched()
        .where('registrations.practice_id', 'in', scope.practiceIds)
        .where('registrations.patient_id', '=', patientId)
        .where(isShown)
        .orderBy('registered_at')
        .execute()
    },

    /**
     * Ends the watch over every encounter of a patient, and takes those that have ended off the list. Admitted encounters are still
     * processed. Returns how many rows were changed.
     */
    async endByPatient(scope: Scope, patientId: string): Promise<number> {
      const result = await db
        .updateTable('registrations')
        .set({ watch: 'ended', end_code: null, ended_at: sql<Date>`now()`, ended_by: null })
        .where('practice_id', 'in', scope.practiceIds)
        .where('patient_id', '=', patientId)
        .where(isShown)
        .executeTakeFirst()
      return Number(result.numUpdatedRows)
    },

    /** A person ends the watch over one encounter; if it was admitted, it is still processed. Undefined when it is not watched. */
    async end(
      scope: Scope,
      { practiceId, encounterId }: Omit<EncounterRef, 'patientId'>,
      endedBy: string,
    ): Promise<RegistrationRow | undefined> {
      return db
        .updateTable('registrations')
        .set({ watch: 'ended', end_code: null, ended_at: sql<Date>`now()`, ended_by: endedBy })
        .where('practice_id', 'in', scope.practiceIds)
        .where('practice_id', '=', practiceId)
        .where('encounter_id', '=', encounterId)
        .where('watch', '<>', 'ended')
        .returningAll()
        .executeTakeFirst()
    },

    /**
     * Counts the registrations that are polled, on all nodes.
     *
     * @param ageStepsMs the ages that separate the counts of the open ones, ascending
     */
    async countWatched(
      ageStepsMs: readonly number[],
      reopenWatchMs: number,
    ): Promise<WatchedCounts> {
      const { rows } = await sql<{
        kind: 'open' | 'signed' | 'refused'
        step: number
        count: number
      }>`
        select case when refused_since is not null then 'refused' else watch end as kind,
               width_bucket((extract(epoch from now()
                   - coalesce(watch_until - ${reopenWatchMs} * interval '1 millisecond', registered_at)) * 1000)::float8,
                 ${ageStepsMs}::float8[]) as step,
               count(*)::int as count
          from registrations where watch <> 'ended' group by 1, 2`.execute(db)
      const countOf = (kind: string) =>
        rows.filter((row) => row.kind === kind).reduce((sum, row) => sum + row.count, 0)
      return {
        open: Array.from(
          { length: ageStepsMs.length + 1 },
          (_, step) => rows.find((row) => row.kind === 'open' && row.step === step)?.count ?? 0,
        ),
        signed: countOf('signed'),
        refused: countOf('refused'),
      }
    },

    /** How many registered encounters are not signed yet. */
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
