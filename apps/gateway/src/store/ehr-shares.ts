import { type Kysely, sql } from 'kysely'
import type { PerLane } from '../fhir/rate/rate-budget.ts'
import type { ShareState, ShareStore } from '../fhir/rate/rate-share.ts'
import type { Schema } from './schema.ts'

/** An arbitrary number that nothing else in this database locks. */
const shareLock = 7270165
/**
 * A node that is paused or disconnected in the middle of a renewal loses its connection after this time, because others wait for its lock.
 */
const maxSilenceMs = 2000
/** How long the others wait for the lock: longer than that, and shorter than their leases. */
const maxWaitMs = 4000

export interface EhrShares extends ShareStore {
  /**
   * Shortens every lease to `forMs`, when all nodes that hold one are known to have ended. By then none of their requests is in progress.
   */
  shorten(forMs: number): Promise<void>
}

/** Which node has which part of the EHR's rate. All times are the database's, because the clocks of nodes differ and jump. */
export function ehrShareRows(db: Kysely<Schema>): EhrShares {
  return {
    /** One renewal at a time, under a lock that is held until commit: each is based on what the previous one wrote. */
    renew: (nodeId, leaseMs, claim) =>
      db.transaction().execute(async (transaction) => {
        await lockShares(transaction)
        const state = await readShareState(transaction, nodeId)
        const claimed = claim(state)
        const row = { slots: claimed.slots, expires_at: inMs(leaseMs) }
        await transaction
          .insertInto('ehr_shares')
          .values({ node_id: nodeId, ...row })
          .onConflict((conflict) => conflict.column('node_id').doUpdateSet(row))
          .execute()
        await reserve(transaction, state.date, claimed.reserve)
        return claimed
      }),

    async shorten(forMs) {
      await db
        .updateTable('ehr_shares')
        .set({ expires_at: sql<Date>`least(expires_at, ${inMs(forMs)})` })
        .execute()
    },

    leave: (nodeId, { slots, forMs, date, unused }) =>
      db.transaction().execute(async (transaction) => {
        await lockShares(transaction)
        await transaction
          .updateTable('ehr_shares')
          .set({ slots: sql<number>`least(slots, ${slots}::int)`, expires_at: inMs(forMs) })
          .where('node_id', '=', nodeId)
          .where('expires_at', '>', sql<Date>`clock_timestamp()`)
          .execute()
        await transaction
          .deleteFrom('ehr_shares')
          .where('node_id', '=', nodeId)
          .where('slots', '=', 0)
          .execute()
        await reserve(transaction, date, {
          poll: -unused.poll,
          chart: -unused.chart,
          write: -unused.write,
        })
      }),
  }
}

async function lockShares(db: Kysely<Schema>): Promise<void> {
  await sql`
    select set_config('statement_timeout', ${String(maxWaitMs)}, true),
           set_config('idle_in_transaction_session_timeout', ${String(maxSilenceMs)}, true)`.execute(
    db,
  )
  await sql`select pg_advisory_xact_lock(${sql.lit(shareLock)})`.execute(db)
}

async function readShareState(db: Kysely<Schema>, nodeId: string): Promise<ShareState> {
  await db
    .deleteFrom('ehr_shares')
    .where('expires_at', '<=', sql<Date>`clock_timestamp()`)
    .execute()
  const others = await db
    .selectFrom('ehr_shares')
    .select(['node_id as nodeId', 'slots'])
    .where('node_id', '<>', nodeId)
    .execute()
  const { rows } = await sql<Omit<ShareState, 'others'>>`
    select (extract(epoch from utc) * 1000)::float8 as "nowMs",
           utc::date::text as date,
           (extract(epoch from utc::date + 1 - utc) * 1000)::float8 as "dayEndsInMs",
           coalesce((select spent from ehr_days where day = utc::date), 0) as reserved,
           coalesce((select polls from ehr_days where day = utc::date), 0) as "reservedPolls"
      from (select clock_timestamp() at time zone 'utc' as utc) moment`.execute(db)
  const [moment] = rows
  if (moment === undefined) throw new Error('a select of one row returned none')
  return { others, ...moment }
}

async function reserve(db: Kysely<Schema>, date: string, added: PerLane<number>): Promise<void> {
  const { poll } = added
  const count = poll + added.chart + added.write
  if (count === 0 && poll === 0) return
  await db
    .insertInto('ehr_days')
    .values({ day: date, spent: Math.max(0, count), polls: Math.max(0, poll) })
    .onConflict((conflict) =>
      conflict.column('day').doUpdateSet({
        spent: sql`greatest(0, ehr_days.spent + ${count})`,
        polls: sql`greatest(0, ehr_days.polls + ${poll})`,
      }),
    )
    .execute()
}

const inMs = (ms: number) => sql<Date>`clock_timestamp() + ${ms} * interval '1 millisecond'`
