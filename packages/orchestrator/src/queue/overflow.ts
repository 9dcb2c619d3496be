/**
 * Callers that wait until the backlog has room, served in the order they came; an abort ends a wait at once. One that was woken
 * counts until it has looked, so that nobody overtakes it in between.
 */
export class RoomWaiters {
  readonly #waiting = new Set<() => void>()
  #woken = 0

  get size(): number {
    return this.#waiting.size + this.#woken
  }

  /** Resolves when it is this caller's turn to look again. */
  async wait(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const onAbort = () => {
      if (this.#waiting.delete(resolve)) reject(signal?.reason)
    }
    this.#waiting.add(resolve)
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      await promise
      this.#woken -= 1
    } finally {
      signal?.removeEventListener('abort', onAbort)
    }
  }

  /** Wakes as many as there are places, counting those already on their way. */
  wake(places: number): void {
    for (const resolve of this.#waiting) {
      if (this.#woken >= places) return
      this.#waiting.delete(resolve)
      this.#woken += 1
      resolve()
    }
  }
}
