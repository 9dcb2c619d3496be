/** Names of the workers and who is busy; resizable while they work. A surplus worker goes when its task is done. */
export class WorkerPool {
  #size = 0
  #named = 0
  readonly #idle: string[] = []
  #busy = 0

  constructor(size: number) {
    this.resize(size)
  }

  get size(): number {
    return this.#size
  }

  get busyCount(): number {
    return this.#busy
  }

  resize(size: number): void {
    if (!(Number.isInteger(size) && size > 0)) {
      throw new RangeError(`workerCount must be a positive integer, got ${size}`)
    }
    this.#size = size
  }

  /** A worker for the next task, or undefined when all are busy. */
  take(): string | undefined {
    if (this.#busy >= this.#size) return undefined
    this.#busy += 1
    const idle = this.#idle.pop()
    if (idle !== undefined) return idle
    this.#named += 1
    return `worker-${this.#named}`
  }

  release(workerId: string): void {
    this.#busy -= 1
    if (this.#idle.length + this.#busy < this.#size) this.#idle.push(workerId)
  }
}
