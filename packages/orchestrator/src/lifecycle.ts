import type { Clock } from './clock.ts'
import type { TaskState } from './execution/task-execution.ts'

/** `running` takes work; `draining` finishes or aborts what it has; `stopped` has no timer, no listener and no task left. */
export type OrchestratorState = 'running' | 'draining' | 'stopped'

export interface StopOptions {
  /** How long queued and running tasks may still take before they are aborted. @default 30_000 */
  readonly timeoutMs?: number
  /** Ends that time early. */
  readonly signal?: AbortSignal
  /** Event streams stay open, until `endStreams`. @default false */
  readonly keepStreams?: boolean
}

export interface UnfinishedTask {
  readonly taskId: string
  readonly name: string
  readonly correlationId: string
  /** Where the deadline found it. */
  readonly state: Exclude<TaskState, 'settled'>
}

/** What a drain came to. */
export interface DrainReport {
  /** Tasks that completed or failed by themselves between the call of `stop` and its end. */
  readonly drained: number
  /** Tasks that the deadline found unfinished; all were aborted. */
  readonly unfinished: readonly UnfinishedTask[]
  /** Tasks whose handler ignored its abort and still ran when `stop` gave up on it: it may still touch something. */
  readonly abandoned: readonly Omit<UnfinishedTask, 'state'>[]
  readonly durationMs: number
}

/** Somebody who waits until a condition holds, which `check` looks at after every change; at most `limitMs`, or until an abort. */
export class QuietWait {
  readonly #isQuiet: () => boolean
  #end: (() => void) | undefined

  constructor(isQuiet: () => boolean) {
    this.#isQuiet = isQuiet
  }

  check(): void {
    if (this.#end !== undefined && this.#isQuiet()) this.#end()
  }

  async within(limitMs: number, signal: AbortSignal | undefined, clock: Clock): Promise<void> {
    if (this.#isQuiet() || signal?.aborted === true) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = clock.setTimer(resolve, limitMs)
    const onAbort = () => resolve()
    signal?.addEventListener('abort', onAbort, { once: true })
    this.#end = resolve
    await promise
    this.#end = undefined
    signal?.removeEventListener('abort', onAbort)
    timer.cancel()
  }
}
