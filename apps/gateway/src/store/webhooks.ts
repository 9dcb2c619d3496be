import { type Kysely, type Selectable, sql } from 'kysely'
import type { PageRequest, Scope } from './scope.ts'
import type { Schema } from './schema.ts'

export type WebhookRow = Selectable<Schema['webhooks']> & { readonly pending_count: number }
export type WebhookDeliveryRow = Selectable<Schema['webhook_deliveries']>

/** A webhook that this node may deliver to until its claim ends. */
export interface ClaimedWebhook {
  readonly webhookId: string
  readonly practiceId: string
  readonly claim: string
}

/** What one attempt needs: the oldest pending delivery, and where and how it goes now. */
export interface DueDelivery {
  readonly deliveryId: string
  readonly encounterId: string
  readonly attemptCount: number
  readonly failureCount: number
  readonly eventId: string
  readonly body: string
  readonly url: string
  /** Those that sign now, as they are stored. */
  readonly secrets: readonly string[]
}

/** What an event is to the webhooks of its practice. */
export interface WebhookMessage {
  readonly practiceId: string
  readonly eventId: string
  readonly sequence: number
  readonly type: string
  readonly encounterId: string
  readonly workItemId: string | null
  readonly body: string
}

export interface WebhookFields {
  readonly url: string
  readonly types: readonly string[]
  readonly description: string | null
}

/** How an attempt failed, and what follows from it. */
export interface DeliveryFailure {
  readonly code: string
  readonly reason: string
  readonly status: number | null
  /** The wait before the next attempt. */
  readonly delayMs: number
  /** The webhook is disabled when nothing succeeded for so long, or at once. */
  readonly giveUpMs: number
  readonly disableNow: boolean
  /** This delivery is given up, and the next one follows. */
  readonly setAside: boolean
}

export type FailureOutcome = 'retry_scheduled' | 'set_aside' | 'disabled' | 'claim_lost'

const inMs = (ms: number) => sql<Date>`now() + ${ms} * interval '1 millisecond'`

