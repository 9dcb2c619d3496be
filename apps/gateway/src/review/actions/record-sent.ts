import type { RecordSentRequest, RecordSentResult } from '@authscript/prior-auth'
import type { Scope } from '../../store/scope.ts'
import {
  type ChangeOutcome,
  done,
  refused,
  type ReviewDependencies,
  type SeenItem,
  stale,
  unknownItem,
} from '../change-outcome.ts'
import { recordPayerStep } from './record-payer-step.ts'

type Dependencies = Pick<ReviewDependencies, 'store' | 'dayOf' | 'clock'>
type SeenOrder = Omit<SeenItem, 'actor'>

/** Records for several orders that they were sent to their payers. Each is independent: one that has changed meanwhile is left out. */
export async function recordSent(
  scope: Scope,
  { items, on, method, actor }: RecordSentRequest & { readonly actor: string },
  dependencies: Dependencies,
): Promise<RecordSentResult> {
  return changeEach(items, ({ workItemId, version, reference }) =>
    recordPayerStep(
      scope,
      {
        workItemId,
        version,
        actor,
        step: { kind: 'sent', on, method, ...(reference === undefined ? {} : { reference }) },
        isFirst: true,
      },
      dependencies,
    ),
  )
}

/** Undoes such entries, except where something has happened since. */
export async function undoSent(
  scope: Scope,
  { items, actor }: { readonly items: readonly SeenOrder[]; readonly actor: string },
  dependencies: Dependencies,
): Promise<RecordSentResult> {
  return changeEach(items, (seen) => undoOne(scope, { ...seen, actor }, dependencies))
}

async function undoOne(
  scope: Scope,
  { workItemId, version, actor }: SeenItem,
  { store, clock }: Dependencies,
): Promise<ChangeOutcome> {
  return store.transaction('Review', async (transaction) => {
    const now = clock.now()
    const seen = await transaction.workItems.lock(scope, workItemId)
    if (seen === undefined) return unknownItem(workItemId)
    if (seen.version !== version) return stale
    if (seen.payer_state !== 'sent')
      return refused('not_sent_yet', 'this order is not entered as sent')
    const item = await transaction.workItems.change(
      { workItemId, version, from: ['submitted'] },
      { payer_state: null },
      now,
    )
    if (item === undefined) return stale
    await transaction.history.add(
      { workItemId, version: item.version, actor, kind: 'sent_undone' },
      now,
    )
    transaction.workItemStatusChanged(item)
    return done
  })
}

async function changeEach<Order extends SeenOrder>(
  orders: readonly Order[],
  change: (order: Order) => Promise<ChangeOutcome>,
): Promise<RecordSentResult> {
  const changed: RecordSentResult['changed'][number][] = []
  const left: RecordSentResult['left'][number][] = []
  // One after the other, so that a large request leaves connections for others.
  for (const order of orders) {
    const { workItemId, version } = order
    const result = await change(order)
    if (result.outcome === 'done') changed.push({ workItemId, version: version + 1 })
    else left.push({ workItemId, ...reasonOf(result) })
  }
  return { changed, left }
}

function reasonOf(result: Exclude<ChangeOutcome, { readonly outcome: 'done' }>) {
  switch (result.outcome) {
    case 'unknown':
      return { code: 'not_found', reason: 'this order is not known here' }
    case 'stale':
      return { code: 'version_stale', reason: 'somebody has changed this order meanwhile' }
    case 'refused':
      return { code: result.code, reason: result.detail }
    default:
      return result satisfies never
  }
}
