import { getHeapStatistics } from 'node:v8'
import { workerData } from 'node:worker_threads'
import { analyze, loadLexicon, UnknownOrderError } from '@authscript/intelligence'
import type { ClinicalBundle } from '@authscript/prior-auth'
import { runTasks } from '../../thread-task.ts'
import type { JudgeAnswer, JudgeTask, JudgeWorkerData } from './judge.ts'

// Typed as any by Node; `createJudge` in the main thread sets it.
const workerOptions = workerData as JudgeWorkerData

/** The last chart, kept so that its other orders do not need another copy, and its notes are parsed once. */
let kept: { readonly chartId: number; readonly bundle: ClinicalBundle } | undefined

// Now, because the time of the first order must not be spent on it.
loadLexicon()

export default runTasks(judge)

function judge({ chartId, bundle, orderId, options }: JudgeTask): JudgeAnswer {
  if (bundle !== undefined) kept = { chartId, bundle }
  if (kept?.chartId !== chartId) return { kind: 'chart_missing' }
  try {
    const analysis = analyze(kept.bundle, orderId, { ...workerOptions, ...options })
    return { kind: 'judged', analysis }
  } catch (error) {
    if (error instanceof UnknownOrderError) return { kind: 'unknown_order' }
    return { kind: 'defect', ...withoutMessage(error) }
  } finally {
    if (isHeapHalfFull()) kept = undefined
  }
}

/** The next order may belong to another chart and must not run out of memory because of this one. */
function isHeapHalfFull(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics()
  return used > limit / 2
}

/** The location of the defect, without the message, which may quote the chart. */
function withoutMessage(error: unknown): { readonly name: string; readonly frames: string } {
  if (!(error instanceof Error)) return { name: typeof error, frames: '' }
  const frames = error.stack?.split('\n').filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
  return { name: error.name, frames: (frames ?? []).join('\n') }
}
