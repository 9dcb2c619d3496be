/**
 * Runs at most `slots` calls at once, at most `perHolder` of one holder. Those who wait take turns by holder: whoever sends a hundred calls
 * waits for themselves, and everybody else for one call of theirs at most.
 */
export class FairSlots {
  readonly #slots: number
  readonly #perHolder: number
  #taken = 0
  readonly #takenBy = new Map<string, number>()
  /** In the order of turns. No holder has an empty queue. */
  readonly #waiting = new Map<string, Set<() => void>>()

  constructor({ slots, perHolder }: { readonly slots: number; readonly perHolder: number }) {
    this.#slots = slots
    this.#perHolder = perHolder
  }

  async run<Result>(
    holder: string,
    call: () => Promise<Result>,
    signal: AbortSignal,
  ): Promise<Result> {
    await this.#enter(holder, signal)
    try {
      return await call()
    } finally {
      this.#leave(holder)
    }
  }

  async #enter(holder: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#taken < this.#slots && this.#isFree(holder)) return this.#take(holder)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const queue = this.#waiting.get(holder) ?? new Set()
    const onAbort = () => {
      queue.delete(resolve)
      if (queue.size === 0) this.#waiting.delete(holder)
      reject(signal.reason)
    }
    queue.add(resolve)
    this.#waiting.set(holder, queue)
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      await promise
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  #leave(holder: string): void {
    this.#taken -= 1
    const left = (this.#takenBy.get(holder) ?? 1) - 1
    if (left === 0) this.#takenBy.delete(holder)
    else this.#takenBy.set(holder, left)
    for (const [next, queue] of this.#waiting) {
      const [resolve] = queue
      if (resolve === undefined || !this.#isFree(next)) continue
      queue.delete(resolve)
      // To the end: others first.
      this.#waiting.delete(next)
      if (queue.size > 0) this.#waiting.set(next, queue)
      this.#take(next)
      return resolve()
    }
  }

  #isFree(holder: string): boolean {
    return (this.#takenBy.get(holder) ?? 0) < this.#perHolder
  }

  #take(holder: string): void {
    this.#taken += 1
    this.#takenBy.set(holder, (this.#takenBy.get(holder) ?? 0) + 1)
  }
}
