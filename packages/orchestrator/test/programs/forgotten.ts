import { TaskOrchestrator } from '../../src/index.ts'
import { say } from './say.ts'

/** Nobody stopped it: an idle orchestrator, autoscaler and all, does not keep the process alive. */
const orchestrator = new TaskOrchestrator({ autoscale: { maxWorkers: 4 } })
await orchestrator.execute({ name: 'quick', run: () => 1 })
say('nothing to wait for')
