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
 * does not hold the outcome back; `settled` tells when it really ended. `parent` may not have been aborted yet.
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
  const onParentAbort = () => attempt.abort(parent?.reason)
  const timer =
    timeoutMs === undefined
      ? undefined
      : clock.setTimer(() => attempt.abort(new TaskTimeoutError(timeoutMs)), timeoutMs)
  parent?.addEventListener('abort', onParentAbort, { once: true })
  const running = (async () => call(attempt.signal))()
  const outcome = unlessAborted(running, attempt.signal).finally(() => {
    timer?.cancel()
    parent?.removeEventListener('abort', onParentAbort)
  })
  return { outcome, settled: hasSettled(running) }
}

/** What `promise` comes to, or at once the signal's reason when it aborts first. */
export function unlessAborted<Result>(
  promise: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (signal === undefined) return promise
  const { promise: outcome, resolve, reject } = Promise.withResolvers<Result>()
  const onAbort = () => reject(signal.reason)
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  promise.finally(() => signal.removeEventListener('abort', onAbort)).then(resolve, reject)
  return outcome
}

/** Resolves when `promise` has settled, either way. */
export async function hasSettled(promise: Promise<unknown> | undefined): Promise<void> {
  try {
    await promise
  } catch {
    // How it ended is somebody else's to judge.
  }
}
