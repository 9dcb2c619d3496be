import type { AssignResult } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { Scope } from '../store/scope.ts'
import type { Store } from '../store/store.ts'
import { findUnassignable } from './owner-check.ts'

export interface Assignment {
  readonly workItemIds: readonly string[]
  /** A label; null removes the owner. */
  readonly owner: string | null
  readonly assignedBy: string
  /** The practices that the owner works for. */
  readonly ownerPracticeIds: ReadonlySet<string>
}

export type AssignmentOutcome =
  | { readonly outcome: 'assigned'; readonly changed: AssignResult['changed'] }
  /** Nobody with this label works for the practice of one of the orders. Nothing was changed. */
  | { readonly outcome: 'owner_unknown'; readonly practiceId: string }

/**
 * Assigns orders to a person or removes their owner, all or none. Orders outside of the scope, superseded ones and those that the person
 * already has are left out.
 */
export async function assignWorkItems(
  scope: Scope,
  { workItemIds, owner, assignedBy, ownerPracticeIds }: Assignment,
  { store, clock }: { readonly store: Store; readonly clock: Clock },
): Promise<AssignmentOutcome> {
  return store.transaction('Review', async (transaction) => {
    const { workQueue, history } = transaction
    const items = await workQueue.lockForAssignment(scope, workItemIds)
    if (owner !== null) {
      const person = { label: owner, practiceIds: ownerPracticeIds }
      const unassignable = await findUnassignable(person, items, transaction)
      if (unassignable !== undefined)
        return { outcome: 'owner_unknown', practiceId: unassignable.practice_id }
    }
    const changed = items.filter((item) => item.owner !== owner)
    if (changed.length === 0) return { outcome: 'assigned', changed: [] }

    const now = clock.now()
    await workQueue.assign(
      changed.map((item) => item.work_item_id),
      owner,
      now,
    )
    await history.addAll(
      changed.map((item) => ({
        workItemId: item.work_item_id,
        version: item.version,
        actor: assignedBy,
        kind: 'assigned',
        data: { owner, previous: item.owner },
      })),
      now,
    )
    for (const item of changed) {
      const ref = {
        practiceId: item.practice_id,
        patientId: item.patient_id,
        encounterId: item.encounter_id,
      }
      transaction.emit(ref, 'WorkItemAssigned', { workItemId: item.work_item_id })
    }
    return {
      outcome: 'assigned',
      changed: changed.map((item) => ({
        workItemId: item.work_item_id,
        previousOwner: item.owner,
      })),
    }
  })
}
