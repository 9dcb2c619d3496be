import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../src/clock.ts'
import { GatewayError } from '../src/errors.ts'
import { columnOf } from '../src/jobs/job-id.ts'
import type { JobKind } from '../src/jobs/job-kind.ts'
import { JobKinds, type JobTask } from '../src/jobs/job-kinds.ts'
import type { Lease } from '../src/jobs/job.ts'
import { redriveJob } from '../src/jobs/redrive-job.ts'
import { createLeaseEndings } from '../src/jobs/lease-endings.ts'
import { createLog } from '../src/log.ts'
import { isWorthRetrying } from '../src/pipeline/failure-policy.ts'
import type { StoreTransaction } from '../src/store/store.ts'
import { jobKinds, type JobTools } from '../src/wiring/job-kinds.ts'
import { type Node, openNode } from './database/node.ts'
import { onServer } from './database/template-database.ts'
import { createTestDatabase } from './database/test-database.ts'

/** A third kind, as a later issue would add it: this object, and a line in the list of kinds. */
const payload = z.object({
  kind: z.literal('submission'),
  practiceId: z.string(),
  patientId: z.string(),
  encounterId: z.string(),
  submissionId: z.string(),
  run: z.number().int().positive(),
})
type SubmissionJob = Readonly<z.infer<typeof payload>>

interface SubmissionTools {
  submit(lease: Lease<SubmissionJob>): Promise<void>
}

class SubmissionError extends GatewayError {
  override readonly name = 'SubmissionError'
  readonly code = 'submission_failed'
  readonly kind

  constructor(kind: 'transient' | 'permanent') {
    super('the payer did not take it', {})
    this.kind = kind
  }
}

const submissionJob: JobKind<SubmissionJob, SubmissionTools> = {
  name: 'submission',
  taskName: 'submit',
  eventSource: 'Submission',
  payload,
  identity: ['submissionId', 'run'],
  rows: {
    table: 'submissions',
    stateColumn: 'state',
    workingState: 'submitting',
    createdColumn: 'created_at',
  },
  lease: { priority: 20, exclusiveKey: ({ submissionId }) => `submission ${submissionId}` },
  createRunner: ({ submit }) => ({ run: (lease, runTask) => runTask(() => submit(lease)) }),
  retriedFailures: ['transient'],
  openRow({ job }, transaction) {
    const { submissionId } = job
    return {
      find: () => rowOf(transaction, submissionId),
      async moveTo(state, changes) {
        const { rows } = await sql<Row>`
          update submissions set state = ${state}, retry_count = coalesce(${changes.retry_count ?? null}, retry_count),
                 next_attempt_at = ${changes.next_attempt_at ?? null}, error_code = ${changes.error_code ?? null},
                 error_reason = ${changes.error_reason ?? null}, finished_at = ${changes.finished_at ?? null}
           where submission_id = ${submissionId} returning *`.execute(transaction.db)
        return rows[0]
      },
      emitFailed: (failure) => transaction.emit(job, 'EncounterProcessingFailed', failure),
      emitRetryScheduled: (failure) => transaction.emit(job, 'EncounterRetryScheduled', failure),
      leaseLost: () => new SubmissionError('permanent'),
    }
  },
}

interface Row {
  readonly state: string
  readonly attempt_count: number
  readonly retry_count: number
  readonly error_code: string | null
}

async function rowOf({ db }: Pick<StoreTransaction, 'db'>, submissionId: string) {
  const { rows } = await sql<Row>`
    select state, attempt_count, retry_count, error_code from submissions
     where submission_id = ${submissionId}`.execute(db)
  return rows[0]
}

const job: SubmissionJob = {
  kind: 'submission',
  practiceId: 'p1',
  patientId: 'x',
  encounterId: 'v',
  submissionId: 's-1',
  run: 1,
}
const kinds = new JobKinds<SubmissionTools>([submissionJob])
const allKinds = new JobKinds<JobTools & SubmissionTools>([...jobKinds.all, submissionJob])
const clock = systemClock
const log = createLog({ level: 'silent', pretty: false })

/** A node on a database that has a table of submissions, with one in it whose job is queued. */
async function aSubmission(parts: AsyncDisposableStack): Promise<Node> {
  const database = parts.use(await createTestDatabase())
  const node = parts.use(await openNode(database.connection, { kinds: allKinds }))
  await sql`create table submissions (
    practice_id text, patient_id text, encounter_id text, submission_id text primary key, run integer, state text,
    ordinal bigint generated always as identity, attempt_count integer default 0, retry_count integer default 0,
    next_attempt_at timestamptz, error_code text, error_reason text, created_at timestamptz, finished_at timestamptz)`.execute(
    node.database.db,
  )
  await node.store.transaction('test', async ({ db }) => {
    await sql`insert into submissions values ('p1', 'x', 'v', 's-1', 1, 'queued')`.execute(db)
    await node.queue.enqueue(job, db)
  })
  return node
}

