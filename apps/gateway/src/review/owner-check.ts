import type { StoreTransaction } from '../store/store.ts'

/** Somebody who is to get orders, by label, and the practices that they work for; empty for a label that nobody has. */
export interface Owner {
  readonly label: string
  readonly practiceIds: ReadonlySet<string>
}

/**
 * The first order that may not go to this person: nobody with the label works for its practice. A person who had it before may get it
 * again, even without a credential, so that an assignment can always be undone.
 */
export async function foreignTo<
  Item extends { readonly work_item_id: string; readonly practice_id: string },
>(
  { label, practiceIds }: Owner,
  items: readonly Item[],
  { workQueue }: Pick<StoreTransaction, 'workQueue'>,
): Promise<Item | undefined> {
  const former = await workQueue.practicesOfOwner(
    label,
    items.map((item) => item.work_item_id),
  )
  return items.find(({ practice_id: id }) => !practiceIds.has(id) && !former.has(id))
}

/** Why an order does not go to a person: a sentence. */
export const ownerUnknown = (practiceId: string) =>
  `nobody with this name works on orders of practice ${practiceId}`
