import type { Clock } from '../clock.ts'

const countedSeconds = 70

/** Counts what happens each second, for as long as a minute and a little more. */
export class RequestRate {
  readonly #clock: Pick<Clock, 'now'>
  readonly #counts = new Map<number, number>()

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  add(): void {
    const second = this.#second()
    this.#counts.set(second, (this.#counts.get(second) ?? 0) + 1)
    for (const old of this.#counts.keys()) {
      if (old > second - countedSeconds) break
      this.#counts.delete(old)
    }
  }

  /** In the last whole seconds: the current one is not over. */
  inLast(seconds: number): number {
    const now = this.#second()
    let sum = 0
    for (const [second, count] of this.#counts)
      if (second < now && second >= now - seconds) sum += count
    return sum
  }

  #second(): number {
    return Math.floor(this.#clock.now().getTime() / 1000)
  }
}
