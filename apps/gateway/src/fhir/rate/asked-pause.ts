const firstBoundMs = 60_000
const growth = 4
const longestBoundMs = 3_600_000

/**
 * How long this node sends nothing because the EHR asked for it. All practices share the node, so one answer silences it for a minute
 * at most; an EHR that asks for longer again, as soon as the minute is over, for four minutes, and so on up to an hour.
 */
export class AskedPause {
  #startedAtMs = Number.NEGATIVE_INFINITY
  #untilMs = Number.NEGATIVE_INFINITY
  #boundMs = firstBoundMs
  /** The last pause was as long as is believed, and nothing else was heard since. */
  #wasCut = false

  get untilMs(): number {
    return this.#untilMs
  }

  ask(delayMs: number, nowMs: number): void {
    if (nowMs >= this.#untilMs) {
      this.#startedAtMs = nowMs
      this.#boundMs = this.#wasCut ? Math.min(this.#boundMs * growth, longestBoundMs) : firstBoundMs
      this.#wasCut = false
    }
    const endOfBoundMs = this.#startedAtMs + this.#boundMs
    if (nowMs + delayMs >= endOfBoundMs) this.#wasCut = true
    this.#untilMs = Math.max(this.#untilMs, Math.min(nowMs + delayMs, endOfBoundMs))
  }

  /** The EHR answered otherwise. Answers to what was sent before the pause say nothing of it. */
  answered(nowMs: number): void {
    if (nowMs >= this.#untilMs) this.#wasCut = false
  }
}
