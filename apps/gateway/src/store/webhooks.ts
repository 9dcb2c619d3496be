import { type Kysely, type Selectable, sql } from 'kysely'
import type { PageRequest, Scope } from './scope.ts'
import type { Schema } from './schema.ts'

export type WebhookRow = Selectable<Schema['webhooks']> & { readonly pending_count: number }

/** A webhook to which this node may deliver until its claim ends. */
export interface ClaimedWebhook {
  readonly webhookId: string
  readonly practiceId: string
  readonly claim: string
}

export interface WebhookFields {
  readonly url: string
  readonly types: readonly string[]
  readonly description: string | null
}

/** The time that many milliseconds from now, by the database's clock. */
export const inMs = (ms: number) => sql<Date>`now() + ${ms} * interval '1 millisecond'`

/** Whether the claim is still valid: no other node has claimed the webhook. */
export const isClaimValid = ({ webhookId, claim }: Pick<ClaimedWebhook, 'webhookId' | 'claim'>) =>
  sql<boolean>`(webhook_id = ${webhookId} and claim = ${claim})`

/** The practice's own systems that are notified. */
export function webhookRows(db: Kysely<Schema>) {
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
    /** Undefined when the practice has `max` already. */
    async add(
      {
        practiceId,
        url,
        types,
        description,
        secret,
        createdBy,
        max,
      }: WebhookFields & {
        readonly practiceId: string
        readonly secret: string
        readonly createdBy: string
        readonly max: number
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
         where (select count(*) from webhooks where practice_id = ${practiceId}) < ${max}
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

    /** The previous secret keeps signing for `overlapMs`; one before it ends now. */
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

    /** Its secret cannot be read, so nothing can be signed. This does not count as a failure of the endpoint. */
    async markUnreadable(webhookId: string, code: string, reason: string): Promise<void> {
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

    /** Clears such an error; then the webhook is due at once. */
    async clearUnreadable(webhookId: string, code: string): Promise<void> {
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

    /** Pending deliveries are kept, and sent when it is enabled again. */
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

    /** Claims due webhooks with pending deliveries to which no node delivers, those first that have waited longest. */
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

    async release(claimed: ClaimedWebhook): Promise<void> {
      await sql`update webhooks set claim = null, claimed_until = null where ${isClaimValid(claimed)}`.execute(
        db,
      )
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
