import type { QueueView } from '@authscript/prior-auth'
import type { QueueSearch } from '../../api/queue.ts'

/**
 * The address of another view. Filters belong to the view that was left: kept, they would hide orders of the next one. What a person searches
 * for, and how they sort, goes with them.
 */
export function inView(view: QueueView, { q, sort, direction }: QueueSearch): QueueSearch {
  return { view, q, sort, direction }
}

/** A saved view brings its own filters and sort. */
export function inSavedView(saved: QueueSearch, { q }: QueueSearch): QueueSearch {
  return { ...saved, q }
}
