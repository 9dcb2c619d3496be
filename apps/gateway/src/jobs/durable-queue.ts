import { type Kysely, sql } from 'kysely'
import { type CommandResponse, type ConstructorOptions, fromKysely, PgBoss } from 'pg-boss'
import type { QueuedJob } from '../store/encounters.ts'
import type { Schema } from '../store/schema.ts'
import { divideFairly } from './fair-share.ts'
import { type JobKinds, JobUnreadableError, kindOf } from './job-kinds.ts'
import type { Job, Lease } from './job.ts'
import { findMissingJobs } from './missing-jobs.ts'

export interface DurableQueue {
  start(): Promise<void>
  stop(): Promise<void>
  /** Adds a job in the transaction of its row: both or neither. A job that is enqueued twice is in the queue once. */
  enqueue(job: Job, db: Kysely<Schema>): Promise<void>
  /** The same for a transaction that is a single SQL statement: the arguments that it passes to `enqueue_job`. */
  toQueuedJob(job: Job): Promise<QueuedJob>
  /** Leases up to `limit` jobs, divided fairly between practices and within the limit of each, on all nodes together. */
  lease(limit: number): Promise<readonly Lease[]>
  /** Jobs that are held back because too many of their workers died; each is leased once, to be recorded as failed. */
  leaseAbandoned(limit: number): Promise<readonly Lease[]>
  /** Renews the heartbeat of these leases; returns those that were lost to another worker. */
  touch(leases: readonly Lease[]): Promise<readonly Lease[]>
  /** Ends the job, in the transaction that records its result; false when the lease was lost and nothing was ended. */
  settle(lease: Lease, db: Kysely<Schema>): Promise<boolean>
  /**
   * Releases a lease: another worker may take the job after `delayMs`, and no attempt is counted. False when it was lost meanwhile.
   *
   * @param db the transaction that records why; by default one of its own
   */
  release(lease: Lease, delayMs: number, db?: Kysely<Schema>): Promise<boolean>
  /** Makes a job due now that waits for a durable retry; false when it does not wait. */
  runNow(job: Job, db: Kysely<Schema>): Promise<boolean>
  /** Returns every leased job to the queue, and how many there were. Only for a database of one node, as the folder lock ensures. */
  reclaim(): Promise<number>
  /** Queues a job for every unfinished row that has none, as after a restore. Returns how many. */
  ensureJobs(): Promise<number>
  /** Jobs waiting or being worked on. */
  countOpen(): Promise<number>
}

export const jobChannel = 'gateway_jobs'

export const schema = 'pgboss'
export const practicePrefix = 'practice/'
const abandonedName = 'abandoned'
/** The key of the advisory lock, any two numbers. Under a limit, counting the held leases and taking more must be one step. */
const leaseLock = [0x61_75_74_68, 2] as const

const daySeconds = 24 * 3600
const tenYearsSeconds = 10 * 365 * daySeconds

/**
 * A worker that dies cannot record it, so a job that ends its worker would return to the queue again and again. One that has already seen
 * this many deaths is held back at the next and recorded as failed. The number is this high because every other job that the node held
 * counts a death too. An encounter that ends its process while it is processed is found after its second death (docs/decisions/0023).
 */
const crashLimit = 50

/** How long a job that this release cannot read is not leased again. */
const unreadableDelayMs = 60_000

/**
 * Replaces the defaults of pg-boss: nothing is deleted before it ran, a job expires after half a day even if its heartbeat continues, and
 * attempts and backoff are decided by the row.
 *
 * @see https://pgboss.io/docs/api/queues - by default 14 days of retention, 15 minutes to expiry, 2 retries, no heartbeat
 */
const lasting = {
  expireInSeconds: daySeconds / 2,
  retentionSeconds: tenYearsSeconds,
  deleteAfterSeconds: daySeconds,
  retryDelay: 0,
  retryBackoff: false,
  notify: false,
}

type BossConnection = Pick<
  ConstructorOptions,
  'connectionString' | 'host' | 'port' | 'user' | 'database' | 'options'
>

export interface DurableQueueOptions {
  /** pg-boss opens its own connections; the limits of their sessions are part of it. */
  readonly connection: BossConnection
  /** For leasing under a limit, and for statements of our own. */
  readonly db: Kysely<Schema>
  readonly kinds: JobKinds
  readonly leaseSeconds: number
  /** Leases of one practice at once, on all nodes together; undefined: no limit. */
  readonly practiceConcurrency: number | undefined
  onError(error: unknown): void
  /** Classifies an error of the database: pg-boss throws what the driver throws. */
  classify(error: unknown): unknown
}

