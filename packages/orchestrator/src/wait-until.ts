import { createDeferred } from './deferred.ts'
import type { Clock } from './clock.ts'

/** Lets callers wait until a condition holds. Whoever changes what the condition depends on calls `check`. */
export class WaitUntil {
  readonly #holds: () => boolean
  readonly #waiters = new Set<() => void>()
  /** Whether anybody waits, kept apart because it is read after every task. */
  #isAwaited = false

  constructor(holds: () => boolean) {
    this.#holds = holds
  }

  check(): void {
    if (!this.#isAwaited || !this.#holds()) return
    for (const resolve of this.#waiters) resolve()
    this.#waiters.clear()
    this.#isAwaited = false
  }

  /** Resolves once the condition holds; rejects with the signal's reason when it aborts first. */
  async wait(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (this.#holds()) return
    const { promise, resolve, reject } = createDeferred<void>()
    const onAbort = () => reject(signal?.reason)
    signal?.addEventListener('abort', onAbort, { once: true })
    await this.#await(promise, resolve, () => signal?.removeEventListener('abort', onAbort))
  }

  /** Resolves when the condition holds, after `limitMs`, or when the signal aborts, whichever comes first. */
  async atMost(limitMs: number, signal: AbortSignal | undefined, clock: Clock): Promise<void> {
    if (this.#holds() || signal?.aborted === true) return
    const { promise, resolve } = createDeferred<void>()
    const timer = clock.setTimer(resolve, limitMs)
    const onAbort = () => resolve()
    signal?.addEventListener('abort', onAbort, { once: true })
    await this.#await(promise, resolve, () => {
      signal?.removeEventListener('abort', onAbort)
      timer.cancel()
    })
  }

  async #await(promise: Promise<void>, resolve: () => void, cleanUp: () => void): Promise<void> {
    this.#waiters.add(resolve)
    this.#isAwaited = true
    try {
      await promise
    } finally {
      this.#waiters.delete(resolve)
      this.#isAwaited = this.#waiters.size > 0
      cleanUp()
    }
  }
}
