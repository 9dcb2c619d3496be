import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { atLeast, type BenchResult, toRow, under } from '../report.ts'

/** Ten million tasks of every kind through one orchestrator: does memory stay constant, and does every task settle? */

const tasks = Number(process.env['SOAK_TASKS'] ?? 10_000_000)

interface Soaked {
  /** After each twentieth of the tasks, after a garbage collection. */
  readonly heapMb: readonly number[]
  readonly settled: number
  readonly failed: number
  readonly aborted: number
  readonly retried: number
  readonly unfinished: number
  readonly peakRssMb: number
}

export async function soak(): Promise<BenchResult> {
  const round = join(import.meta.dirname, 'soak-round.ts')
  const startedAt = performance.now()
  const output = execFileSync(
    process.execPath,
    ['--expose-gc', '--max-semi-space-size=8', round, String(tasks)],
    { encoding: 'utf8' },
  )
  const seconds = (performance.now() - startedAt) / 1000
  const soaked = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Soaked
  // The first fifth is warm-up: compiled code and object shapes also take memory.
  const warm = soaked.heapMb.slice(soaked.heapMb.length / 5)
  const growthMb = (warm.at(-1) ?? Number.NaN) - (warm[0] ?? Number.NaN)
  return {
    rows: [
      toRow('ours', `${tasks} tasks`, 'MB heap after collection', warm),
      toRow('ours', `${tasks} tasks`, 'MB peak RSS', [soaked.peakRssMb]),
      toRow('ours', `${tasks} tasks`, 'tasks/s', [tasks / seconds]),
      toRow('ours', `${tasks} tasks`, 'tasks retried', [soaked.retried]),
      toRow('ours', `${tasks} tasks`, 'tasks failed', [soaked.failed]),
      toRow('ours', `${tasks} tasks`, 'tasks aborted', [soaked.aborted]),
    ],
    targets: [
      under('MB that the heap grew over the last four fifths', growthMb, 2),
      atLeast('tasks settled', soaked.settled, tasks),
      under('tasks unfinished', soaked.unfinished, 1),
    ],
  }
}
