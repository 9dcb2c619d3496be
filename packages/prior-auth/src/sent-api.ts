import { z } from 'zod'
import type { Immutable } from './immutable.ts'

/** The JSON by which people enter that requests went to their payers. */

/** How a request went to the payer. */
export const sendingMethod = z.enum(['fax', 'portal', 'phone', 'mail', 'electronic'])

const seenOrder = z.strictObject({
  workItemId: z.string().min(1).max(64),
  /** The version that the person saw: any other is left alone. */
  version: z.number().int().min(1),
})

/** Orders of "To send" that went to their payers on one day and in one way. */
export const recordSentRequest = z.strictObject({
  items: z
    .array(seenOrder.extend({ reference: z.string().trim().max(200).optional() }))
    .min(1)
    .max(200),
  on: z.iso.date(),
  method: sendingMethod,
})

/** Takes back what `recordSentRequest` entered, as long as nobody has changed the order since. */
export const undoSentRequest = z.strictObject({ items: z.array(seenOrder).min(1).max(200) })

/** `left`: what stayed as it was, and why, a sentence. */
export const recordSentResult = z.object({
  changed: z.array(z.object({ workItemId: z.string(), version: z.number().int() })),
  left: z.array(z.object({ workItemId: z.string(), code: z.string(), reason: z.string() })),
})

export type SendingMethod = z.infer<typeof sendingMethod>
export type RecordSentRequest = Immutable<z.infer<typeof recordSentRequest>>
export type RecordSentResult = Immutable<z.infer<typeof recordSentResult>>
