import { type GatewayEvent, webhookTypeOf } from '@authscript/prior-auth'
import type { WebhookMessage } from '../store/webhook-deliveries.ts'

/**
 * The message about an event; undefined when webhooks are not notified of it. Its data are ids only: the receiver reads the order with
 * its own credential.
 */
export function toWebhookMessage(event: GatewayEvent): WebhookMessage | undefined {
  const type = webhookTypeOf[event.eventType]
  if (type === undefined) return undefined
  const { id: eventId, sequence, practiceId, timestamp, data } = event
  const { encounterId } = data
  const workItemId = 'workItemId' in data ? (data.workItemId ?? null) : null
  const body = JSON.stringify({
    type,
    timestamp,
    data: { eventId, sequence, practiceId, encounterId, workItemId },
  })
  return { practiceId, eventId, sequence, type, encounterId, workItemId, body }
}
