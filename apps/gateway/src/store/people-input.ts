import {
  type EncounterRef,
  noPeopleInput,
  type OrderKey,
  type PeopleInput,
} from '@authscript/prior-auth'
import type { Kysely } from 'kysely'
import { answerChangeRows } from './answer-changes.ts'
import { formEntryRows } from './form-entries.ts'
import type { Schema } from './schema.ts'

/** What people changed and typed for work items, as forms are filled with it. Equal input gives equal JSON. */
export function peopleInputRows(db: Kysely<Schema>) {
  async function of(workItemId: string): Promise<PeopleInput> {
    const entries = await formEntryRows(db).list(workItemId)
    return {
      changes: await answerChangeRows(db).list(workItemId),
      entries: Object.fromEntries(entries.map(({ field, value }) => [field, value])),
    }
  }

  return {
    /** The caller has checked that the work item is visible. */
    of,

    /** Of the order's work item, if it has one. `lock`: nobody else changes the work item until the transaction ends. */
    async ofOrder(
      { practiceId, encounterId }: Pick<EncounterRef, 'practiceId' | 'encounterId'>,
      { orderType, serviceRequestId }: OrderKey,
      { lock }: { readonly lock: boolean },
    ): Promise<PeopleInput> {
      const item = await db
        .selectFrom('work_items')
        .select('work_item_id')
        .where('practice_id', '=', practiceId)
        .where('encounter_id', '=', encounterId)
        .where('order_type', '=', orderType)
        .where('service_request_id', '=', serviceRequestId)
        .$if(lock, (query) => query.forUpdate())
        .executeTakeFirst()
      return item === undefined ? noPeopleInput : of(item.work_item_id)
    },
  }
}
