import { TaskOrchestrator } from '@authscript/orchestrator'

/**
 * Runs ten million tasks of every kind through one orchestrator, in its own process, and prints a JSON object with the counts and the
 * heap after each twentieth of the tasks. `node --expose-gc soak-round.ts TASKS`.
 */

const total = Number(process.argv[2] ?? 10_000_000)
const samples = 20
const groups = 50

const orchestrator = new TaskOrchestrator({
  workerCount: 16,
  maxBacklog: 1024,
  pattern: 'basic',
  groupConcurrency: 4,
  resilience: {
    retryCount: 1,
    retryDelayMs: 1,
    backoff: 'constant',
    timeoutMs: 60_000,
  },
  autoscale: { minWorkers: 4, maxWorkers: 32, intervalMs: 50 },
})
const stream = orchestrator.getEventStream({ capacity: 100 })
const shared = new AbortController()
const heapMb: number[] = []

for (let sample = 0; sample < samples; sample += 1) {
  const share = total / samples
  for (let fed = 0; fed < share; ) {
    const capacity = await orchestrator.whenCapacity({ places: 256, signal: shared.signal })
    for (const end = Math.min(share, fed + capacity); fed < end; fed += 1)
      submit(sample * share + fed)
  }
  await untilIdle()
  globalThis.gc?.()
  heapMb.push(process.memoryUsage().heapUsed / 1024 ** 2)
}
await stream.return()
const report = await orchestrator.stop()
const { completedCount, failedCount, abortedCount, retriedCount } = orchestrator.stats
console.log(
  JSON.stringify({
    heapMb,
    settled: completedCount + failedCount + abortedCount,
    failed: failedCount,
    aborted: abortedCount,
    retried: retriedCount,
    unfinished: report.unfinished.length,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  }),
)

/** Most are plain; some fail once, some always, some are aborted while they wait, some share a key, some publish. */
function submit(number: number): void {
  const abort = number % 101 === 0 ? new AbortController() : undefined
  orchestrator.run({
    name: 'soak',
    group: `practice-${number % groups}`,
    priority: number % 3,
    ...(number % 7 === 0
      ? { key: `encounter-${number % 1000}`, whenKeyTaken: 'wait' as const }
      : {}),
    ...(number % 11 === 0 ? { signal: shared.signal } : {}),
    ...(abort === undefined ? {} : { signal: abort.signal }),
    ...(number % 13 === 0 ? { deadlineMs: 60_000 } : {}),
    async run({ attempt, signal }) {
      if (number % 997 === 0 && attempt === 1) throw new Error('once')
      if (number % 4999 === 0) throw new Error('always')
      if (number % 17 === 0) signal.throwIfAborted()
      if (number % 1000 === 0) {
        orchestrator.publishEvent({
          id: String(number),
          eventType: 'Soaked',
          correlationId: 'soak',
          timestamp: '2026-01-01T00:00:00.000Z',
          source: 'soak',
          data: { number },
        })
      }
    },
  })
  abort?.abort()
}

async function untilIdle(): Promise<void> {
  while (orchestrator.queuedCount + orchestrator.stats.busyWorkers > 0) {
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
  }
}