/** The practice's own systems that are notified, and what each of them got. */
export function webhookRows(db: Kysely<Schema>) {
  const held = ({ webhookId, claim }: Pick<ClaimedWebhook, 'webhookId' | 'claim'>) =>
    sql<boolean>`(webhook_id = ${webhookId} and claim = ${claim})`
  const listed = () =>
    db
      .selectFrom('webhooks')
      .selectAll()
      .select(
        sql<number>`(select count(*)::int from webhook_deliveries d
                      where d.webhook_id = webhooks.webhook_id and d.state = 'pending')`.as(
          'pending_count',
        ),
      )
  const inScope = ({ practiceIds }: Scope, webhookId: string) =>
    sql<boolean>`(webhook_id = ${webhookId} and practice_id = any(${practiceIds}::text[]))`

  return {
    /** Undefined when the practice has `most` already. */
    async add(
      {
        practiceId,
        url,
        types,
        description,
        secret,
        createdBy,
        most,
      }: WebhookFields & {
        readonly practiceId: string
        readonly secret: string
        readonly createdBy: string
        readonly most: number
      },
      now: Date,
    ): Promise<string | undefined> {
      const last = sql`(select case when is_called then last_value else 0 end from event_sequence)`
      await sql`insert into webhook_cursor (sequence) values (${last}) on conflict do nothing`.execute(
        db,
      )
      const { rows } = await sql<{ webhook_id: string }>`
        insert into webhooks (practice_id, url, types, description, secret, starts_after, created_by, created_at)
        select ${practiceId}, ${url}, ${types}::text[], ${description}::text, ${secret}, ${last}, ${createdBy}, ${now}::timestamptz
         where (select count(*) from webhooks where practice_id = ${practiceId}) < ${most}
        returning webhook_id`.execute(db)
      return rows[0]?.webhook_id
    },

    /** Newest first. */
    list({ practiceIds }: Scope, { after, limit }: PageRequest): Promise<readonly WebhookRow[]> {
      return listed()
        .where('practice_id', 'in', practiceIds)
        .$if(after !== undefined, (query) => query.where('ordinal', '<', after ?? 0))
        .orderBy('ordinal', 'desc')
        .limit(limit)
        .execute()
    },

    find: (scope: Scope, webhookId: string): Promise<WebhookRow | undefined> =>
      listed().where(inScope(scope, webhookId)).executeTakeFirst(),

    /** A new address is tried at once. */
    async change(scope: Scope, webhookId: string, fields: Partial<WebhookFields>): Promise<void> {
      const { types, ...rest } = fields
      await db
        .updateTable('webhooks')
        .set({
          ...rest,
          ...(types === undefined ? {} : { types: [...types] }),
          ...(rest.url === undefined ? {} : { next_attempt_at: sql<Date>`now()` }),
        })
        .where(inScope(scope, webhookId))
        .execute()
    },

    async remove(scope: Scope, webhookId: string): Promise<void> {
      await db.deleteFrom('webhooks').where(inScope(scope, webhookId)).execute()
    },

    /** The secret before keeps signing for `overlapMs`; one before that ends now. */
    async rotateSecret(
      scope: Scope,
      webhookId: string,
      secret: string,
      overlapMs: number,
    ): Promise<void> {
      await db
        .updateTable('webhooks')
        .set({
          secret,
          previous_secret: sql<string>`secret`,
          previous_secret_until: inMs(overlapMs),
        })
        .where(inScope(scope, webhookId))
        .execute()
    },

    /** Every stored secret, locked until the transaction ends. */
    async storedSecrets() {
      return db
        .selectFrom('webhooks')
        .select(['webhook_id', 'practice_id', 'secret', 'previous_secret'])
        .orderBy('ordinal')
        .forUpdate()
        .execute()
    },

    async storeSecrets(webhookId: string, secret: string, previous: string | null): Promise<void> {
      await db
        .updateTable('webhooks')
        .set({ secret, previous_secret: previous })
        .where('webhook_id', '=', webhookId)
        .execute()
    },

    /** Nothing can be signed for it; it is not the endpoint's fault. */
    async noteUnreadable(webhookId: string, code: string, reason: string): Promise<void> {
      await db
        .updateTable('webhooks')
        .set({
          error_code: code,
          error_reason: reason,
          failing_since: sql<Date>`coalesce(failing_since, now())`,
        })
        .where('webhook_id', '=', webhookId)
        .execute()
    },

    /** If it was not: it is tried at once. */
    async noteReadable(webhookId: string, code: string): Promise<void> {
      await db
        .updateTable('webhooks')
        .set({
          error_code: null,
          error_reason: null,
          failing_since: null,
          failure_count: 0,
          next_attempt_at: sql<Date>`now()`,
        })
        .where('webhook_id', '=', webhookId)
        .where('error_code', '=', code)
        .execute()
    },

    /** What waits stays, and goes out when it is enabled. */
    async disable(scope: Scope, webhookId: string, by: string): Promise<void> {
      await db
        .updateTable('webhooks')
        .set({ state: 'disabled', disabled_by: by })
        .where(inScope(scope, webhookId))
        .where('state', '=', 'active')
        .execute()
    },

    async enable(scope: Scope, webhookId: string): Promise<void> {
      await db
        .updateTable('webhooks')
        .set({
          state: 'active',
          disabled_by: null,
          failure_count: 0,
          failing_since: null,
          error_code: null,
          error_reason: null,
          next_attempt_at: sql<Date>`now()`,
        })
        .where(inScope(scope, webhookId))
        .where('state', '=', 'disabled')
        .execute()
    },

    /** Newest first. */
    async deliveries(
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

    findDelivery: (
      webhookId: string,
      deliveryId: string,
    ): Promise<WebhookDeliveryRow | undefined> =>
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
     * In a transaction: the sequence up to which events have become deliveries, held until its end. Undefined when another node has it
     * now, or there never was a webhook.
     */
    async holdCursor(): Promise<number | undefined> {
      const { rows } = await sql<{ sequence: number }>`
        select sequence from webhook_cursor for update skip locked`.execute(db)
      return rows[0]?.sequence
    },

    /** Adds a delivery for each webhook that wants a message, and moves the cursor there. */
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

    /** Webhooks with something that is due and that no node delivers to, those first that waited longest. */
    async claim(limit: number, claim: string, claimMs: number): Promise<readonly ClaimedWebhook[]> {
      const { rows } = await sql<ClaimedWebhook>`
        update webhooks set claim = ${claim}, claimed_until = ${inMs(claimMs)}
         where webhook_id in (
           select webhook_id from webhooks w
            where state = 'active' and next_attempt_at <= now() and (claimed_until is null or claimed_until < now())
              and exists (select from webhook_deliveries d where d.webhook_id = w.webhook_id and d.state = 'pending')
            order by last_attempt_at nulls first limit ${limit} for update skip locked)
        returning webhook_id as "webhookId", practice_id as "practiceId", claim`.execute(db)
      return rows
    },

    /** Its oldest pending delivery, while the claim stands and it is due; the claim goes on for `claimMs`. */
    async next(held_: ClaimedWebhook, claimMs: number): Promise<DueDelivery | undefined> {
      const { rows } = await sql<DueDelivery>`
        with kept as (
          update webhooks set claimed_until = ${inMs(claimMs)}
           where ${held(held_)} and state = 'active' and next_attempt_at <= now()
          returning webhook_id, url, failure_count, secret,
                    case when previous_secret_until > now() then previous_secret end as earlier)
        select d.delivery_id as "deliveryId", d.encounter_id as "encounterId", d.attempt_count as "attemptCount",
               k.failure_count as "failureCount", d.event_id as "eventId", d.body, k.url,
               array_remove(array[k.secret, k.earlier], null) as secrets
          from kept k join webhook_deliveries d on d.webhook_id = k.webhook_id and d.state = 'pending'
         order by d.sequence limit 1`.execute(db)
      return rows[0]
    },

    async release(held_: ClaimedWebhook): Promise<void> {
      await sql`update webhooks set claim = null, claimed_until = null where ${held(held_)}`.execute(
        db,
      )
    },

    async recordDelivered(
      held_: ClaimedWebhook,
      deliveryId: string,
      status: number,
    ): Promise<void> {
      await sql`
        with kept as (
          update webhooks set failure_count = 0, failing_since = null, error_code = null, error_reason = null,
                              last_attempt_at = now(), last_delivered_at = now()
           where ${held(held_)} returning webhook_id)
        update webhook_deliveries d
           set state = 'delivered', attempt_count = attempt_count + 1, response_status = ${status}, error_code = null,
               last_attempt_at = now(), delivered_at = now()
          from kept where d.webhook_id = kept.webhook_id and d.delivery_id = ${deliveryId}`.execute(
        db,
      )
    },

    /** Notes a failed attempt at the delivery and at the webhook. The days of failures are counted by the database's clock. */
    async recordFailed(
      held_: ClaimedWebhook,
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
         where ${held(held_)} and state = 'active' returning state`.execute(db)
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

    /** Deletes deliveries that are older, whatever became of them. Returns how many. */
    async forget({ days }: { readonly days: number }): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('webhook_deliveries')
        .where('created_at', '<', sql<Date>`now() - ${days} * interval '1 day'`)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },

    /** Counts all practices together, for metrics. */
    async counts(): Promise<{
      readonly disabled: number
      readonly pending: number
      readonly unreadable: number
    }> {
      const { rows } = await sql<{ disabled: number; pending: number; unreadable: number }>`
        select (select count(*)::int from webhooks where state = 'disabled' and disabled_by is null) as disabled,
               (select count(*)::int from webhook_deliveries where state = 'pending') as pending,
               (select count(*)::int from webhooks where state = 'active' and error_code = 'webhook_secret_unreadable') as unreadable`.execute(
        db,
      )
      return rows[0] ?? { disabled: 0, pending: 0, unreadable: 0 }
    },
  }
}
