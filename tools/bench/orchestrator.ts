import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { atLeast, type BenchResult, median, rival, toRow, under } from '../report.ts'

/**
 * The overhead per task: one million trivial async tasks, at most 1024 of them outstanding, compared with popular queues. Each round
 * runs every subject once, in its own process with the same flags; the order rotates from round to round.
 */

const tasks = 1_000_000
const rounds = 5
const concurrencies = [2, 16, 64]

/** The package of each rival, by the name of its subject. */
const rivals: Readonly<Record<string, string>> = {
  'fastq promise': 'fastq',
  'p-queue': 'p-queue',
  'async.queue': 'async',
  'p-limit': 'p-limit',
}
const ways = ['ours: run', 'ours: runAsync', 'ours: execute']
const subjects = [...ways, 'ours: execute, basic', ...Object.keys(rivals), 'bare ring']

interface Measured {
  readonly perSecond: number
  readonly peakRssMb: number
}

export async function orchestrator(): Promise<BenchResult> {
  const measured = new Map<string, Measured[]>()
  for (let round = 0; round < rounds; round += 1) {
    for (const concurrency of concurrencies) {
      for (let turn = 0; turn < subjects.length; turn += 1) {
        const subject = subjects[(turn + round) % subjects.length] as string
        const key = `${subject} ${concurrency}`
        measured.set(key, [...(measured.get(key) ?? []), runOnce(subject, concurrency)])
      }
    }
    console.error(`round ${round + 1} of ${rounds} done`)
  }
  const floods = Array.from({ length: 3 }, () => runOnce('ours: flood of runAsync', 16))

  const speed = (subject: string, concurrency: number) =>
    median((measured.get(`${subject} ${concurrency}`) ?? []).map(({ perSecond }) => perSecond))
  /** At the concurrency where it is highest. */
  const memory = (subject: string) =>
    Math.max(
      ...concurrencies.map((concurrency) =>
        median((measured.get(`${subject} ${concurrency}`) ?? []).map(({ peakRssMb }) => peakRssMb)),
      ),
    )
  /** At the concurrency where ours compares worst. */
  const leastRatio = (subject: string, rival: string) =>
    Math.min(...concurrencies.map((count) => speed(subject, count) / speed(rival, count)))

  const rows = subjects.flatMap((subject) =>
    concurrencies.flatMap((concurrency) => {
      const runs = measured.get(`${subject} ${concurrency}`) ?? []
      const packageName = rivals[subject]
      const name = packageName === undefined ? subject : `${subject} (${rival(packageName)})`
      return [
        toRow(
          name,
          `concurrency ${concurrency}`,
          'tasks/s',
          runs.map((run) => run.perSecond),
        ),
        toRow(
          name,
          `concurrency ${concurrency}`,
          'MB peak RSS',
          runs.map((run) => run.peakRssMb),
        ),
      ]
    }),
  )
  const floodRows = [
    toRow(
      'ours: flood of runAsync',
      '1,000,000 callers',
      'tasks/s',
      floods.map((run) => run.perSecond),
    ),
    toRow(
      'ours: flood of runAsync',
      '1,000,000 callers',
      'MB peak RSS',
      floods.map((run) => run.peakRssMb),
    ),
  ]
  const basic = Math.min(...concurrencies.map((count) => speed('ours: execute, basic', count)))
  return {
    rows: [...rows, ...floodRows],
    targets: [
      ...ways.map((way) =>
        atLeast(
          `pattern none, ${way.slice(6)}: times fastq's promise API`,
          leastRatio(way, 'fastq promise'),
          way === 'ours: execute' ? 0.8 : 1,
        ),
      ),
      ...ways.map((way) =>
        atLeast(`pattern none, ${way.slice(6)}: times p-queue`, leastRatio(way, 'p-queue'), 3),
      ),
      ...ways.map((way) => under(`pattern none, ${way.slice(6)}: MB peak RSS`, memory(way), 120)),
      under(
        'flood of 1,000,000 runAsync callers: MB peak RSS',
        Math.max(...floods.map(({ peakRssMb }) => peakRssMb)),
        600,
      ),
      atLeast('pattern basic: tasks/s', basic, 200_000),
    ],
  }
}

function runOnce(subject: string, concurrency: number): Measured {
  const output = execFileSync(
    process.execPath,
    [
      // As the gateway is started. Without it, V8 lets the young generation grow, for every subject.
      '--max-semi-space-size=8',
      join(import.meta.dirname, 'orchestrator-round.ts'),
      subject,
      String(concurrency),
      String(tasks),
    ],
    { encoding: 'utf8' },
  )
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Measured
}
