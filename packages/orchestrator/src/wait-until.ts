import type { Clock } from './clock.ts'

/** Lets callers wait until a condition holds. Whoever changes what the condition depends on calls `check`. */
export class WaitUntil {
  readonly #holds: () => boolean
  readonly #waiters = new Set<() => void>()

  constructor(holds: () => boolean) {
    this.#holds = holds
  }

  check(): void {
    if (this.#waiters.size === 0 || !this.#holds()) return
    for (const resolve of this.#waiters) resolve()
    this.#waiters.clear()
  }

  /** Resolves when the condition holds, after `limitMs`, or when the signal aborts, whichever comes first. */
  async atMost(limitMs: number, signal: AbortSignal | undefined, clock: Clock): Promise<void> {
    if (this.#holds() || signal?.aborted === true) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = clock.setTimer(resolve, limitMs)
    const onAbort = () => resolve()
    signal?.addEventListener('abort', onAbort, { once: true })
    this.#waiters.add(resolve)
    await promise
    this.#waiters.delete(resolve)
    signal?.removeEventListener('abort', onAbort)
    timer.cancel()
  }
}
