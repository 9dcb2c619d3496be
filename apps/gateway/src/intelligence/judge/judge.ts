import { type AnalyzeOptions, UnknownOrderError } from '@authscript/intelligence'
import type { Analysis, ClinicalBundle } from '@authscript/prior-auth'
import { createThreadPool, ThreadFailure } from '../../thread-pool.ts'
import type { JudgementOptions } from '../analyzer.ts'
import { JudgementFailedError, JudgementLimitError } from './judgement-errors.ts'

/** What one judgement is given beside the chart. */
export type JudgingOptions = Pick<AnalyzeOptions, 'proposals' | 'notices'>

/** Judges orders by the rules of the intelligence package, off the main thread. */
export interface Judge {
  /**
   * The same as `analyze` answers. `bundle` must not change between its orders: a thread keeps its copy.
   *
   * @throws {UnknownOrderError} the chart has no such order
   * @throws {JudgementLimitError} it takes more time or memory than one order may
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
  /** @default 2, so that an order that takes all its time does not hold up every other */
  readonly threads?: number
  /** For one order, with the start of its thread; then the thread is ended. */
  readonly limitMs?: number
  /** Of one thread's heap. */
  readonly maxHeapMb?: number
  readonly workerFile?: URL
}

/** What a thread gets at its start: read and checked once, by the gateway. */
export type JudgeWorkerData = JudgementOptions

export interface JudgeTask {
  /** Names a chart that a thread may have kept. */
  readonly chartId: number
  /** Absent: as kept. */
  readonly bundle?: ClinicalBundle
  readonly orderId: string
  readonly options: JudgingOptions
}

/** What a thread answers: its faults are values, because an error loses its class on the way between threads. */
export type JudgeAnswer =
  | { readonly kind: 'judged'; readonly analysis: Analysis }
  /** Of the chart only the name came, and the thread has not kept it. */
  | { readonly kind: 'chart_missing' }
  | { readonly kind: 'unknown_order' }
  /** An error that nobody foresaw, without its message. */
  | { readonly kind: 'defect'; readonly name: string; readonly frames: string }

/** A hundred times what an order takes, less than an attempt (60 s), longer than a lease outlives a frozen node (30 s). */
const defaultLimitMs = 40_000
/** As much as the gateway itself has. A chart with 2 MB of dense notes needs about 250. */
const defaultMaxHeapMb = 512

/** A chart is copied to a thread once, and named for its other orders: each copy of 5 MB holds the main thread for 20 to 60 ms. */
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
        return new JudgementLimitError(`order ${orderId} took longer than ${limitMs} ms to judge`)
      case 'memory_limit':
        return new JudgementLimitError(`order ${orderId} needs more memory than a thread may have`)
      case 'failed':
        return new JudgementFailedError(
          `the thread that judged order ${orderId} was lost; it is judged again`,
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
        `the judgement of order ${orderId} has a defect: ${answer.name}`,
        'permanent',
      )
      error.stack = `${error.name}: ${error.message}\n${answer.frames}`
      throw error
    }
    case 'chart_missing':
      throw new TypeError('a thread was sent a chart and has not kept it')
  }
}
