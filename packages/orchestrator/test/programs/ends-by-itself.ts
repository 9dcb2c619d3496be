import { TaskOrchestrator } from '../../src/index.ts'
import { say } from './say.ts'

/** After `stop`, nothing of the orchestrator's keeps the process alive: no timer, no listener, no handle. */
const orchestrator = new TaskOrchestrator({ autoscale: { maxWorkers: 4, intervalMs: 10 } })
const stream = orchestrator.getEventStream()
for (let number = 0; number < 3; number += 1)
  orchestrator.run({ name: 'quick', deadlineMs: 60_000, run: () => number })
const waiting = stream.next()
const { drained, unfinished } = await orchestrator.stop()
await waiting
const timers = process
  .getActiveResourcesInfo()
  .filter((resource) => /Timeout|Immediate/.test(resource))
say(`drained ${drained}, unfinished ${unfinished.length}, resources ${timers.length}`)
