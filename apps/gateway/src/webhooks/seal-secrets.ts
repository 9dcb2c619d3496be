import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { type SecretBox, SecretUnreadableError } from './secret-box.ts'

/** The code of docs/errors.md for a webhook whose secret cannot be decrypted. */
export const unreadableCode = 'webhook_secret_unreadable'

/**
 * At the start: encrypts every stored secret with the first configured key, also those in plain text. A secret that no key opens stays as
 * it is, and its webhook shows why; its messages are sent when the key is configured again.
 */
export async function sealSecrets(
  store: Pick<Store, 'transaction'>,
  box: SecretBox,
  log: Pick<Log, 'info' | 'error'>,
): Promise<void> {
  await store.transaction('Webhooks', async ({ webhooks }) => {
    let count = 0
    for (const row of await webhooks.storedSecrets()) {
      const { practice_id: practiceId } = row
      /** Decrypted in any case: a current one may be damaged. */
      const toCurrent = (stored: string) => {
        const opened = box.open(stored, practiceId)
        return box.isCurrent(stored) ? stored : box.seal(opened, practiceId)
      }
      try {
        const secret = toCurrent(row.secret)
        const previous = row.previous_secret === null ? null : toCurrent(row.previous_secret)
        if (secret !== row.secret || previous !== row.previous_secret) {
          await webhooks.storeSecrets(row.webhook_id, secret, previous)
          count += 1
        }
        await webhooks.clearUnreadable(row.webhook_id, unreadableCode)
      } catch (error) {
        if (!(error instanceof SecretUnreadableError)) throw error
        await webhooks.markUnreadable(row.webhook_id, unreadableCode, error.message)
        log.error(
          { webhookId: row.webhook_id, code: unreadableCode, reason: error.message },
          'the secret of a webhook cannot be read; nothing is sent to it',
        )
      }
    }
    if (count > 0) log.info({ count }, 'secrets of webhooks were encrypted with the current key')
  })
}
