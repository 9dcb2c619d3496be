import { z } from 'zod'
import { typedPracticeId } from './ids.ts'
import type { Immutable } from './immutable.ts'
import { webhookTypes } from './webhook-types.ts'

/** What the pages and programs see of webhooks: ids, addresses and outcomes, nothing from a chart. Times are ISO 8601. */

export const webhookDeliveryState = z.enum(['pending', 'delivered', 'failed'])

const type = z.enum(webhookTypes)
const types = z.array(type).min(1).max(webhookTypes.length)
const url = z.string().min(1).max(2000)

export const maxWebhookDescription = 200
const description = z.string().trim().max(maxWebhookDescription).nullable()

const remedy = z
  .string()
  .nullable()
  .describe('What to do about it, from docs/errors.md; null when it says nothing')

export const webhookView = z.object({
  webhookId: z.string(),
  practiceId: z.string(),
  url: z.string(),
  types: z.array(type),
  description: z.string().nullable(),
  state: z.enum(['active', 'disabled']),
  disabledBy: z
    .string()
    .nullable()
    .describe('Null when it is active, or was disabled by the gateway after too many failures'),
  pendingCount: z.number().int().describe('Deliveries that wait'),
  failure: z
    .object({
      code: z.string(),
      reason: z.string(),
      remedy,
      since: z.iso.datetime().describe('Since when every attempt failed'),
      attemptCount: z.number().int(),
      nextAttemptAt: z.iso.datetime().nullable(),
    })
    .nullable()
    .describe('How the last attempt failed; null when it succeeded'),
  lastDeliveredAt: z.iso.datetime().nullable(),
  previousSecretUntil: z.iso
    .datetime()
    .nullable()
    .describe('Until when the secret before signs too'),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
})

export const webhookWithSecret = webhookView.extend({
  secret: z.string().describe('Of the signatures; it is not shown again'),
})

export const webhookRequest = z.strictObject({
  practiceId: typedPracticeId,
  url,
  types: types.optional(),
  description: description.optional(),
})

export const webhookChange = z.strictObject({
  url: url.optional(),
  types: types.optional(),
  description: description.optional(),
})

export const webhookTestResult = z.object({
  isDelivered: z.boolean(),
  status: z.number().int().nullable().describe('What the endpoint answered; null when nothing'),
  code: z.string().nullable(),
  reason: z.string().nullable(),
  remedy,
})

export const webhookDeliveryView = z.object({
  deliveryId: z.string(),
  /** The id of the event and of the message: the header `webhook-id`. */
  eventId: z.string(),
  sequence: z.number().int(),
  type: z.string(),
  encounterId: z.string(),
  workItemId: z.string().nullable(),
  state: webhookDeliveryState,
  attemptCount: z.number().int(),
  responseStatus: z.number().int().nullable(),
  errorCode: z.string().nullable(),
  createdAt: z.iso.datetime(),
  lastAttemptAt: z.iso.datetime().nullable(),
  deliveredAt: z.iso.datetime().nullable(),
})

export type WebhookView = Immutable<z.infer<typeof webhookView>>
export type WebhookWithSecret = Immutable<z.infer<typeof webhookWithSecret>>
export type WebhookRequest = Immutable<z.infer<typeof webhookRequest>>
export type WebhookChange = Immutable<z.infer<typeof webhookChange>>
export type WebhookTestResult = Immutable<z.infer<typeof webhookTestResult>>
export type WebhookDeliveryView = Immutable<z.infer<typeof webhookDeliveryView>>
