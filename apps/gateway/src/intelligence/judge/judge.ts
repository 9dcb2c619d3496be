import { type AnalyzeOptions, UnknownOrderError } from '@authscript/intelligence'
import type { Analysis, ClinicalBundle } from '@authscript/prior-auth'
import { createThreadPool, ThreadFailure } from '../../thread-pool.ts'
import type { JudgementOptions } from '../analyzer.ts'
import { JudgementFailedError, JudgementLimitError } from './judgement-errors.ts'

/** What an analysis takes in addition to the chart and the order. */
export type JudgingOptions = Pick<AnalyzeOptions, 'proposals' | 'notices'>

/** Analyzes orders by the rules of the intelligence package, in worker threads. */
export interface Judge {
  /**
   * Returns the result of `analyze`. `bundle` must not change between its orders, because a thread keeps a copy of it.
   *
   * @throws {UnknownOrderError} the chart has no such order
   * @throws {JudgementLimitError} it exceeds the time or memory limit for one order
   * @throws {JudgementFailedError}
   */
  judge(
    bundle: ClinicalBundle,
    orderId: string,
    options: JudgingOptions,
    signal: AbortSignal,
  ): Promise<Analysis>
  stop(): Promise<void>
}

export interface JudgeOptions extends JudgementOptions {
  /** @default 2, so that one slow order does not block all others */
  readonly threads?: number
  /** Time limit for one order, from when a thread begins it; after it the thread is terminated. */
  readonly limitMs?: number
  /** Limit for the heap of one thread. */
  readonly maxHeapMb?: number
  readonly workerFile?: URL
}

/** Passed to a thread when it starts; read and checked once, by the gateway. */
export type JudgeWorkerData = JudgementOptions

export interface JudgeTask {
  /** Identifies a chart that a thread may have kept. */
  readonly chartId: number
  /** Absent: the thread uses the chart it has kept. */
  readonly bundle?: ClinicalBundle
  readonly orderId: string
  readonly options: JudgingOptions
}

/** A thread's answer. Faults are values, because errors lose their class between threads. */
export type JudgeAnswer =
  | { readonly kind: 'judged'; readonly analysis: Analysis }
  /** Only the chart's id was sent, and the thread has not kept the chart. */
  | { readonly kind: 'chart_missing' }
  | { readonly kind: 'unknown_order' }
  /** An unexpected error, without its message. */
  | { readonly kind: 'defect'; readonly name: string; readonly frames: string }

/** A hundred times what an order usually takes; less than an attempt (60 s); longer than a frozen node keeps its lease (30 s). */
const defaultLimitMs = 40_000
/** The same as the gateway's own heap. A chart with 2 MB of dense notes needs about 250 MB. */
const defaultMaxHeapMb = 512

/** A chart is copied to a thread once and then referenced by id, because each copy of 5 MB blocks the main thread for 20 to 60 ms. */
export function createJudge({
  switchedOn,
  policies,
  threads = 2,
  limitMs = defaultLimitMs,
  maxHeapMb = defaultMaxHeapMb,
  workerFile = new URL('./judge-worker.ts', import.meta.url),
}: JudgeOptions): Judge {
  const workerData: JudgeWorkerData = { switchedOn, policies }
  const pool = createThreadPool<JudgeTask, JudgeAnswer>({
    workerFile,
    threads,
    limitMs,
    maxHeapMb,
    workerData,
  })
  const chartIds = new WeakMap<ClinicalBundle, number>()
  let lastChartId = 0

  async function ask(task: JudgeTask, signal: AbortSignal): Promise<JudgeAnswer> {
    try {
      return await pool.run(task, signal)
    } catch (error) {
      if (!(error instanceof ThreadFailure)) throw error
      throw toJudgementError(error, task.orderId)
    }
  }

  function toJudgementError({ reason }: ThreadFailure, orderId: string) {
    switch (reason) {
      case 'time_limit':
        return new JudgementLimitError(`order ${orderId} took longer than ${limitMs} ms to analyze`)
      case 'memory_limit':
        return new JudgementLimitError(`order ${orderId} exceeds the memory limit of a thread`)
      case 'failed':
        return new JudgementFailedError(
          `the thread that analyzed order ${orderId} was lost; the order is analyzed again`,
          'transient',
        )
    }
  }

  return {
    async judge(bundle, orderId, options, signal) {
      const known = chartIds.get(bundle)
      const chartId = known ?? ++lastChartId
      chartIds.set(bundle, chartId)
      const task = { chartId, orderId, options }
      let answer = await ask(known === undefined ? { ...task, bundle } : task, signal)
      if (answer.kind === 'chart_missing') answer = await ask({ ...task, bundle }, signal)
      return toAnalysis(answer, orderId)
    },
    stop: () => pool.stop(),
  }
}

function toAnalysis(answer: JudgeAnswer, orderId: string): Analysis {
  switch (answer.kind) {
    case 'judged':
      return answer.analysis
    case 'unknown_order':
      throw new UnknownOrderError(orderId)
    case 'defect': {
      const error = new JudgementFailedError(
        `the analysis of order ${orderId} failed because of a defect: ${answer.name}`,
        'permanent',
      )
      error.stack = `${error.name}: ${error.message}\n${answer.frames}`
      throw error
    }
    case 'chart_missing':
      throw new TypeError('a thread did not keep the chart that it was sent')
  }
}
