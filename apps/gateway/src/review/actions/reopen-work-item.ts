import {
  isDrafted,
  type ReviewState,
  reviewStateOf,
  withAnswerChanges,
} from '@authscript/prior-auth'
import type { Scope } from '../../store/scope.ts'
import type { StoreTransaction } from '../../store/store.ts'
import type { LatestWriteBackRow } from '../../store/write-backs.ts'
import {
  type ChangeOutcome,
  done,
  isRefused,
  type Refused,
  refused,
  type ReviewDependencies,
  type SeenItem,
  stale,
  tryForm,
  unknownItem,
} from '../change-outcome.ts'

const reopenable: readonly ReviewState[] = ['closed', 'approved']

/**
 * A person re-opens a closed work item, or withdraws an approval whose form was not sent to the chart yet: it is a draft again. A closed
 * item whose form is in the chart is `submitted` again.
 */
export async function reopenWorkItem(
  scope: Scope,
  { workItemId, version, actor }: SeenItem,
  { store, forms, clock }: ReviewDependencies,
): Promise<ChangeOutcome> {
  const form = await store.workItems.form(scope, workItemId)
  const draft = form && (await tryForm((signal) => forms.mark(form.pdf, { kind: 'draft' }, signal)))
  if (draft !== undefined && isRefused(draft)) return draft
  return store.transaction('Review', async (transaction) => {
    const now = clock.now()
    const seen = await transaction.workItems.lock(scope, workItemId)
    if (seen === undefined) return unknownItem(workItemId)
    if (seen.version !== version) return stale
    if (!reopenable.includes(seen.review))
      return refused('not_reopenable', 'this order is neither closed nor approved')
    const writeBack = await transaction.writeBacks.latest(workItemId)
    const isInChart = writeBack?.state === 'written'
    if (writeBack !== undefined && !isInChart) {
      const refusal = await withdraw(transaction, writeBack, now)
      if (refusal !== undefined) return refusal
    }
    const changes = await transaction.answerChanges.list(workItemId)
    const review = isInChart
      ? 'submitted'
      : reviewStateOf(withAnswerChanges(seen.analysis, changes))
    const item = await transaction.workItems.change(
      { workItemId, version, from: reopenable },
      { review, closed_reason: null },
      now,
    )
    if (item === undefined) return stale
    if (draft !== undefined && isDrafted(review))
      await transaction.workItems.replaceMark(workItemId, item.version, draft)
    await transaction.history.add(
      { workItemId, version: item.version, actor, kind: 'reopened', data: { from: seen.review } },
      now,
    )
    transaction.workItemStatusChanged(item)
    return done
  })
}

/**
 * No worker can send meanwhile: before it sends, it checks whether the approval is still valid, and waits for the lock of the work item.
 */
async function withdraw(
  transaction: StoreTransaction,
  writeBack: LatestWriteBackRow,
  now: Date,
): Promise<Refused | undefined> {
  if (writeBack.state === 'withdrawn') return undefined
  if (writeBack.needs_decision || writeBack.sending_since !== null)
    return refused(
      'form_on_its_way',
      'the approved form is on its way to the chart, or may be there already; wait until that is known, or decide about it first',
    )
  await transaction.writeBacks.transition(
    { workItemId: writeBack.work_item_id, version: writeBack.version },
    'withdrawn',
    { finished_at: now, error_code: null, error_reason: null },
    writeBack.run,
  )
  return undefined
}
