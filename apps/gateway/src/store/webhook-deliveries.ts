import { type Kysely, type Selectable, sql } from 'kysely'
import type { Schema } from './schema.ts'
import type { PageRequest } from './scope.ts'
import { type ClaimedWebhook, inMs, isClaimValid } from './webhooks.ts'

export type WebhookDeliveryRow = Selectable<Schema['webhook_deliveries']>

/** What one attempt needs: the oldest pending delivery, with the current address and secrets. */
export interface DueDelivery {
  readonly deliveryId: string
  readonly encounterId: string
  readonly attemptCount: number
  readonly failureCount: number
  readonly eventId: string
  readonly body: string
  readonly url: string
  /** The secrets that sign it, as they are stored. */
  readonly secrets: readonly string[]
}

/** An event as a message to the webhooks of its practice. */
export interface WebhookMessage {
  readonly practiceId: string
  readonly eventId: string
  readonly sequence: number
  readonly type: string
  readonly encounterId: string
  readonly workItemId: string | null
  readonly body: string
}

/** How an attempt failed, and what follows from it. */
export interface DeliveryFailure {
  readonly code: string
  readonly reason: string
  readonly status: number | null
  /** The wait before the next attempt. */
  readonly delayMs: number
  /** The webhook is disabled when no attempt has succeeded for this long, or at once if `disableNow`. */
  readonly giveUpMs: number
  readonly disableNow: boolean
  /** This delivery is given up, and the next one follows. */
  readonly setAside: boolean
}

export type FailureOutcome = 'retry_scheduled' | 'set_aside' | 'disabled' | 'claim_lost'

