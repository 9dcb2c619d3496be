/** Lets a few callers continue in each turn of the event loop, in order, so that requests and timers run in between. */
export class Turns {
  readonly #perTurn: number
  #waiting: (() => void)[] = []
  #isScheduled = false

  constructor(perTurn: number) {
    this.#perTurn = perTurn
  }

  take(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#schedule()
    })
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      for (const resolve of this.#waiting.splice(0, this.#perTurn)) resolve()
      if (this.#waiting.length > 0) this.#schedule()
    })
  }
}
