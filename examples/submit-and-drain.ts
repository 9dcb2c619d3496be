import { TaskOrchestrator } from '@authscript/orchestrator'

/** Submits tasks, waits for one result, and stops: what was accepted is finished first. */

const orchestrator = new TaskOrchestrator({ workerCount: 2 })
for (const name of ['first', 'second', 'third']) {
  await orchestrator.runAsync({
    name,
    run: ({ workerId }) => console.log(`${name} on ${workerId}`),
  })
}
const sum = await orchestrator.execute({ name: 'sum', run: () => 40 + 2 })
const report = await orchestrator.stop()
console.log(`the sum is ${sum}; ${report.unfinished.length} tasks were aborted`)