/** What was sent and is to be sent to each webhook, and up to which event there are deliveries (`webhook_cursor`). */
export function webhookDeliveryRows(db: Kysely<Schema>) {
  return {
    /** Newest first. */
    async list(
      webhookId: string,
      state: WebhookDeliveryRow['state'] | undefined,
      { after, limit }: PageRequest,
    ): Promise<readonly WebhookDeliveryRow[]> {
      return db
        .selectFrom('webhook_deliveries')
        .selectAll()
        .where('webhook_id', '=', webhookId)
        .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'pending'))
        .$if(after !== undefined, (query) => query.where('ordinal', '<', after ?? 0))
        .orderBy('ordinal', 'desc')
        .limit(limit)
        .execute()
    },

    find: (webhookId: string, deliveryId: string): Promise<WebhookDeliveryRow | undefined> =>
      db
        .selectFrom('webhook_deliveries')
        .selectAll()
        .where('webhook_id', '=', webhookId)
        .where('delivery_id', '=', deliveryId)
        .executeTakeFirst(),

    /** Undefined when it waits already. */
    async redeliver(
      webhookId: string,
      deliveryId: string,
    ): Promise<WebhookDeliveryRow | undefined> {
      return db
        .updateTable('webhook_deliveries')
        .set({ state: 'pending', attempt_count: 0 })
        .where('webhook_id', '=', webhookId)
        .where('delivery_id', '=', deliveryId)
        .where('state', '<>', 'pending')
        .returningAll()
        .executeTakeFirst()
    },

    /**
     * Locks and returns the sequence up to which events have become deliveries, until the transaction ends. Undefined if another node has
     * locked it, or there was never a webhook.
     */
    async holdCursor(): Promise<number | undefined> {
      const { rows } = await sql<{ sequence: number }>`
        select sequence from webhook_cursor for update skip locked`.execute(db)
      return rows[0]?.sequence
    },

    /** Adds a delivery for each webhook that subscribes to a message's type, and moves the cursor to `sequence`. */
    async fanOut(messages: readonly WebhookMessage[], sequence: number): Promise<void> {
      if (messages.length > 0)
        await sql`
          insert into webhook_deliveries (webhook_id, event_id, sequence, type, encounter_id, work_item_id, body)
          select w.webhook_id, m."eventId", m.sequence, m.type, m."encounterId", m."workItemId", m.body
            from jsonb_to_recordset(${JSON.stringify(messages)}::jsonb)
                 as m ("practiceId" text, "eventId" text, sequence bigint, type text, "encounterId" text, "workItemId" text, body text)
            join webhooks w on w.practice_id = m."practiceId" and m.type = any(w.types) and w.starts_after < m.sequence
           order by m.sequence, w.ordinal
              on conflict do nothing`.execute(db)
      await sql`update webhook_cursor set sequence = ${sequence}`.execute(db)
    },

    /** Its oldest pending delivery, if the claim is still valid and the webhook is due. Extends the claim by `claimMs`. */
    async next(claimed: ClaimedWebhook, claimMs: number): Promise<DueDelivery | undefined> {
      const { rows } = await sql<DueDelivery>`
        with kept as (
          update webhooks set claimed_until = ${inMs(claimMs)}
           where ${isClaimValid(claimed)} and state = 'active' and next_attempt_at <= now()
          returning webhook_id, url, failure_count, secret,
                    case when previous_secret_until > now() then previous_secret end as earlier)
        select d.delivery_id as "deliveryId", d.encounter_id as "encounterId", d.attempt_count as "attemptCount",
               k.failure_count as "failureCount", d.event_id as "eventId", d.body, k.url,
               array_remove(array[k.secret, k.earlier], null) as secrets
          from kept k join webhook_deliveries d on d.webhook_id = k.webhook_id and d.state = 'pending'
         order by d.sequence limit 1`.execute(db)
      return rows[0]
    },

    async recordDelivered(
      claimed: ClaimedWebhook,
      deliveryId: string,
      status: number,
    ): Promise<void> {
      await sql`
        with kept as (
          update webhooks set failure_count = 0, failing_since = null, error_code = null, error_reason = null,
                              last_attempt_at = now(), last_delivered_at = now()
           where ${isClaimValid(claimed)} returning webhook_id)
        update webhook_deliveries d
           set state = 'delivered', attempt_count = attempt_count + 1, response_status = ${status}, error_code = null,
               last_attempt_at = now(), delivered_at = now()
          from kept where d.webhook_id = kept.webhook_id and d.delivery_id = ${deliveryId}`.execute(
        db,
      )
    },

    /** Records a failed attempt in the rows of the delivery and the webhook. How long it has failed is measured by the database's clock. */
    async recordFailed(
      claimed: ClaimedWebhook,
      deliveryId: string,
      failure: DeliveryFailure,
    ): Promise<FailureOutcome> {
      const { code, reason, status, delayMs, giveUpMs, disableNow, setAside } = failure
      const { rows } = await sql<{ state: 'active' | 'disabled' }>`
        update webhooks
           set failure_count = failure_count + 1, failing_since = coalesce(failing_since, now()), last_attempt_at = now(),
               error_code = ${code}, error_reason = ${reason}, next_attempt_at = ${setAside ? sql`now()` : inMs(delayMs)},
               state = case when ${disableNow} or coalesce(failing_since, now()) + ${giveUpMs} * interval '1 millisecond' <= now()
                            then 'disabled' else state end
         where ${isClaimValid(claimed)} and state = 'active' returning state`.execute(db)
      const [row] = rows
      if (row === undefined) return 'claim_lost'
      const isSetAside = setAside && row.state === 'active'
      await db
        .updateTable('webhook_deliveries')
        .set((eb) => ({
          ...(isSetAside ? { state: 'failed' as const } : {}),
          attempt_count: eb('attempt_count', '+', 1),
          response_status: status,
          error_code: code,
          last_attempt_at: sql<Date>`now()`,
        }))
        .where('delivery_id', '=', deliveryId)
        .execute()
      if (row.state === 'disabled') return 'disabled'
      return isSetAside ? 'set_aside' : 'retry_scheduled'
    },

    /** Deletes deliveries that are older than `days`, in any state. Returns how many were deleted. */
    async forget({ days }: { readonly days: number }): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('webhook_deliveries')
        .where('created_at', '<', sql<Date>`now() - ${days} * interval '1 day'`)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}
