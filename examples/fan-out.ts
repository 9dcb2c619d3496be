import { setTimeout as pause } from 'node:timers/promises'
import { TaskOrchestrator } from '@authscript/orchestrator'

/** Measures six pages, at most two at once. The results are in the order of the pages. */

await using orchestrator = new TaskOrchestrator({ workerCount: 2 })
let running = 0
let most = 0

async function measure(page: string): Promise<number> {
  running += 1
  most = Math.max(most, running)
  await pause(5)
  running -= 1
  return page.length
}

const pages = ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff']
const sizes = await Promise.all(
  pages.map((page) => orchestrator.execute({ name: 'measure', run: () => measure(page) })),
)
console.log(`${sizes.join(', ')}; at most ${most} at once`)
