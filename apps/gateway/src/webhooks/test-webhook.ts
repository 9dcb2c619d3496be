import { randomUUID } from 'node:crypto'
import { webhookTestType } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import type { WebhookRow } from '../store/webhooks.ts'
import type { PostOutcome, PostRequest } from './post-webhook.ts'
import { type SecretBox, SecretUnreadableError } from './secret-box.ts'
import { unreadableCode } from './seal-secrets.ts'
import { signedHeaders } from './webhook-signature.ts'

/** Sends one message without an order now, signed as every other. It is not kept, not repeated, and counts as no failure of the endpoint. */
export async function testWebhook(
  row: Pick<
    WebhookRow,
    'webhook_id' | 'practice_id' | 'url' | 'secret' | 'previous_secret' | 'previous_secret_until'
  >,
  {
    box,
    post,
    clock,
  }: {
    readonly box: Pick<SecretBox, 'open'>
    post(request: PostRequest, signal: AbortSignal): Promise<PostOutcome>
    readonly clock: Pick<Clock, 'now'>
  },
): Promise<PostOutcome> {
  const { webhook_id: webhookId, practice_id: practiceId, url } = row
  const now = clock.now()
  const stillSigns = row.previous_secret_until !== null && row.previous_secret_until > now
  const stored = [row.secret, ...(stillSigns ? [row.previous_secret ?? ''] : [])]
  const body = JSON.stringify({
    type: webhookTestType,
    timestamp: now.toISOString(),
    data: { practiceId, webhookId },
  })
  try {
    const secrets = stored.map((one) => box.open(one, practiceId))
    const headers = signedHeaders({ eventId: `test-${randomUUID()}`, body }, secrets, now)
    return await post({ url, headers, body }, new AbortController().signal)
  } catch (error) {
    if (!(error instanceof SecretUnreadableError)) throw error
    return { isDelivered: false, code: unreadableCode, reason: error.message, status: null }
  }
}
