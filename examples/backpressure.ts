import { setTimeout as pause } from 'node:timers/promises'
import { QueueFullError, TaskOrchestrator } from '@authscript/orchestrator'

/** When the backlog is full, `run` refuses a task and `runAsync` waits: memory is bounded. */

await using orchestrator = new TaskOrchestrator({ workerCount: 1, maxBacklog: 2 })
const slow = { name: 'slow', run: () => pause(20) }
for (let index = 0; index < 3; index += 1) orchestrator.run(slow)
try {
  orchestrator.run(slow)
} catch (error) {
  if (!(error instanceof QueueFullError)) throw error
  console.log(`refused: ${error.message}`)
}
await orchestrator.runAsync(slow)
console.log('accepted as soon as there was capacity')
