import { TaskOrchestrator } from '@authscript/orchestrator'

/** A busy practice cannot starve a quiet one, an urgent task overtakes, and one visit is never worked on twice at once. */

const orchestrator = new TaskOrchestrator({ workerCount: 1, groupConcurrency: 1 })
const started: string[] = []
const visit = (name: string, group: string, priority = 0) => ({
  name,
  group,
  priority,
  run: () => started.push(name),
})

orchestrator.pause()
for (const number of [1, 2, 3]) orchestrator.run(visit(`busy-${number}`, 'busy practice'))
orchestrator.run(visit('quiet-1', 'quiet practice'))
orchestrator.run(visit('urgent', 'busy practice', 5))
orchestrator.resume()

const key = 'encounter-7'
const first = orchestrator.execute({ name: 'first', key, run: () => 'read' })
const second = orchestrator.execute({
  name: 'second',
  key,
  whenKeyTaken: 'wait',
  run: async () => `written after it was ${await first}`,
})
console.log(await second)
await orchestrator.stop()
console.log(started.join(', '))
