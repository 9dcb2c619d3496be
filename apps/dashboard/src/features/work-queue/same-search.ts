import type { QueueSearch } from '../../api/queue.ts'

/** Whether two addresses show the same orders in the same order. */
export function isSameSearch(one: QueueSearch, other: QueueSearch): boolean {
  return keyOf(one) === keyOf(other)
}

function keyOf({ view, q, payer, provider, owner, sort, direction }: QueueSearch): string {
  // The first of each is what an address without it means.
  return JSON.stringify([view, q, payer, provider, owner, sort ?? 'due', direction ?? 'asc'])
}
