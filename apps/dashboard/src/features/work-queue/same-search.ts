import type { QueueSearch } from '../../api/queue.ts'

/** Whether two addresses are of the same view, filters and sort; what is searched in it is no part of a view. */
export function isSameSearch(one: QueueSearch, other: QueueSearch): boolean {
  return keyOf(one) === keyOf(other)
}

function keyOf({ view, payer, provider, owner, sort, direction }: QueueSearch): string {
  // The first of each is what an address without it means.
  return JSON.stringify([view, payer, provider, owner, sort ?? 'due', direction ?? 'asc'])
}
