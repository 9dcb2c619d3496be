import type { EncounterRef } from '@authscript/prior-auth'
import { type Kysely, sql } from 'kysely'
import { type CommandResponse, fromKysely, PgBoss } from 'pg-boss'
import type { DatabaseConnection } from '../store/database.ts'
import type { Schema } from '../store/schema.ts'

/** A ticket to process one visit. The encounter row is the truth; the ticket only says that somebody has to look at it. */
export interface EncounterJob extends EncounterRef {
  /** The row's run that this ticket is for; an older ticket finds itself outdated. */
  readonly run: number
}

/** The right to work on a job until it is settled or its heartbeat stops. `fence` tells this lease from a later one. */
export interface Lease {
  readonly job: EncounterJob
  readonly fence: { readonly id: string; readonly retryCount: number }
}

export interface DurableQueue {
  start(): Promise<void>
  stop(): Promise<void>
  /** In the transaction of the rows that the job speaks of: both or neither. */
  enqueue(job: EncounterJob, db: Kysely<Schema>): Promise<void>
  lease(limit: number): Promise<readonly Lease[]>
  /** Jobs whose workers died so often that they are held back; each is leased once, to be recorded as failed. */
  leaseAbandoned(limit: number): Promise<readonly Lease[]>
  /** Says that these leases are alive; returns those that were lost to another worker. */
  touch(leases: readonly Lease[]): Promise<readonly Lease[]>
  /** Ends the job, in the transaction that records its result; false when the lease was lost and nothing was ended. */
  settle(lease: Lease, db: Kysely<Schema>): Promise<boolean>
  /** Returns a lease unused, for another worker to take after `delayMs`; no attempt is burned. */
  giveBack(lease: Lease, delayMs: number): Promise<boolean>
  /** Jobs waiting or being worked on. */
  countOpen(): Promise<number>
}

export const jobChannel = 'gateway_jobs'

const queueName = 'process-encounter'
const abandonedName = 'process-encounter-abandoned'
const schema = 'pgboss'

const tenYearsSeconds = 10 * 365 * 24 * 3600

/**
 * A worker that dies takes no note of it, so a visit that kills its worker would come back for ever; after this many deaths it
 * is held back and recorded as failed.
 */
const crashLimit = 5

export interface DurableQueueOptions {
  readonly connection: DatabaseConnection
  readonly leaseSeconds: number
  onError(error: unknown): void
}

/**
 * pg-boss as a store: it keeps the jobs, hands them out once and takes back those of dead workers. Attempts, backoff and failure
 * are the encounter row's business, so every default of pg-boss that deletes, expires or retries by itself is set here on purpose.
 */
export function createDurableQueue(options: DurableQueueOptions): DurableQueue {
  const boss = new PgBoss({
    ...options.connection,
    schema,
    application_name: 'authscript-gateway-jobs',
    max: 4,
    schedule: false,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
  })
  boss.on('error', options.onError)

  const names = (lease: Lease) => (abandoned.has(lease) ? abandonedName : queueName)
  const abandoned = new WeakSet<Lease>()

  async function fetch(name: string, limit: number): Promise<readonly Lease[]> {
    const jobs = await boss.fetch<EncounterJob>(name, { batchSize: limit })
    return jobs.map((job) => ({ job: job.data, fence: { id: job.id, retryCount: job.retryCount } }))
  }

  return {
    async start() {
      await boss.start()
      const lasting = {
        expireInSeconds: 12 * 3600,
        retentionSeconds: tenYearsSeconds,
        deleteAfterSeconds: 24 * 3600,
        retryDelay: 0,
        retryBackoff: false,
        heartbeatSeconds: options.leaseSeconds,
      }
      await boss.createQueue(abandonedName, { ...lasting, retryLimit: 1_000_000 })
      await boss.createQueue(queueName, {
        ...lasting,
        retryLimit: crashLimit,
        deadLetter: abandonedName,
      })
    },
    stop: () => boss.stop({ graceful: false, close: true }),

    async enqueue(job, db) {
      await boss.send(queueName, job, {
        db: fromKysely(db),
        group: { id: job.practiceId },
      })
      await sql`select pg_notify(${jobChannel}, '')`.execute(db)
    },

    lease: (limit) => fetch(queueName, limit),

    async leaseAbandoned(limit) {
      const leases = await fetch(abandonedName, limit)
      for (const lease of leases) abandoned.add(lease)
      return leases
    },

    async touch(leases) {
      if (leases.length === 0) return []
      const all = await boss.touch(
        queueName,
        leases.map((lease) => lease.fence),
      )
      if (affected(all) === leases.length) return []
      const lost: Lease[] = []
      for (const lease of leases) {
        const one = await boss.touch(queueName, lease.fence)
        if (affected(one) === 0) lost.push(lease)
      }
      return lost
    },

    async settle(lease, db) {
      // The whole attempt, not the bare id: only so does pg-boss refuse one that was leased again meanwhile.
      const completed = await boss.complete(names(lease), lease.fence, null, {
        db: fromKysely(db),
      })
      return affected(completed) === 1
    },

    // pg-boss has no public way to return a job unused: `fail` burns an attempt and `restore` lets a later lease carry the same
    // fence. The raised limit pays for the count that the next lease takes.
    async giveBack(lease, delayMs) {
      const { rows } = await boss.getDb().executeSql(
        `update ${schema}.job
            set state = 'retry', retry_limit = retry_limit + 1, heartbeat_on = null,
                start_after = now() + $4 * interval '1 millisecond'
          where name = $1 and id = $2 and state = 'active' and retry_count = $3
          returning id`,
        [queueName, lease.fence.id, lease.fence.retryCount, delayMs],
      )
      return rows.length === 1
    },

    async countOpen() {
      const { rows } = await boss
        .getDb()
        .executeSql(
          `select count(*)::int as open from ${schema}.job where name in ($1, $2) and state in ('created', 'retry', 'active')`,
          [queueName, abandonedName],
        )
      return Number(rows[0]?.open ?? 0)
    },
  }
}

/** pg-boss 12.38 answers with the count of rows it changed, which its published type leaves out. */
function affected(response: CommandResponse): number {
  return (response as { readonly affected: number }).affected
}
