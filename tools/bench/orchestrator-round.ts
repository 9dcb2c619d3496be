import { TaskOrchestrator } from '@authscript/orchestrator'
import { queue as createAsyncQueue } from 'async'
import fastq from 'fastq'
import pLimit from 'p-limit'
import PQueue from 'p-queue'
import { BareRing } from './bare-ring.ts'
import { capacity, feedBounded } from './bounded-feeding.ts'

/**
 * One round in its own process, so that no subject shares garbage or compiled code with another:
 * `node orchestrator-round.ts SUBJECT CONCURRENCY TASKS`. Its last line is a JSON object.
 */

type Feed = (total: number, concurrency: number) => Promise<void>

let ran = 0

/** The trivial task: it counts, so that the compiler cannot remove it. */
async function trivial(): Promise<void> {
  ran += 1
}

const task = { name: 'trivial', run: trivial }

function ours(concurrency: number, pattern: 'none' | 'basic' = 'none'): TaskOrchestrator {
  return new TaskOrchestrator({ workerCount: concurrency, maxBacklog: capacity, pattern })
}

/** A producer that fetches in batches fetches the next batch when this many places are free. */
const batch = capacity / 4

const subjects: Readonly<Record<string, Feed>> = {
  /** A producer that fetches batches (as the gateway leases jobs): it submits as capacity allows, then waits until there is capacity for a batch. */
  'ours: run': async (total, concurrency) => {
    const orchestrator = ours(concurrency)
    for (let fed = 0; fed < total; ) {
      const places = await orchestrator.whenCapacity({ places: batch })
      for (const end = Math.min(total, fed + places); fed < end; fed += 1) orchestrator.run(task)
    }
    await orchestrator.stop()
  },
  /** A producer that waits for each acceptance. */
  'ours: runAsync': async (total, concurrency) => {
    const orchestrator = ours(concurrency)
    for (let fed = 0; fed < total; fed += 1) await orchestrator.runAsync(task)
    await orchestrator.stop()
  },
  /** A promise for each result, as the rivals return. */
  'ours: execute': async (total, concurrency) => {
    const orchestrator = ours(concurrency)
    await feedBounded(total, () => orchestrator.execute(task))
  },
  'ours: execute, basic': async (total, concurrency) => {
    const orchestrator = ours(concurrency, 'basic')
    await feedBounded(total, () => orchestrator.execute(task))
  },
  /** All callers at once, against a backlog of 1024: most of them wait for capacity. */
  'ours: flood of runAsync': async (total, concurrency) => {
    const orchestrator = ours(concurrency)
    const allAccepted = Promise.withResolvers<void>()
    let accepted = 0
    const onAccepted = () => {
      accepted += 1
      if (accepted === total) allAccepted.resolve()
    }
    for (let fed = 0; fed < total; fed += 1) void orchestrator.runAsync(task).then(onAccepted)
    await allAccepted.promise
    await orchestrator.stop()
  },
  'fastq promise': async (total, concurrency) => {
    const queue = fastq.promise(trivial, concurrency)
    await feedBounded(total, () => queue.push(undefined))
  },
  'p-queue': async (total, concurrency) => {
    const queue = new PQueue({ concurrency })
    await feedBounded(total, () => queue.add(trivial))
  },
  'async.queue': async (total, concurrency) => {
    // oxlint-disable-next-line typescript/no-misused-promises -- it takes async functions; its types know of callbacks only
    const queue = createAsyncQueue<undefined>(trivial, concurrency)
    await feedBounded(total, () => queue.pushAsync(undefined))
  },
  'p-limit': async (total, concurrency) => {
    const limit = pLimit(concurrency)
    await feedBounded(total, () => limit(trivial))
  },
  /** The lower bound: nothing but a ring buffer and workers. */
  'bare ring': async (total, concurrency) => {
    const ring = new BareRing(concurrency, capacity)
    for (let fed = 0; fed < total; fed += 1) await ring.push(trivial)
    await ring.idle()
  },
}

const [subject = '', concurrency = '2', tasks = '1000000'] = process.argv.slice(2)
const feed = subjects[subject]
if (feed === undefined) throw new TypeError(`no subject ${subject}`)
const total = Number(tasks)
// Warms up: the measurement starts when the code is compiled.
await feed(total / 10, Number(concurrency))
ran = 0
const startedAt = performance.now()
await feed(total, Number(concurrency))
const seconds = (performance.now() - startedAt) / 1000
if (ran !== total) throw new Error(`${ran} of ${total} tasks ran`)
console.log(
  JSON.stringify({
    perSecond: Math.round(total / seconds),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)
process.exit(0)