async function leaseOne({ queue }: Node): Promise<Lease> {
  const [lease] = await queue.lease(1)
  if (lease === undefined) throw new Error('nothing was leased')
  return lease
}

const endingsOf = ({ store, queue }: Node) =>
  createLeaseEndings({
    kinds,
    store,
    queue,
    clock,
    log,
    durableRetry: { retryCount: 1, intervalMs: 3_600_000, maxIntervalMs: 3_600_000 },
    releaseDelayMs: () => undefined,
    isWorthRetrying,
    askedDelayMs: () => undefined,
    abandonedError: () => new SubmissionError('permanent'),
  })

describe('a third kind of job', () => {
  it('is enqueued once, leased before the others, run under its name and key, and settled', async () => {
    await using parts = new AsyncDisposableStack()
    const node = await aSubmission(parts)
    const { store, queue } = node
    await store.transaction('test', ({ db }) => queue.enqueue(job, db))
    await store.transaction('test', ({ db }) => queue.enqueue({ ...job, kind: 'encounter' }, db))
    const tasks: Omit<JobTask, 'run' | 'signal'>[] = []
    const run = kinds.createRunner(
      {
        submit: async (lease) =>
          store.transaction('test', async ({ db }) => void (await queue.settle(lease, db))),
      },
      ({ run: work, signal, ...task }) => {
        tasks.push(task)
        return work({ attempt: 1, maxAttempts: 1, workerId: 'w', signal })
      },
    )

    const lease = await leaseOne(node)
    await run(lease, new AbortController().signal)

    expect(lease.job).toEqual(job)
    expect(tasks).toEqual([
      { name: 'submit', key: 'submission s-1', group: 'p1', correlationId: 'enc-v' },
    ])
    expect((await queue.lease(10)).map((one) => one.job.kind)).toEqual(['encounter'])
  })

  it('gets a durable retry after a failure that may pass, and is a dead letter after the last', async () => {
    await using parts = new AsyncDisposableStack()
    const node = await aSubmission(parts)
    const endings = endingsOf(node)
    const { db } = node.database

    await endings.failed(await leaseOne(node), new SubmissionError('transient'))
    expect(await rowOf({ db }, 's-1')).toMatchObject({ state: 'queued', retry_count: 1 })
    expect(await node.queue.lease(1)).toEqual([])
    expect(await node.queue.runNow(job, db)).toBe(true)
    await endings.failed(await leaseOne(node), new SubmissionError('transient'))

    expect(await rowOf({ db }, 's-1')).toMatchObject({
      state: 'failed',
      error_code: 'submission_failed',
    })
    expect(await node.queue.countOpen()).toBe(0)
    expect(await node.store.events.after(0, 10)).toMatchObject([
      { eventType: 'EncounterRetryScheduled', source: 'Submission', data: { attemptCount: 1 } },
      { eventType: 'EncounterProcessingFailed', data: { code: 'submission_failed' } },
    ])
  })

  it('is a dead letter at once after a failure of a kind that it does not retry', async () => {
    await using parts = new AsyncDisposableStack()
    const node = await aSubmission(parts)

    await endingsOf(node).failed(await leaseOne(node), new SubmissionError('permanent'))

    expect(await rowOf(node.database, 's-1')).toMatchObject({ state: 'failed', retry_count: 0 })
  })

  it('is listed as a dead letter, and redriven as the next run of its row, once', async () => {
    await using parts = new AsyncDisposableStack()
    const node = await aSubmission(parts)
    const { store, queue } = node
    const scope = { practiceIds: ['p1'] }
    await endingsOf(node).failed(await leaseOne(node), new SubmissionError('permanent'))

    const [letter] = await store.deadLetters.list(scope, { after: undefined, limit: 10 })
    if (letter === undefined) throw new Error('no dead letter')
    const redriven = [
      await redriveJob(letter, { kinds: allKinds, store, queue }),
      await redriveJob(letter, { kinds: allKinds, store, queue }),
    ]

    expect(letter).toMatchObject({
      kind: 'submission',
      encounter_id: 'v',
      work_item_id: null,
      run: 1,
      error_code: 'submission_failed',
    })
    const failed = (kind: string) =>
      store.failures.latest({ practiceId: 'p1', encounterId: 'v', kind }, 10)
    expect(await failed('submission')).toMatchObject([{ code: 'submission_failed' }])
    expect(await failed('encounter')).toEqual([])
    expect(redriven).toEqual([true, false])
    expect(await store.deadLetters.count()).toBe(0)
    expect(await rowOf(node.database, 's-1')).toMatchObject({ state: 'queued', error_code: null })
    expect((await leaseOne(node)).job).toEqual({ ...job, run: 2 })
    expect(await queue.lease(1)).toEqual([])
  })

  it('is no dead letter any more when an operator dismissed it', async () => {
    await using parts = new AsyncDisposableStack()
    const node = await aSubmission(parts)
    const { deadLetters } = node.store
    await endingsOf(node).failed(await leaseOne(node), new SubmissionError('permanent'))
    const letter = await deadLetters.find({ practiceIds: ['p1'] }, 'submission', 1)
    if (letter === undefined) throw new Error('no dead letter')

    await deadLetters.dismiss(letter, { note: 'a test', by: 'operator' }, clock.now())

    expect(await deadLetters.count()).toBe(0)
    expect(await deadLetters.practiceIds()).toEqual(['p1'])
    expect(await rowOf(node.database, 's-1')).toMatchObject({ state: 'failed' })
  })

  it('is released for another worker, and found again when its job is missing', async () => {
    await using parts = new AsyncDisposableStack()
    const node = await aSubmission(parts)
    const { db } = node.database

    expect(await endingsOf(node).released(await leaseOne(node))).toBe(true)
    expect((await leaseOne(node)).job).toEqual(job)
    expect(await node.queue.ensureJobs()).toBe(0)
    await sql`delete from pgboss.job where name = 'practice/p1'`.execute(db)

    expect(await node.queue.ensureJobs()).toBe(1)
    expect((await leaseOne(node)).job).toEqual(job)
  })

  it('is recorded as failed when its workers kept dying', async () => {
    await using parts = new AsyncDisposableStack()
    const node = await aSubmission(parts)
    const { db } = node.database
    await leaseOne(node)
    await sql`update pgboss.job set retry_count = retry_limit, heartbeat_on = now() - interval '1 hour'
               where name = 'practice/p1'`.execute(db)

    let abandoned: Lease | undefined
    while (abandoned === undefined) [abandoned] = await node.queue.leaseAbandoned(1)
    await endingsOf(node).abandoned(abandoned)

    expect(await rowOf({ db }, 's-1')).toMatchObject({ state: 'failed' })
    expect(await node.queue.countOpen()).toBe(0)
  })

  it('is left in the queue by a release that does not know it, and leased by one that does', async () => {
    await using parts = new AsyncDisposableStack()
    const newer = await aSubmission(parts)
    const reported: unknown[] = []
    const older = parts.use(
      await openNode(newer.connection, { onError: (error) => void reported.push(error) }),
    )

    expect(await older.queue.lease(10)).toEqual([])

    expect(reported).toMatchObject([{ code: 'job_unreadable' }])
    expect(await newer.queue.runNow(job, newer.database.db)).toBe(true)
    expect((await leaseOne(newer)).job).toEqual(job)
  })
})

/** What the queue, the conclusion of a lease and the list of dead letters read and write in the row of any kind. */
const columnsOfEveryKind = [
  'ordinal',
  'run',
  'attempt_count',
  'retry_count',
  'next_attempt_at',
  'error_code',
  'error_reason',
  'finished_at',
]

it.each(jobKinds.all.map(({ name, rows, payload }) => ({ name, rows, payload })))(
  'the rows of "$name" have every column that its jobs need',
  async ({ rows: { table, stateColumn, createdColumn }, payload: { shape } }) => {
    await using database = await createTestDatabase()
    const fields = Object.keys(shape).filter((field) => field !== 'kind')

    const found = await onServer(database.connection, (client) =>
      client.query<{ name: string }>(
        'select attname as name from pg_attribute where attrelid = to_regclass($1) and attnum > 0',
        [table],
      ),
    )

    const columns = found.rows.map(({ name }) => name)
    const needed = [...fields.map(columnOf), stateColumn, createdColumn, ...columnsOfEveryKind]
    expect(
      needed.filter((column) => !columns.includes(column)),
      `the table ${table} lacks columns; its migration adds them (CONTRIBUTING.md, "A job kind")`,
    ).toEqual([])
  },
)
