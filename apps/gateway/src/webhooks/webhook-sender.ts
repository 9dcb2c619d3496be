import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { DueDelivery } from '../store/webhook-deliveries.ts'
import type { ClaimedWebhook } from '../store/webhooks.ts'
import { type PostOutcome, type PostRequest } from './post-webhook.ts'
import { type SecretBox, SecretUnreadableError } from './secret-box.ts'
import { unreadableCode } from './seal-secrets.ts'
import { retryDelayMs, type RetryIntervals } from './retry-delay.ts'
import { toWebhookMessage } from './webhook-message.ts'
import { signedHeaders } from './webhook-signature.ts'

export interface WebhookSenderOptions {
  readonly store: Pick<Store, 'transaction' | 'webhooks' | 'webhookDeliveries'>
  post(request: PostRequest, signal: AbortSignal): Promise<PostOutcome>
  readonly secretBox: Pick<SecretBox, 'open'>
  readonly intervals: RetryIntervals
  /** The time limit of one attempt. */
  readonly timeoutMs: number
  readonly giveUpMs: number
  readonly pollIntervalMs: number
  readonly clock: Clock
  readonly log: Log
}

/** Endpoints that this node delivers to at once. Each gets one message at a time, so a slow one takes one of these places and no more. */
const maxClaims = 64
/** After this many messages, it is the turn of the other waiting endpoints. */
const deliveriesPerClaim = 50
const eventBatch = 500
/** Beyond the time limit of an attempt: for what is written before and after it. */
const claimMarginMs = 5000
/** A stop waits this long for attempts in progress. Those that it ends are sent again. */
const stopGraceMs = 3000
/** Ten years. */
const neverMs = 315_360_000_000
/** When an endpoint answers, but refuses a message this often, the message is set aside and the next one is sent. */
const maxRefusals = 6

type FailedOutcome = Extract<PostOutcome, { readonly isDelivered: false }>

/**
 * Delivers events to the practices' own systems.
 *
 * Committed events become rows (`webhook_deliveries`), in the order of their sequence and once, by whichever node holds the cursor. A node
 * claims an endpoint for as long as it delivers to it; the oldest pending row goes first, and the next only when it was delivered or set
 * aside.
 * A node that dies loses its claims, and another sends the same row again: at least once. Nothing here uses the workers of encounters.
 */
export class WebhookSender {
  readonly #options: WebhookSenderOptions
  readonly #stopping = new AbortController()
  readonly #cutOff = new AbortController()
  readonly #serving = new Set<Promise<void>>()
  #wake = Promise.withResolvers<void>()
  #loop: Promise<void> = Promise.resolve()

  constructor(options: WebhookSenderOptions) {
    this.#options = options
  }

  start(): void {
    this.#loop = this.#run()
  }

  /** There may be something to send: checks now. */
  wake(): void {
    this.#wake.resolve()
  }

