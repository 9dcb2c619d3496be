import type { StoreTransaction } from '../store/store.ts'

/** Somebody to whom orders are to be assigned: a label, and the practices for which they work; none for a label that nobody has. */
export interface Owner {
  readonly label: string
  readonly practiceIds: ReadonlySet<string>
}

/**
 * The first order that cannot be assigned to this person, because nobody with the label works for its practice. A person who had it before
 * can get it again, even if they no longer have access, so that an assignment can always be undone.
 */
export async function findUnassignable<
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

/** A sentence for the person who assigns. */
export const ownerUnknown = (practiceId: string) =>
  `nobody with this name works on orders of practice ${practiceId}`
