/** Random numbers that are the same for the same seed. @see https://en.wikipedia.org/wiki/Xorshift - xorshift32 */
export class SeededRandom {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0 || 1
  }

  /** 0 (inclusive) to 1 (exclusive). */
  next(): number {
    this.#state ^= this.#state << 13
    this.#state ^= this.#state >>> 17
    this.#state ^= this.#state << 5
    return (this.#state >>> 0) / 2 ** 32
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  pick<const Value>(values: readonly [Value, ...Value[]]): Value {
    return values[Math.floor(this.next() * values.length)] ?? values[0]
  }
}
