import { TaskOrchestrator } from '../../src/index.ts'
import { say } from './say.ts'

/** A task that never ends and ignores its signal does not hang the process. */
const orchestrator = new TaskOrchestrator({ settleGraceMs: 20 })
orchestrator.run({ name: 'stubborn', run: () => new Promise(() => undefined) })
await new Promise((resolve) => {
  setImmediate(resolve)
})
const { unfinished, abandoned } = await orchestrator.stop({ timeoutMs: 20 })
say(`unfinished ${unfinished[0]?.name}, abandoned ${abandoned[0]?.name}`)
