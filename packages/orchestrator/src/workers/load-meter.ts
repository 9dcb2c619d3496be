import type { Load } from './autoscaler.ts'

/** Counts arrivals, completions and busy time between two measurements. */
export class LoadMeter {
  #arrivals = 0
  #completions = 0
  #busyMs = 0
  #busyWorkers = 0
  #changedAt: number
  #measuredAt: number

  constructor(now: number) {
    this.#changedAt = now
    this.#measuredAt = now
  }

  arrived(): void {
    this.#arrivals += 1
  }

  started(now: number): void {
    this.#addBusy(now)
    this.#busyWorkers += 1
  }

  ended(now: number): void {
    this.#addBusy(now)
    this.#busyWorkers -= 1
    this.#completions += 1
  }

  /** The load since the last call. */
  measure(
    now: number,
    state: Pick<Load, 'workerCount' | 'workerWaitCount' | 'oldestQueuedAgeMs'>,
  ): Load {
    this.#addBusy(now)
    const load: Load = {
      now,
      intervalMs: Math.max(1, now - this.#measuredAt),
      arrivals: this.#arrivals,
      completions: this.#completions,
      busyMs: this.#busyMs,
      ...state,
    }
    this.#arrivals = 0
    this.#completions = 0
    this.#busyMs = 0
    this.#measuredAt = now
    return load
  }

  #addBusy(now: number): void {
    this.#busyMs += this.#busyWorkers * (now - this.#changedAt)
    this.#changedAt = now
  }
}
