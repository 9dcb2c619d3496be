import type { EncounterRef } from '@authscript/prior-auth'
import type { Kysely, Selectable } from 'kysely'
import type { Schema } from './schema.ts'

export type FailureRow = Selectable<Schema['failures']>

export interface Failure {
  readonly ref: EncounterRef
  /** Of a write-back; absent for the encounter itself. */
  readonly workItemId?: string
  readonly run: number
  readonly attemptCount: number
  readonly code: string
  readonly reason: string
  /** When it is tried again; absent when it is not. */
  readonly nextAttemptAt?: Date
}

/** What went wrong, each time: ids, codes and reasons for operators. */
export function failureRows(db: Kysely<Schema>) {
  return {
    async add({ ref, ...failure }: Failure, now: Date): Promise<void> {
      await db
        .insertInto('failures')
        .values({
          practice_id: ref.practiceId,
          encounter_id: ref.encounterId,
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

    /** Newest first; of the encounter itself, or of one work item's write-back. */
    async latest(
      subject: Pick<EncounterRef, 'practiceId' | 'encounterId'> & { readonly workItemId?: string },
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
        .orderBy('ordinal', 'desc')
        .limit(limit)
        .execute()
    },
  }
}