/**
 * pg-boss as a store: it keeps the jobs, leases each once and returns those of dead workers to the queue. Each practice has its own queue,
 * so that leasing is fair between practices however long their backlogs are.
 */
export function createDurableQueue(options: DurableQueueOptions): DurableQueue {
  const { db: ownDb, kinds, practiceConcurrency } = options
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
  const known = new Set<string>()
  let turn = 0

  const classified = <Result>(call: Promise<Result>): Promise<Result> =>
    call.catch((error: unknown) => {
      throw options.classify(error)
    })

  async function queueOf(practiceId: string): Promise<string> {
    const name = `${practicePrefix}${practiceId}`
    if (known.has(name)) return name
    await classified(makeQueue(name, { retryLimit: crashLimit, deadLetter: abandonedName }))
    known.add(name)
    return name
  }

  /** Creates the queue, or updates its settings to those of this release and configuration. */
  async function makeQueue(
    name: string,
    own: { readonly retryLimit: number; readonly deadLetter?: string },
  ): Promise<void> {
    const settings = { ...lasting, heartbeatSeconds: options.leaseSeconds, ...own }
    await boss.createQueue(name, settings)
    await boss.updateQueue(name, settings)
  }

  async function fetch(
    queue: string,
    limit: number,
    db?: Kysely<Schema>,
  ): Promise<readonly Lease[]> {
    const fetched = await classified(
      boss.fetch<unknown>(queue, {
        batchSize: limit,
        ...(db === undefined ? {} : { db: fromKysely(db) }),
      }),
    )
    const leases: Lease[] = []
    for (const { id, data, retryCount } of fetched) {
      const fence = { id, retryCount }
      const job = kinds.parse(data)
      if (job !== undefined) {
        leases.push({ job, queue, fence })
        continue
      }
      options.onError(new JobUnreadableError(id, kindOf(data)))
      await release({ queue, fence }, unreadableDelayMs, db)
    }
    return leases
  }

  /** The practices that have jobs which are due; each call begins with the next practice. */
  async function practicesWithWork(db: Kysely<Schema>) {
    const { rows } = await sql<{ practiceId: string; active: number }>`
      select substr(q.name, ${sql.lit(practicePrefix.length + 1)}) as "practiceId",
             (select count(*) from ${sql.table(`${schema}.job`)} j
               where j.name = q.name and j.state = 'active')::int as active
        from ${sql.table(`${schema}.queue`)} q
       where starts_with(q.name, ${sql.lit(practicePrefix)})
         and exists (select from ${sql.table(`${schema}.job`)} j
                      where j.name = q.name and j.state < 'active' and not j.blocked and j.start_after <= now())
       order by q.name`.execute(db)
    turn += 1
    const first = rows.length === 0 ? 0 : turn % rows.length
    return [...rows.slice(first), ...rows.slice(0, first)]
  }

  async function leaseFrom(limit: number, db: Kysely<Schema>, transaction?: Kysely<Schema>) {
    const leases: Lease[] = []
    const shares = divideFairly(limit, await practicesWithWork(db), practiceConcurrency)
    for (const { practiceId, leaseCount } of shares) {
      try {
        leases.push(...(await fetch(`${practicePrefix}${practiceId}`, leaseCount, transaction)))
      } catch (error) {
        // Jobs that are leased already must be run. In a transaction nothing is leased before the commit.
        if (transaction !== undefined || leases.length === 0) throw error
        return leases
      }
    }
    return leases
  }

  async function toQueuedJob(job: Job): Promise<QueuedJob> {
    const { payload, lease } = kinds.of(job)
    return {
      queue: await queueOf(job.practiceId),
      id: kinds.idOf(job),
      payload: payload.parse(job),
      priority: lease.priority,
    }
  }

  async function insert(job: Job, db: Kysely<Schema>, startAfter?: Date): Promise<void> {
    const { queue, id, payload, priority } = await toQueuedJob(job)
    await sql`
      select enqueue_job(${queue}, ${id}, ${JSON.stringify(payload)}::jsonb, ${priority},
                         coalesce(${startAfter ?? null}::timestamptz, now()))`.execute(db)
  }

  // pg-boss has no public way to return a job unused: `fail` counts an attempt and `restore` lets a later lease carry the same fence. The
  // raised limit compensates for the attempt that the next lease counts.
  async function release(
    { queue, fence }: Pick<Lease, 'queue' | 'fence'>,
    delayMs: number,
    db: Kysely<Schema> = ownDb,
  ): Promise<boolean> {
    const { rows } = await sql`
      update ${sql.table(`${schema}.job`)}
         set state = 'retry', retry_limit = retry_limit + 1, heartbeat_on = null,
             start_after = now() + ${delayMs} * interval '1 millisecond'
       where name = ${queue} and id = ${fence.id} and state = 'active'
         and retry_count = ${fence.retryCount}
      returning id`.execute(db)
    return rows.length === 1
  }

  return {
    async start() {
      await boss.start()
      await makeQueue(abandonedName, { retryLimit: 1_000_000 })
      // Before 0.2 all practices shared one queue; its jobs are queued again from the rows.
      for (const name of ['process-encounter', 'process-encounter-abandoned'])
        if ((await boss.getQueue(name)) !== null) await boss.deleteQueue(name)
    },
    stop: () => boss.stop({ graceful: false, close: true }),

    enqueue: (job, db) => insert(job, db),
    toQueuedJob,

    lease(limit) {
      if (practiceConcurrency === undefined) return leaseFrom(limit, ownDb)
      return ownDb.transaction().execute(async (transaction) => {
        await sql`select pg_advisory_xact_lock(${sql.lit(leaseLock[0])}, ${sql.lit(leaseLock[1])})`.execute(
          transaction,
        )
        return leaseFrom(limit, transaction, transaction)
      })
    },

    leaseAbandoned: (limit) => fetch(abandonedName, limit),

    async touch(leases) {
      const lost: Lease[] = []
      for (const [queue, held] of Map.groupBy(leases, (lease) => lease.queue)) {
        const fences = held.map((lease) => lease.fence)
        const alive = new Set(settled(await classified(boss.touch(queue, fences))))
        lost.push(...held.filter((lease) => !alive.has(lease.fence.id)))
      }
      return lost
    },

    async settle(lease, db) {
      // Passes the whole fence: with only an id, pg-boss would also settle a job that was leased again meanwhile.
      const completed = await boss.complete(lease.queue, lease.fence, null, { db: fromKysely(db) })
      return settled(completed).length === 1
    },

    release,

    async runNow(job, db) {
      const { rows } = await sql`
        update ${sql.table(`${schema}.job`)} set start_after = now()
         where name = ${await queueOf(job.practiceId)} and id = ${kinds.idOf(job)} and state < 'active'
           and start_after > now()
        returning id`.execute(db)
      if (rows.length > 0) await sql`select pg_notify(${jobChannel}, '')`.execute(db)
      return rows.length > 0
    },

    async reclaim() {
      // The death stays counted. From the fourth death on the job waits a second longer each time, so that others run before it.
      const { rows } = await sql`
        update ${sql.table(`${schema}.job`)}
           set state = 'retry', heartbeat_on = null,
               start_after = now() + interval '1 second'
                 * least(60, greatest(0, retry_count - (retry_limit - ${crashLimit}) - 2))
         where starts_with(name, ${practicePrefix}) and state = 'active' and retry_count < retry_limit
        returning id`.execute(ownDb)
      return rows.length
    },

    ensureJobs: () =>
      ownDb.transaction().execute(async (transaction) => {
        const missing = await findMissingJobs(transaction, kinds, {
          schema,
          practicePrefix,
          abandonedName,
        })
        for (const { job, startAfter } of missing) {
          // The job ended but its row did not: the new job needs its id.
          await sql`delete from ${sql.table(`${schema}.job`)}
                     where name = ${await queueOf(job.practiceId)} and id = ${kinds.idOf(job)} and state >= 'completed'`.execute(
            transaction,
          )
          await insert(job, transaction, startAfter)
        }
        return missing.length
      }),

    async countOpen() {
      const { rows } = await sql<{ open: number }>`
        select count(*)::int as open from ${sql.table(`${schema}.job`)}
         where (starts_with(name, ${practicePrefix}) or name = ${abandonedName})
           and state in ('created', 'retry', 'active')`.execute(ownDb)
      return rows[0]?.open ?? 0
    },
  }
}

/** The jobs that a command has changed: pg-boss 12.38 returns them, but its published type leaves them out. */
function settled(response: CommandResponse): readonly string[] {
  return (response as { readonly settled?: readonly string[] }).settled ?? []
}
