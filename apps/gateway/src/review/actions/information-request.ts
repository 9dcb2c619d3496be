import {
  americanDate,
  type AskRequest,
  type AskResult,
  draftedStates,
} from '@authscript/prior-auth'
import type { Scope } from '../../store/scope.ts'
import type { StoreTransaction } from '../../store/store.ts'
import type { LockedWorkItem, WorkItemChanges } from '../../store/work-items.ts'
import {
  type ChangeOutcome,
  done,
  refused,
  type ReviewDependencies,
  type SeenItem,
  stale,
  unknownItem,
} from '../change-outcome.ts'
import { findUnassignable, type Owner } from '../owner-check.ts'

/** No open request for information. */
export const nothingAsked = {
  asked_of: null,
  asked_what: null,
  asked_due_on: null,
  asked_by: null,
  asked_at: null,
} as const satisfies WorkItemChanges

/**
 * Asks somebody for what the chart lacks: the draft waits until the request is answered or withdrawn. A person of the practice who is
 * asked finds the order among their own until they have read it.
 */
export async function askForInformation(
  scope: Scope,
  {
    workItemId,
    version,
    actor,
    request,
    person,
  }: SeenItem & {
    readonly request: AskRequest
    /** The person who was asked, if the name is somebody's label. */
    readonly person: Owner
  },
  { store, dayOf, clock }: Pick<ReviewDependencies, 'store' | 'dayOf' | 'clock'>,
): Promise<ChangeOutcome> {
  return store.transaction('Review', async (transaction) => {
    const now = clock.now()
    const seen = await transaction.workItems.lock(scope, workItemId)
    if (seen === undefined) return unknownItem(workItemId)
    if (seen.version !== version) return stale
    if (seen.asked_at !== null)
      return refused(
        'asked_already',
        `${seen.asked_of} is asked already; enter the answer or withdraw that request first`,
      )
    const { of, what, dueOn } = request
    if (dueOn !== undefined && dueOn < dayOf(seen.practice_id, now)) {
      const message = `${americanDate(dueOn)} is in the past`
      return { ...refused('date_implausible', message), issues: [{ path: 'dueOn', message }] }
    }
    const item = await transaction.workItems.change(
      { workItemId, version, from: draftedStates },
      {
        asked_of: of,
        asked_what: what,
        asked_due_on: dueOn ?? null,
        asked_by: actor,
        asked_at: now,
      },
      now,
    )
    if (item === undefined)
      return refused('not_drafted', 'this order is not a draft; write a note instead')
    const isNotified =
      of !== actor && (await findUnassignable(person, [seen], transaction)) === undefined
    if (isNotified) await transaction.mentions.add(workItemId, [of], actor, now)
    const data = { of, what, dueOn: dueOn ?? null }
    await transaction.history.add(
      { workItemId, version: item.version, actor, kind: 'information_asked', data },
      now,
    )
    transaction.workItemStatusChanged(item)
    return done
  })
}

/** Ends the open request: with an answer, which is shown to the person who asked, or because it is no longer needed. */
export async function endInformationRequest(
  scope: Scope,
  { workItemId, version, actor, result }: SeenItem & { readonly result: AskResult },
  { store, clock }: Pick<ReviewDependencies, 'store' | 'clock'>,
): Promise<ChangeOutcome> {
  return store.transaction('Review', async (transaction) => {
    const now = clock.now()
    const seen = await transaction.workItems.lock(scope, workItemId)
    if (seen === undefined) return unknownItem(workItemId)
    if (seen.version !== version) return stale
    const { asked_of: of, asked_by: askedBy } = seen
    if (of === null || askedBy === null)
      return refused('nothing_asked', 'nobody is asked for information about this order')
    const item = await transaction.workItems.change(
      { workItemId, version, from: draftedStates },
      nothingAsked,
      now,
    )
    if (item === undefined) return refused('not_drafted', 'this order is not a draft any more')
    if (result.outcome === 'answered' && askedBy !== actor)
      await transaction.mentions.add(workItemId, [askedBy], actor, now)
    await transaction.history.add(
      {
        workItemId,
        version: item.version,
        actor,
        ...(result.outcome === 'answered'
          ? { kind: 'information_answered', data: { of, answer: result.answer } }
          : { kind: 'information_withdrawn', data: { of, reason: result.reason ?? null } }),
      },
      now,
    )
    transaction.workItemStatusChanged(item)
    return done
  })
}

/** Records that the decision about an order ended its open request. */
export async function withdrawWithDecision(
  { history }: Pick<StoreTransaction, 'history'>,
  { work_item_id: workItemId, asked_of: of }: Pick<LockedWorkItem, 'work_item_id' | 'asked_of'>,
  { version, actor, now }: { readonly version: number; readonly actor: string; readonly now: Date },
): Promise<void> {
  if (of === null) return
  await history.add(
    { workItemId, version, actor, kind: 'information_withdrawn', data: { of } },
    now,
  )
}
