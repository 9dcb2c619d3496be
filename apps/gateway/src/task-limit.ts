import { timeLimit } from './clock.ts'

/** A start takes a second or two, and on a busy machine a hundred times that. The caller may give up before. */
const maxStartMs = 120_000

/** The time limit of a task that runs in a thread or process, which may have to start for it. */
export interface TaskLimit extends Disposable {
  /** Aborts when the time is up, or with the caller's signal. */
  readonly signal: AbortSignal
  /** True when the task has used its time up; false when it was the start that took too long. */
  readonly isOver: boolean
  /** To be called when the task begins there: its time counts from the first call. */
  begin(this: void): void
}

/** The start does not count as the time of the task: that a machine is busy is not the fault of a chart or file. */
export function taskLimit(parent: AbortSignal, limitMs: number): TaskLimit {
  const limit = timeLimit(parent, maxStartMs)
  let hasBegun = false
  return {
    signal: limit.signal,
    get isOver() {
      return hasBegun && limit.isOver
    },
    begin() {
      if (hasBegun) return
      hasBegun = true
      limit.restart(limitMs)
    },
    [Symbol.dispose]: () => limit[Symbol.dispose](),
  }
}
