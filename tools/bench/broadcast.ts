import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { atLeast, type BenchResult, median, toRow, under } from '../report.ts'

/**
 * One publisher and 1, 100 or 1000 subscribers, of which a tenth never read. A stalled reader of ours costs a cursor, one of events.on an
 * unbounded buffer. A listener of an EventEmitter cannot stall, so all of them are called. Events are published in bursts (half of the
 * buffer of a subscriber) and one per turn of the event loop, where each delivery wakes its reader.
 */

const rounds = 5
const subscriberCounts = [1, 100, 1000]
const bursts = [500, 1]
const subjects = ['ours: batches', 'ours: for await', 'EventEmitter', 'events.on']
/** Approximate deliveries per round; fewer where each one wakes its reader. */
const deliveries = { burst: 5_000_000, single: 500_000 }

interface Measured {
  readonly deliveriesPerSecond: number
  readonly publishNs: number
  readonly heapGrowthMb: number
}

export async function broadcast(): Promise<BenchResult> {
  const measured = new Map<string, Measured[]>()
  for (let round = 0; round < rounds; round += 1) {
    for (const burst of bursts) {
      for (const count of subscriberCounts) {
        for (let turn = 0; turn < subjects.length; turn += 1) {
          const subject = subjects[(turn + round) % subjects.length] as string
          const key = `${subject} ${count} ${burst}`
          measured.set(key, [...(measured.get(key) ?? []), runOnce(subject, count, burst)])
        }
      }
    }
    console.error(`round ${round + 1} of ${rounds} done`)
  }

  const of = (subject: string, count: number, burst: number) =>
    measured.get(`${subject} ${count} ${burst}`) ?? []
  const speed = (subject: string, count: number, burst: number) =>
    median(of(subject, count, burst).map((run) => run.deliveriesPerSecond))
  const publishNs = (count: number) =>
    median(of('ours: batches', count, 500).map((run) => run.publishNs))
  const growth = Math.max(
    ...subjects
      .slice(0, 2)
      .flatMap((subject) => bursts.flatMap((burst) => of(subject, 1000, burst)))
      .map((run) => run.heapGrowthMb),
  )
  const times = (subject: string, rival: string, burst: number) =>
    speed(subject, 1000, burst) / speed(rival, 1000, burst)

  return {
    rows: subjects.flatMap((subject) =>
      bursts.flatMap((burst) =>
        subscriberCounts.flatMap((count) => {
          const runs = of(subject, count, burst)
          const name = `${count} subscribers, ${burst === 1 ? 'one event a turn' : `bursts of ${burst}`}`
          return [
            toRow(
              subject,
              name,
              'deliveries/s',
              runs.map((run) => run.deliveriesPerSecond),
            ),
            toRow(
              subject,
              name,
              'ns a publish',
              runs.map((run) => run.publishNs),
            ),
            toRow(
              subject,
              name,
              'MB heap growth',
              runs.map((run) => run.heapGrowthMb),
            ),
          ]
        }),
      ),
    ),
    targets: [
      atLeast(
        '1000 subscribers in bursts, batches(): times EventEmitter',
        times('ours: batches', 'EventEmitter', 500),
        0.8,
      ),
      atLeast(
        '1000 subscribers in bursts, for await: times EventEmitter',
        times('ours: for await', 'EventEmitter', 500),
        0.8,
      ),
      atLeast(
        '1000 subscribers, one event a turn, batches(): times EventEmitter',
        times('ours: batches', 'EventEmitter', 1),
        0.8,
      ),
      atLeast(
        '1000 subscribers, one event a turn, for await: times events.on',
        times('ours: for await', 'events.on', 1),
        1,
      ),
      // An EventEmitter needs 13 ns, because it calls each of them.
      under(
        'ns that each further subscriber adds to a publish',
        (publishNs(1000) - publishNs(1)) / 999,
        1,
      ),
      under('1000 subscribers, a tenth stalled: MB that the heap grew', growth, 2),
    ],
  }
}

function runOnce(subject: string, subscribers: number, burst: number): Measured {
  const events = Math.max(2000, (burst === 1 ? deliveries.single : deliveries.burst) / subscribers)
  const output = execFileSync(
    process.execPath,
    [
      '--expose-gc',
      join(import.meta.dirname, 'broadcast-round.ts'),
      subject,
      String(subscribers),
      String(Math.floor(subscribers / 10)),
      String(burst),
      String(Math.min(events, 500_000)),
    ],
    { encoding: 'utf8' },
  )
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Measured
}
