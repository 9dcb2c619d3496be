import type { EncounterRef } from '@authscript/prior-auth'
import type { Kysely, Selectable } from 'kysely'
import type { Schema } from './schema.ts'

export type FailureRow = Selectable<Schema['failures']>

export interface Failure {
  readonly ref: EncounterRef
  /** The kind of the job that failed. */
  readonly kind: string
  /** Absent when the job is not one of a work item. */
  readonly workItemId?: string
  readonly run: number
  readonly attemptCount: number
  readonly code: string
  readonly reason: string
  /** When the durable retry is due; absent if there is none. */
  readonly nextAttemptAt?: Date
}

/** Every failure of a job, for operators: ids, codes and reasons. */
export function failureRows(db: Kysely<Schema>) {
  return {
    async add({ ref, ...failure }: Failure, now: Date): Promise<void> {
      await db
        .insertInto('failures')
        .values({
          practice_id: ref.practiceId,
          encounter_id: ref.encounterId,
          kind: failure.kind,
          work_item_id: failure.workItemId ?? null,
          run: failure.run,
          attempt_count: failure.attemptCount,
          code: failure.code,
          reason: failure.reason,
          outcome: failure.nextAttemptAt === undefined ? 'failed' : 'retried',
          failed_at: now,
          next_attempt_at: failure.nextAttemptAt ?? null,
        })
        .execute()
    },

    /** Newest first: of the jobs of one kind, for the encounter or for one of its work items. */
    async latest(
      subject: Pick<EncounterRef, 'practiceId' | 'encounterId'> &
        Pick<Failure, 'kind' | 'workItemId'>,
      limit: number,
    ): Promise<readonly FailureRow[]> {
      return db
        .selectFrom('failures')
        .selectAll()
        .where('practice_id', '=', subject.practiceId)
        .where('encounter_id', '=', subject.encounterId)
        .where(
          'work_item_id',
          subject.workItemId === undefined ? 'is' : '=',
          subject.workItemId ?? null,
        )
        .where((eb) => eb.or([eb('kind', '=', subject.kind), eb('kind', 'is', null)]))
        .orderBy('ordinal', 'desc')
        .limit(limit)
        .execute()
    },
  }
}
