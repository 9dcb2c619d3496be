import { createHmac, randomBytes } from 'node:crypto'

/** @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md - 24 to 64 bytes */
const secretBytes = 32
const secretPrefix = 'whsec_'

export function newWebhookSecret(): string {
  return `${secretPrefix}${randomBytes(secretBytes).toString('base64')}`
}

/**
 * The headers that let a receiver know that a message is ours, unaltered and recent. Each of `secrets` signs, so that a receiver which
 * knows one of them can verify it.
 *
 * @see https://www.standardwebhooks.com
 */
export function signedHeaders(
  { eventId, body }: { readonly eventId: string; readonly body: string },
  secrets: readonly string[],
  now: Date,
): Readonly<Record<string, string>> {
  const timestamp = Math.floor(now.getTime() / 1000)
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(secretPrefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${eventId}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    'webhook-id': eventId,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  }
}
