import type { OrderEntry } from '@authscript/prior-auth'

/** Intents that ask for something to be done; proposals, plans and options do not yet. */
const orderingIntents: ReadonlySet<string> = new Set([
  'order',
  'original-order',
  'reflex-order',
  'filler-order',
  'instance-order',
])

/**
 * Whether an order stands. An order without an intent is taken for one: leaving it out would lose it silently.
 *
 * @see https://hl7.org/fhir/R4/valueset-request-intent.html
 */
export function isActiveOrder(order: OrderEntry): boolean {
  return (
    order.status === 'active' && (order.intent === undefined || orderingIntents.has(order.intent))
  )
}
