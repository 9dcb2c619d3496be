/** The lowest cost of a bounded queue: a ring buffer of fixed size and workers in a loop, without contexts, error handling or limits. */
export class BareRing {
  readonly #slots: (() => Promise<unknown>)[]
  readonly #mask: number
  readonly #workers: number
  readonly #idle: (() => void)[] = []
  #head = 0
  #size = 0
  #waiting: (() => void) | undefined

  constructor(workers: number, capacity: number) {
    this.#slots = new Array<() => Promise<unknown>>(capacity)
    this.#mask = capacity - 1
    this.#workers = workers
    for (let worker = 0; worker < workers; worker += 1) void this.#work()
  }

  async push(task: () => Promise<unknown>): Promise<void> {
    while (this.#size > this.#mask) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve
      })
    }
    this.#slots[(this.#head + this.#size) & this.#mask] = task
    this.#size += 1
    this.#idle.pop()?.()
  }

  /** Resolves when no task is queued or running. */
  async idle(): Promise<void> {
    while (this.#size > 0 || this.#idle.length < this.#workers) {
      await new Promise<void>((resolve) => {
        setImmediate(resolve)
      })
    }
  }

  async #work(): Promise<void> {
    for (;;) {
      if (this.#size === 0) {
        await new Promise<void>((resolve) => {
          this.#idle.push(resolve)
        })
        continue
      }
      const task = this.#slots[this.#head] as () => Promise<unknown>
      this.#head = (this.#head + 1) & this.#mask
      this.#size -= 1
      await task()
      if (this.#waiting === undefined) continue
      const producer = this.#waiting
      this.#waiting = undefined
      producer()
    }
  }
}
