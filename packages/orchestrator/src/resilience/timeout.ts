import type { Clock } from '../clock.ts'
import { TaskTimeoutError } from '../errors.ts'

/** One call under a time limit. */
export interface TimedCall<Result> {
  /** Settles with the call, or at once with the timeout or the abort, whatever the call does then. */
  readonly outcome: Promise<Result>
  /** Resolves when the call itself has settled: only then does it touch nothing any more. */
  readonly settled: Promise<void>
}

/**
 * Calls `call` with a signal that aborts after `timeoutMs` (never, when undefined) or with `parent`. A call that ignores its signal
 * does not hold the outcome back; `settled` tells when it really ended.
 */
export function callWithTimeout<Result>(
  call: (signal: AbortSignal) => Promise<Result> | Result,
  options: {
    readonly timeoutMs: number | undefined
    readonly parent: AbortSignal | undefined
    readonly clock: Clock
  },
): TimedCall<Result> {
  const { timeoutMs, parent, clock } = options
  const attempt = new AbortController()
  const { promise: outcome, resolve, reject } = Promise.withResolvers<Result>()

  const end = (reason: unknown) => {
    release()
    attempt.abort(reason)
    reject(reason)
  }
  const onParentAbort = () => end(parent?.reason)
  const timer =
    timeoutMs === undefined
      ? undefined
      : clock.setTimer(() => end(new TaskTimeoutError(timeoutMs)), timeoutMs)
  parent?.addEventListener('abort', onParentAbort, { once: true })
  const release = () => {
    timer?.cancel()
    parent?.removeEventListener('abort', onParentAbort)
  }

  if (parent?.aborted === true) {
    release()
    reject(parent.reason)
    return { outcome, settled: Promise.resolve() }
  }
  const settled = (async () => {
    try {
      resolve(await call(attempt.signal))
    } catch (error) {
      reject(error)
    } finally {
      release()
    }
  })()
  return { outcome, settled }
}
