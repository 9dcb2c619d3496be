import type { OrderEntry } from '@authscript/prior-auth'

/** Intents that ask for something to be done; proposals, plans and options do not. */
const orderingIntents: ReadonlySet<string> = new Set([
  'order',
  'original-order',
  'reflex-order',
  'filler-order',
  'instance-order',
])

/**
 * Whether an order is active. One without an intent counts as an order, because leaving it out would lose it silently.
 *
 * @see https://hl7.org/fhir/R4/valueset-request-intent.html
 */
export function isActiveOrder(order: OrderEntry): boolean {
  return (
    order.status === 'active' && (order.intent === undefined || orderingIntents.has(order.intent))
  )
}
