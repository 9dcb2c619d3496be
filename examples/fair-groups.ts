import { TaskOrchestrator } from '@authscript/orchestrator'

/** A busy customer cannot starve a quiet one, an urgent task runs first, and two tasks with one key never overlap. */

const orchestrator = new TaskOrchestrator({ workerCount: 1, groupConcurrency: 1 })
const started: string[] = []
const aTask = (name: string, group: string, priority = 0) => ({
  name,
  group,
  priority,
  run: () => started.push(name),
})

orchestrator.pause()
for (const number of [1, 2, 3]) orchestrator.run(aTask(`busy-${number}`, 'busy customer'))
orchestrator.run(aTask('quiet-1', 'quiet customer'))
orchestrator.run(aTask('urgent', 'busy customer', 5))
orchestrator.resume()

const key = 'invoice-7'
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
