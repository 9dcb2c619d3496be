import { FakeClock, TaskOrchestrator } from '@authscript/orchestrator'

/** Forty tasks arrive at once: the autoscaler adds workers, and retires them after a quiet minute. On virtual time, so that it is quick. */

const clock = new FakeClock()
const orchestrator = new TaskOrchestrator({
  clock,
  workerCount: 1,
  autoscale: { minWorkers: 1, maxWorkers: 8, targetWaitMs: 5000 },
  observer: {
    workersScaled: (from, to) =>
      console.log(
        `${clock.now() / 1000} s: ${from} → ${to} workers (${orchestrator.scaling?.reason})`,
      ),
  },
})
for (let number = 0; number < 40; number += 1) {
  orchestrator.run({
    name: 'task',
    run: () =>
      new Promise<void>((resolve) => {
        clock.setTimer(resolve, 2000)
      }),
  })
}
await clock.advance(120_000)
console.log(
  `${orchestrator.stats.completedCount} tasks done, ${orchestrator.stats.workerCount} worker left`,
)
await orchestrator.stop()
