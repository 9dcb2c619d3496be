import { getHeapStatistics } from 'node:v8'
import { workerData } from 'node:worker_threads'
import { analyze, UnknownOrderError } from '@authscript/intelligence'
import type { ClinicalBundle } from '@authscript/prior-auth'
import type { JudgeAnswer, JudgeTask, JudgeWorkerData } from './judge.ts'

// Typed as any: the judge in the other thread put it there.
const judgedBy = workerData as JudgeWorkerData

/** The last chart: its other orders are judged from the same reading of its notes. */
let kept: { readonly chartId: number; readonly bundle: ClinicalBundle } | undefined

/** Runs in a thread of the judge's pool. */
export default function work({ chartId, bundle, orderId, options }: JudgeTask): JudgeAnswer {
  if (bundle !== undefined) kept = { chartId, bundle }
  if (kept?.chartId !== chartId) return { kind: 'chart_missing' }
  try {
    const analysis = analyze(kept.bundle, orderId, { ...judgedBy, ...options })
    return { kind: 'judged', analysis }
  } catch (error) {
    if (error instanceof UnknownOrderError) return { kind: 'unknown_order' }
    return { kind: 'defect', ...withoutMessage(error) }
  } finally {
    if (isHeapHalfFull()) kept = undefined
  }
}

/** The next order may be of another chart, and must not run out of memory because of this one. */
function isHeapHalfFull(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics()
  return used > limit / 2
}

/** Where the defect is. The message stays here: it may quote the chart. */
function withoutMessage(error: unknown): { readonly name: string; readonly frames: string } {
  if (!(error instanceof Error)) return { name: typeof error, frames: '' }
  const frames = error.stack?.split('\n').filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
  return { name: error.name, frames: (frames ?? []).join('\n') }
}
