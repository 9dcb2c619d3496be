import type { EventType } from './event-types.ts'

/** What a practice's own systems can be notified of. */
export const webhookTypes = [
  'form.ready',
  'form.approved',
  'form.in_chart',
  'payer.decided',
] as const

export type WebhookType = (typeof webhookTypes)[number]

/** The events that webhooks are notified of. */
export const webhookTypeOf: Partial<Readonly<Record<EventType, WebhookType>>> = {
  PA_FORM_READY: 'form.ready',
  FormApproved: 'form.approved',
  FormInChart: 'form.in_chart',
  PayerDecided: 'payer.decided',
}

/** Of the message that only tests whether an endpoint can be reached. */
export const webhookTestType = 'webhook.test'
