import type { Clock } from '../clock.ts'
import { createDeferred } from '../deferred.ts'
import { TaskTimeoutError } from '../errors.ts'
import type { Layer } from './layer.ts'

/** Aborts the signal of the call after `timeoutMs`, and when the signal from outside aborts. */
export function timeoutLayer(timeoutMs: number, clock: Clock): Layer {
  return async (call, context) => {
    const { signal: outer } = context
    const limited = new AbortController()
    const onOuterAbort = () => limited.abort(outer.reason)
    const timer = clock.setTimer(() => limited.abort(new TaskTimeoutError(timeoutMs)), timeoutMs)
    outer.addEventListener('abort', onOuterAbort, { once: true })
    if (outer.aborted) onOuterAbort()
    try {
      return await call({ ...context, signal: limited.signal })
    } finally {
      timer.cancel()
      outer.removeEventListener('abort', onOuterAbort)
    }
  }
}

/** Settles with `promise`, or rejects with the signal's reason as soon as it aborts. */
export function unlessAborted<Result>(
  promise: Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const { promise: outcome, resolve, reject } = createDeferred<Result>()
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
    // Whoever awaits the promise itself handles its error.
  }
}

/** Resolves after `delayMs`, or rejects with the signal's reason as soon as it aborts. */
export function sleep(delayMs: number, signal: AbortSignal, clock: Clock): Promise<void> {
  if (signal.aborted) return Promise.reject(signal.reason)
  const { promise, resolve, reject } = createDeferred<void>()
  const onAbort = () => {
    timer.cancel()
    reject(signal.reason)
  }
  const timer = clock.setTimer(() => {
    signal.removeEventListener('abort', onAbort)
    resolve()
  }, delayMs)
  signal.addEventListener('abort', onAbort, { once: true })
  return promise
}
