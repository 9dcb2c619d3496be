import type { OrderEntry } from '@authscript/prior-auth'
import { type Side, sideInText, sideOfConcepts } from '../laterality.ts'
import type { Entry } from './chart-index.ts'

/** The side of a coded entry: by its body site, else by its words. */
export function sideOfEntry(entry: Entry): Side | undefined {
  return sideOfConcepts(entry.sites) ?? sideOfConcepts(entry.concepts)
}

/** The side an order is for: by its body site, its own words, its notes, its reasons. */
export function sideOfOrder(order: OrderEntry): Side | undefined {
  return (
    sideOfConcepts(order.bodySites) ??
    sideOfConcepts([order.code]) ??
    sideInText(order.notes.join(' ; ')) ??
    sideOfConcepts(order.reasons)
  )
}
