import { TaskOrchestrator } from '../../src/index.ts'
import { say } from './say.ts'

/** `stop` from a signal handler, twice, while a task runs that ends soon after. */
const orchestrator = new TaskOrchestrator()
const stopped = Promise.withResolvers<void>()
orchestrator.run({ name: 'running', run: () => stopped.promise })
const alive = setInterval(() => undefined, 60_000)
process.on('SIGTERM', () => {
  clearInterval(alive)
  void orchestrator.stop()
  void orchestrator.stop().then(({ drained, unfinished }) => {
    say(`SIGTERM: drained ${drained}, unfinished ${unfinished.length}`)
  })
  setTimeout(() => stopped.resolve(), 20)
})
setTimeout(() => say('ready'), 20)
