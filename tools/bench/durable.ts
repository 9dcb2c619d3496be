import type { EncounterRef } from '@authscript/prior-auth'
import { openNode } from '../../apps/gateway/test/database/node.ts'
import { onServer } from '../../apps/gateway/test/database/template-database.ts'
import { type BenchServer, startBenchServer } from './durable/bench-server.ts'
import { recoveryRows } from './durable/recovery.ts'
import { type OpenSubject, openGraphile, openOurs, openPgBoss } from './durable/subjects.ts'
import { type BenchResult, type Row, toRow, type Target, under } from '../report.ts'

/** The cost of durability: admission, throughput, wake-up latency and recovery, compared with pg-boss and graphile-worker. */

const rounds = Number(process.env['DURABLE_ROUNDS'] ?? 3)
const admissions = 1000
const parallel = 16
const runJobs = 2000
const idleSamples = 150
const idlePauseMs = 20
const backlog = Number(process.env['DURABLE_BACKLOG'] ?? 100_000)
const leaseSamples = 60

const subjects: readonly OpenSubject[] = [openOurs, openPgBoss, openGraphile]

export async function durable(): Promise<BenchResult> {
  await using server = await startBenchServer()
  const figures = new Map<
    string,
    { subject: string; case: string; unit: string; values: number[] }
  >()
  const record = (subject: string, name: string, unit: string, value: number) => {
    const key = `${subject} ${name}`
    const entry = figures.get(key) ?? { subject, case: name, unit, values: [] }
    entry.values.push(value)
    figures.set(key, entry)
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const open of subjects) {
      await admission(server, open, record)
      await running(server, open, record)
      await waking(server, open, record)
    }
  }
  const leasing = await leasingUnderBacklog(server)
  const rows: Row[] = [
    ...[...figures.values()].map((one) => toRow(one.subject, one.case, one.unit, one.values)),
    ...leasing.rows,
    ...(await recoveryRows()),
  ]
  return { rows, targets: targetsOf(rows) }
}

type RecordFigure = (subject: string, name: string, unit: string, value: number) => void

/** Enqueues jobs, each durable before the next one of its lane: first one lane, then sixteen. */
async function admission(
  server: BenchServer,
  open: OpenSubject,
  record: RecordFigure,
): Promise<void> {
  for (const [lanes, name] of [
    [1, 'admissions, one by one'],
    [parallel, `admissions, ${parallel} at a time`],
  ] as const) {
    await using subject = await open(await server.createDatabase())
    for (let index = 0; index < 50; index += 1) await subject.enqueue(refOf(`warm-${index}`))
    const startedAt = performance.now()
    await Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        for (let index = lane; index < admissions; index += lanes)
          await subject.enqueue(refOf(`v${index}`))
      }),
    )
    record(
      subject.name,
      name,
      'admissions/s',
      (admissions * 1000) / (performance.now() - startedAt),
    )
  }
}

/** Runs a backlog to its end. Ours completes each job in the transaction of its encounter's row; the others complete it separately. */
async function running(
  server: BenchServer,
  open: OpenSubject,
  record: RecordFigure,
): Promise<void> {
  await using subject = await open(await server.createDatabase())
  await Promise.all(
    Array.from({ length: parallel }, async (_, lane) => {
      for (let index = lane; index < runJobs; index += parallel)
        await subject.enqueue(refOf(`v${index}`))
    }),
  )
  const seen = new Set<string>()
  const done = Promise.withResolvers<void>()
  const startedAt = performance.now()
  const stop = await subject.work((encounterId) => {
    seen.add(encounterId)
    if (seen.size === runJobs) done.resolve()
  }, 'backlog')
  await done.promise
  await stop()
  record(
    subject.name,
    'jobs, end to end',
    'jobs/s',
    (runJobs * 1000) / (performance.now() - startedAt),
  )
}

/** From the call that enqueues a job to the start of its run, with no other job in the queue. */
async function waking(server: BenchServer, open: OpenSubject, record: RecordFigure): Promise<void> {
  await using subject = await open(await server.createDatabase())
  const started = new Map<string, (at: number) => void>()
  const stop = await subject.work(
    (encounterId) => started.get(encounterId)?.(performance.now()),
    'idle',
  )
  const waits: number[] = []
  for (let index = 0; index < idleSamples; index += 1) {
    const { promise, resolve } = Promise.withResolvers<number>()
    started.set(`v${index}`, resolve)
    const at = performance.now()
    await subject.enqueue(refOf(`v${index}`))
    waits.push((await promise) - at)
    await new Promise((resume) => {
      setTimeout(resume, idlePauseMs)
    })
  }
  await stop()
  waits.sort((a, b) => a - b)
  const at = (share: number) => waits[Math.floor(waits.length * share)] ?? Number.NaN
  record(subject.name, 'idle, enqueue to start p50', 'ms', at(0.5))
  record(subject.name, 'idle, enqueue to start p99', 'ms', at(0.99))
}

/** Leases four jobs at a time, as a small node does, with few jobs waiting and with the jobs of ten days waiting. */
async function leasingUnderBacklog(
  server: BenchServer,
): Promise<{ readonly rows: readonly Row[] }> {
  const connection = await server.createDatabase()
  await using node = await openNode(connection)
  const { store, queue, database } = node
  const rows: Row[] = []
  let admitted = 0
  const admit = (count: number) =>
    store.transaction('bench', async (transaction) => {
      for (let index = 0; index < count; index += 1) {
        const ref = refOf(`b${admitted++}`)
        await queue.enqueue({ kind: 'encounter', ...ref, run: 1 }, transaction.db)
      }
    })
  for (const [count, name] of [
    [1000, 'leasing, 1,000 jobs waiting'],
    [backlog, `leasing, ${backlog.toLocaleString('en')} jobs waiting`],
  ] as const) {
    const missing = count - admitted
    for (let done = 0; done < missing; done += 1000) await admit(Math.min(1000, missing - done))
    await onServer(connection, (client) => client.query('vacuum analyze pgboss.job_common'))
    const times: number[] = []
    for (let sample = 0; sample < leaseSamples; sample += 1) {
      const at = performance.now()
      const leases = await queue.lease(4)
      times.push(performance.now() - at)
      for (const lease of leases) await queue.settle(lease, database.db)
    }
    rows.push(toRow('ours', name, 'ms', times.slice(leaseSamples / 4)))
  }
  return { rows }
}

function targetsOf(rows: readonly Row[]): readonly Target[] {
  const figure = (subject: string, name: string) =>
    rows.find((row) => row.subject.startsWith(subject) && row.case === name)?.median ?? Number.NaN
  const names = rows.filter((row) => row.subject === 'ours').map((row) => row.case)
  const [few = '', many = ''] = names.filter((name) => name.startsWith('leasing'))
  return [
    under('idle, enqueue to start p99, ms', figure('ours', 'idle, enqueue to start p99'), 50),
    ...names
      .filter((name) => name.startsWith('admissions'))
      .map((name) =>
        under(
          `${name}: bare pg-boss's rate over ours`,
          figure('pg-boss', name) / figure('ours', name),
          1.3,
        ),
      ),
    ...rows
      .filter((row) => row.case.startsWith('recovery'))
      .map((row) => under(`${row.case}, s`, row.max, 30)),
    under(
      'leasing with ten days of jobs waiting over leasing with few',
      figure('ours', many) / figure('ours', few),
      1.2,
    ),
  ]
}

function refOf(encounterId: string): EncounterRef {
  return { practiceId: '195900', patientId: 'bench-patient', encounterId }
}
