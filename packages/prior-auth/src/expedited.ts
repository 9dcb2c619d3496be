import type { PeopleInput } from './answer-changes.ts'
import type { OrderDetails } from './queue-api.ts'

/**
 * An urgent order must be with the payer at the latest when the payer would have to have decided about it, had it been sent at once.
 *
 * @see 42 CFR 422.572(a) and 422.568(b) as amended by CMS-0057-F (89 FR 8758): an expedited request is decided within 72 hours
 */
const expeditedMs = 72 * 60 * 60 * 1000

/** The end of the 72 hours of an urgent order whose encounter was found to be signed then. */
export function expeditedUntil(signedAt: Date): Date {
  return new Date(signedAt.getTime() + expeditedMs)
}

/** How urgent an order is: as a person typed it into the form, otherwise as the chart says. */
export function urgencyWith(
  charted: OrderDetails['urgency'],
  { entries }: Pick<PeopleInput, 'entries'>,
): OrderDetails['urgency'] {
  const typed = entries['choices.review']
  return typed === 'urgent' || typed === 'standard' ? typed : charted
}
