import { type AutoscaleSettings, FakeClock, TaskOrchestrator } from '@authscript/orchestrator'
import { type BenchResult, toRow, under } from '../report.ts'

/**
 * Compares the autoscaler with fixed pools, with arrivals as in a clinic: what each pool costs in worker-hours, and how long a task waits
 * for a worker. Runs the real orchestrator on a virtual clock, so that a day takes seconds.
 */

const hourMs = 3_600_000
const meanServiceMs = 8000
const maxWorkers = 24
const targetWaitSeconds = 5
const autoscale: AutoscaleSettings = {
  minWorkers: 1,
  maxWorkers,
  targetWaitMs: targetWaitSeconds * 1000,
}

interface Arrivals {
  readonly name: string
  readonly hours: number
  /** Arrivals per second at this time. */
  rate(ms: number): number
}

const scenarios: readonly Arrivals[] = [
  {
    // Encounters are signed in bunches: between sessions, at noon, at the end of the day.
    name: 'bursty',
    hours: 6,
    rate: (ms) => (ms % (0.5 * hourMs) < 180_000 ? 1.5 : 0.03),
  },
  {
    // One practice's day: nothing at night, most at mid-morning and mid-afternoon.
    name: 'diurnal',
    hours: 24,
    rate(ms) {
      const hour = ms / hourMs
      return 0.01 + 0.6 * (bump(hour, 10.5, 1.5) + bump(hour, 15.5, 1.5))
    },
  },
  {
    // A second, larger practice goes live.
    name: 'step',
    hours: 4,
    rate: (ms) => (ms < 2 * hourMs ? 0.2 : 1.2),
  },
]

const fixedPools = [2, 4, 8, 16, maxWorkers]

interface Outcome {
  readonly workerHours: number
  readonly p95WaitSeconds: number
  readonly resizes: number
}

export async function autoscaler(): Promise<BenchResult> {
  const outcomes = new Map<string, Outcome>()
  const subjects = ['autoscaler', ...fixedPools.map((size) => `fixed pool of ${size}`)]
  for (const scenario of scenarios) {
    for (const [index, subject] of subjects.entries()) {
      const workers = index === 0 ? undefined : fixedPools[index - 1]
      outcomes.set(`${subject} ${scenario.name}`, await simulate(scenario, workers))
    }
    console.error(`${scenario.name} done`)
  }
  const of = (subject: string, name: string) => outcomes.get(`${subject} ${name}`) as Outcome
  return {
    rows: scenarios.flatMap(({ name }) =>
      subjects.flatMap((subject) => {
        const { workerHours, p95WaitSeconds, resizes } = of(subject, name)
        return [
          toRow(subject, name, 'worker-hours', [workerHours]),
          toRow(subject, name, 's wait for a worker, p95', [p95WaitSeconds]),
          toRow(subject, name, 'resizes', [resizes]),
        ]
      }),
    ),
    // A fixed pool is good enough if its p95 wait is within the autoscaler's target.
    targets: scenarios.flatMap(({ name }) => {
      const ours = of('autoscaler', name)
      const goodEnough = fixedPools
        .map((size) => of(`fixed pool of ${size}`, name))
        .filter(({ p95WaitSeconds }) => p95WaitSeconds <= targetWaitSeconds)
      const cheapest = Math.min(...goodEnough.map(({ workerHours }) => workerHours))
      return [
        under(
          `${name}: worker-hours, as a share of the smallest fixed pool with a p95 wait of ${targetWaitSeconds} s`,
          ours.workerHours / cheapest,
          1,
        ),
        under(`${name}: s wait for a worker, p95`, ours.p95WaitSeconds, targetWaitSeconds),
      ]
    }),
  }
}

async function simulate(scenario: Arrivals, fixedWorkers: number | undefined): Promise<Outcome> {
  const random = seeded(20_261_124)
  const clock = new FakeClock()
  const waits: number[] = []
  let resizes = 0
  let workerMs = 0
  let countedUntil = 0
  const orchestrator = new TaskOrchestrator({
    clock,
    workerCount: fixedWorkers ?? 1,
    maxBacklog: 100_000,
    pattern: 'none',
    ...(fixedWorkers === undefined ? { autoscale } : {}),
    observer: {
      workersScaled(from) {
        resizes += 1
        addWorkerTime(from)
      },
    },
  })
  const endMs = scenario.hours * hourMs
  for (let now = 0; ; ) {
    // Thinning: draws arrivals at the highest rate and drops those that exceed the rate at this time.
    now += exponential(random, 1000 / highestRate)
    if (now >= endMs) break
    await clock.advance(now - clock.now())
    if (random() * highestRate > scenario.rate(now)) continue
    const arrivedAt = now
    const serviceMs = exponential(random, meanServiceMs)
    orchestrator.run({
      name: 'encounter',
      run() {
        waits.push(clock.now() - arrivedAt)
        return new Promise<void>((resolve) => {
          clock.setTimer(resolve, serviceMs)
        })
      },
    })
  }
  addWorkerTime(orchestrator.stats.workerCount)
  // Runs what is still queued, so that every wait is counted.
  const stopped = orchestrator.stop({ timeoutMs: 24 * hourMs })
  await clock.advance(25 * hourMs)
  const { unfinished } = await stopped
  if (unfinished.length > 0) throw new Error(`${unfinished.length} tasks were never started`)
  waits.sort((a, b) => a - b)
  return {
    workerHours: workerMs / hourMs,
    p95WaitSeconds: (waits[Math.floor(waits.length * 0.95)] ?? 0) / 1000,
    resizes,
  }

  function addWorkerTime(workers: number): void {
    workerMs += workers * (clock.now() - countedUntil)
    countedUntil = clock.now()
  }
}

/** No scenario has more arrivals per second. */
const highestRate = 1.5

function bump(hour: number, middle: number, width: number): number {
  return Math.exp(-(((hour - middle) / width) ** 2))
}

function exponential(random: () => number, mean: number): number {
  return -mean * Math.log(1 - random())
}

/** mulberry32: the same random numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