  async stop(): Promise<void> {
    const { clock } = this.#options
    this.#stopping.abort()
    this.wake()
    await this.#loop
    const done = new AbortController()
    void clock.sleep(stopGraceMs, done.signal).then(
      () => this.#cutOff.abort(new Error('stopping')),
      () => undefined,
    )
    await Promise.allSettled(this.#serving)
    done.abort()
  }

  async #run(): Promise<void> {
    const { clock, log, pollIntervalMs } = this.#options
    const { signal } = this.#stopping
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers()
      try {
        await this.#fanOut()
        await this.#claim()
      } catch (error) {
        log.warn({ error }, 'webhooks could not be read; trying again')
      }
      const waited = new AbortController()
      await Promise.race([
        this.#wake.promise,
        clock.sleep(pollIntervalMs, waited.signal).catch(() => undefined),
      ])
      waited.abort()
    }
  }

  async #fanOut(): Promise<void> {
    for (let isMore = true; isMore && !this.#stopping.signal.aborted; )
      isMore = await this.#options.store.transaction(
        'Webhooks',
        async ({ webhookDeliveries, events }) => {
          const after = await webhookDeliveries.holdCursor()
          if (after === undefined) return false
          const read = await events.after(after, eventBatch)
          const last = read.at(-1)?.sequence
          if (last === undefined) return false
          const messages = read.flatMap((event) => toWebhookMessage(event) ?? [])
          await webhookDeliveries.fanOut(messages, last)
          return read.length === eventBatch
        },
      )
  }

  async #claim(): Promise<void> {
    const { store } = this.#options
    const places = maxClaims - this.#serving.size
    if (places <= 0 || this.#stopping.signal.aborted) return
    const claimed = await store.webhooks.claim(places, crypto.randomUUID(), this.#claimMs)
    for (const webhook of claimed) {
      const serving = this.#serve(webhook).finally(() => {
        this.#serving.delete(serving)
        this.wake()
      })
      this.#serving.add(serving)
    }
  }

  get #claimMs(): number {
    return this.#options.timeoutMs + claimMarginMs
  }

  async #serve(webhook: ClaimedWebhook): Promise<void> {
    const { store, log } = this.#options
    try {
      for (let sent = 0; sent < deliveriesPerClaim; sent += 1) {
        if (this.#stopping.signal.aborted) break
        const due = await store.webhookDeliveries.next(webhook, this.#claimMs)
        if (due === undefined) break
        await this.#deliver(webhook, due)
      }
      await store.webhooks.release(webhook)
    } catch (error) {
      if (this.#cutOff.signal.aborted) await store.webhooks.release(webhook).catch(() => undefined)
      else
        log.warn(
          { error, webhookId: webhook.webhookId },
          'a delivery to a webhook could not be recorded; it is sent again',
        )
    }
  }

  async #deliver(webhook: ClaimedWebhook, due: DueDelivery): Promise<void> {
    const { store, post, clock } = this.#options
    const { url, body } = due
    const secrets = this.#openSecrets(webhook, due)
    if (!Array.isArray(secrets)) return this.#recordFailed(webhook, due, secrets)
    const headers = signedHeaders(due, secrets, clock.now())
    const outcome = await post({ url, headers, body }, this.#cutOff.signal)
    if (outcome.isDelivered)
      await store.webhookDeliveries.recordDelivered(webhook, due.deliveryId, outcome.status)
    else await this.#recordFailed(webhook, due, outcome)
  }

  #openSecrets({ practiceId }: ClaimedWebhook, due: DueDelivery): string[] | FailedOutcome {
    try {
      return due.secrets.map((stored) => this.#options.secretBox.open(stored, practiceId))
    } catch (error) {
      if (!(error instanceof SecretUnreadableError)) throw error
      return { isDelivered: false, code: unreadableCode, reason: error.message, status: null }
    }
  }

  async #recordFailed(
    webhook: ClaimedWebhook,
    due: DueDelivery,
    { code, reason, status, retryAfterMs, isRefusal = false, isGone = false }: FailedOutcome,
  ): Promise<void> {
    const { store, intervals, giveUpMs, clock, log } = this.#options
    const { webhookId, practiceId } = webhook
    const { deliveryId, encounterId } = due
    const attemptCount = due.attemptCount + 1
    const outcome = await store.transaction('Webhooks', async (transaction) => {
      const recorded = await transaction.webhookDeliveries.recordFailed(webhook, deliveryId, {
        code,
        reason,
        status,
        delayMs: retryDelayMs(due.failureCount + 1, intervals, retryAfterMs, clock.random()),
        // An operator has to fix this failure, so the endpoint is not disabled for it.
        giveUpMs: code === unreadableCode ? neverMs : giveUpMs,
        disableNow: isGone,
        setAside: isRefusal && attemptCount >= maxRefusals,
      })
      if (recorded === 'disabled')
        // Its data name no patient, so the event needs none.
        transaction.emit({ practiceId, encounterId, patientId: '' }, 'WebhookDisabled', {
          webhookId,
          error: reason,
          code,
          attemptCount,
        })
      return recorded
    })
    const fields = { webhookId, code, status, attempt: attemptCount }
    if (outcome === 'disabled')
      log.error(fields, 'a webhook is disabled; its messages are kept until it is enabled')
    else if (outcome === 'set_aside')
      log.warn(
        fields,
        'a webhook refuses a message; the message is set aside and the next one is sent',
      )
    else log.info(fields, 'a webhook did not accept a message; trying again')
  }
}
