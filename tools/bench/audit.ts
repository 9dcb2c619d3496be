import { systemClock } from '../../apps/gateway/src/clock.ts'
import type { NewAuditRow } from '../../apps/gateway/src/store/audit-entry.ts'
import { verifyAudit } from '../../apps/gateway/src/store/audit-verification.ts'
import { connectDatabase, migrate } from '../../apps/gateway/src/store/database.ts'
import { createStore } from '../../apps/gateway/src/store/store.ts'
import {
  onServer,
  type TestConnection,
} from '../../apps/gateway/test/database/template-database.ts'
import { atLeast, type BenchResult, median, toRow } from '../report.ts'
import { startBenchServer } from './durable/bench-server.ts'

/**
 * What the audit trail's chain costs. Its rows follow each other, so transactions that write one wait for each other until they are
 * committed. Every transaction here changes a row of its own, as work does, and then adds one audit row: to the chain, to a table
 * like it without the chain, or to none.
 */

const rounds = Number(process.env['AUDIT_ROUNDS'] ?? 5)
const transactions = Number(process.env['AUDIT_TRANSACTIONS'] ?? 600)
const lanesOf = [1, 4, 16] as const
/** People who open a chart every ten seconds, two thousand of them. */
const wantedRate = 200

interface Subject {
  readonly name: string
  /** Adds the row at the end of a transaction, as `append` of the audit trail does. */
  readonly statement: string | undefined
}

const chained: Subject = {
  name: 'with the chain',
  statement: 'select append_audit($1::jsonb)',
}
const subjects: readonly Subject[] = [
  chained,
  { name: 'without the chain', statement: 'select append_unchained($1::jsonb)' },
  { name: 'no audit row', statement: undefined },
]

export async function audit(): Promise<BenchResult> {
  await using server = await startBenchServer()
  const connection = await server.createDatabase()
  const database = await connectDatabase(connection, { poolSize: 1, onError: () => undefined })
  try {
    await migrate(database.db)
    await prepare(connection)
    const rates = new Map<string, number[]>()
    const slowest = new Map<string, number[]>()
    for (let round = 0; round < rounds; round += 1)
      for (const lanes of lanesOf)
        for (const subject of subjects) {
          const { rate, p99Ms } = await run(connection, subject, lanes)
          const key = keyOf(subject, lanes)
          rates.set(key, [...(rates.get(key) ?? []), rate])
          slowest.set(key, [...(slowest.get(key) ?? []), p99Ms])
        }
    // A bench of a chain that does not hold measures nothing.
    const { faults } = await verifyAudit(
      createStore(database.db, { clock: systemClock, jobKinds: [] }).audit,
    )
    if (faults.length > 0) throw new Error(`the chain is broken: ${JSON.stringify(faults[0])}`)
    return resultOf(rates, slowest)
  } finally {
    await database.close()
  }
}

const keyOf = ({ name }: Pick<Subject, 'name'>, lanes: number) => `${name}, ${lanes}`

/** A table of the same columns and indexes with a number of its own, and a row of work for each lane. */
async function prepare(connection: TestConnection): Promise<void> {
  await onServer(connection, (client) =>
    client.query(`
      create table unchained_log (like audit_log including indexes);
      create sequence unchained_numbers;
      create function append_unchained(entries jsonb) returns void language plpgsql as $$
      declare
        entry jsonb;
        made unchained_log;
      begin
        for entry in select value from jsonb_array_elements(entries) loop
          made := jsonb_populate_record(null::unchained_log, entry);
          made.sequence := nextval('unchained_numbers');
          made.occurred_at := date_trunc('milliseconds', clock_timestamp());
          made.previous_hash := '';
          made.hash := '';
          insert into unchained_log select made.*;
        end loop;
      end $$;
      create table lane_work (lane integer primary key, done integer not null default 0);
      insert into lane_work (lane) select generate_series(0, ${Math.max(...lanesOf)})`),
  )
}

/** The same number of transactions in one, four or sixteen lanes, each with a connection of its own and one after the other. */
async function run(
  connection: TestConnection,
  { statement }: Subject,
  lanes: number,
): Promise<{ readonly rate: number; readonly p99Ms: number }> {
  const tookMs: number[] = []
  const start = Promise.withResolvers<void>()
  let connected = 0
  let startedAt = 0
  await Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      onServer(connection, async (client) => {
        connected += 1
        if (connected === lanes) {
          startedAt = performance.now()
          start.resolve()
        }
        await start.promise
        for (let index = lane; index < transactions; index += lanes) {
          const at = performance.now()
          await client.query('begin')
          await client.query('update lane_work set done = done + 1 where lane = $1', [lane])
          if (statement !== undefined)
            await client.query(statement, [JSON.stringify([rowOf(index)])])
          await client.query('commit')
          tookMs.push(performance.now() - at)
        }
      }),
    ),
  )
  const rate = (transactions * 1000) / (performance.now() - startedAt)
  tookMs.sort((one, other) => one - other)
  return { rate, p99Ms: tookMs[Math.floor(tookMs.length * 0.99)] ?? Number.NaN }
}

const rowOf = (index: number): NewAuditRow => ({
  action: 'view',
  outcome: 'done',
  operation: 'getWorkItem',
  person_id: `person-${index % 50}`,
  label: `Person ${index % 50}`,
  roles: ['clinician', 'staff'],
  address: '192.0.2.7',
  request_id: `request-${index}`,
  practice_ids: ['195900'],
  patient_ids: [`patient-${index % 200}`],
  encounter_ids: [`encounter-${index % 200}`],
  work_item_ids: [`order-${index % 200}`],
  count: 1,
  detail: null,
})

function resultOf(
  rates: ReadonlyMap<string, readonly number[]>,
  slowest: ReadonlyMap<string, readonly number[]>,
): BenchResult {
  const cases = lanesOf.flatMap((lanes) => subjects.map((subject) => ({ subject, lanes })))
  const medianOf = (subject: Pick<Subject, 'name'>, lanes: number) =>
    median(rates.get(keyOf(subject, lanes)) ?? [])
  const most = Math.max(...lanesOf)
  const ratio = (lanes: number) =>
    medianOf(chained, lanes) / medianOf({ name: 'without the chain' }, lanes)
  return {
    rows: [
      ...cases.map(({ subject, lanes }) =>
        toRow(
          subject.name,
          `${lanes} at a time`,
          'transactions/s',
          rates.get(keyOf(subject, lanes)) ?? [],
        ),
      ),
      ...cases.map(({ subject, lanes }) =>
        toRow(
          subject.name,
          `${lanes} at a time, p99`,
          'ms',
          slowest.get(keyOf(subject, lanes)) ?? [],
        ),
      ),
    ],
    targets: [
      atLeast(
        `${most} at a time: audit rows/s with the chain`,
        medianOf(chained, most),
        wantedRate,
      ),
      atLeast('1 at a time: the rate with the chain over that without', ratio(1), 0.7),
      atLeast(
        `${most} at a time: the rate with the chain over that of one at a time`,
        medianOf(chained, most) / medianOf(chained, 1),
        0.8,
      ),
    ],
  }
}
