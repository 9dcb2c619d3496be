/** A timer with a longer delay fires at once. */
const maxTimerMs = 2 ** 31 - 1

/** Time and chance, so that tests can turn them. Nothing else in this app reads the system's. */
export interface Clock {
  now(): Date
  /** Resolves after `delayMs`; rejects with `signal.reason` as soon as the signal aborts. */
  sleep(delayMs: number, signal: AbortSignal): Promise<void>
  /** 0 (inclusive) to 1 (exclusive). */
  random(): number
}

/** Also measures: nobody sets `monotonicMs`, only its differences mean something. */
export interface SteadyClock extends Clock {
  monotonicMs(): number
}

export const systemClock: SteadyClock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  random: () => Math.random(),
  sleep(delayMs, signal) {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    if (signal.aborted) {
      reject(signal.reason)
      return promise
    }
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    let timer: NodeJS.Timeout
    const wait = (leftMs: number) => {
      timer = setTimeout(
        () => {
          if (leftMs > maxTimerMs) return wait(leftMs - maxTimerMs)
          signal.removeEventListener('abort', onAbort)
          resolve()
        },
        Math.min(leftMs, maxTimerMs),
      )
    }
    wait(delayMs)
    signal.addEventListener('abort', onAbort, { once: true })
    return promise
  },
}

/** A signal that aborts with `parent`, or by itself after `limitMs`; disposing it releases both at once. */
export interface TimeLimit extends Disposable {
  readonly signal: AbortSignal
  /** True when the time was up before it was disposed. */
  readonly isOver: boolean
  /** Counts another `limitMs` from now, in place of what was left. */
  restart(limitMs: number): void
}

/** `AbortSignal.timeout` would keep its timer, and all that hangs on it, until the time is up: seconds after most calls have ended. */
export function timeLimit(parent: AbortSignal, limitMs: number): TimeLimit {
  const controller = new AbortController()
  let isOver = false
  const onAbort = () => controller.abort(parent.reason)
  const startTimer = (ms: number) =>
    setTimeout(
      () => {
        isOver = true
        controller.abort(new Error('time limit'))
      },
      Math.min(ms, maxTimerMs),
    )
  let timer = startTimer(limitMs)
  if (parent.aborted) onAbort()
  else parent.addEventListener('abort', onAbort, { once: true })
  return {
    signal: controller.signal,
    get isOver() {
      return isOver
    },
    restart(ms) {
      clearTimeout(timer)
      if (!controller.signal.aborted) timer = startTimer(ms)
    },
    [Symbol.dispose]() {
      clearTimeout(timer)
      parent.removeEventListener('abort', onAbort)
    },
  }
}
