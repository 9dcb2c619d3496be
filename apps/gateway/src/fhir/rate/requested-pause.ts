const firstLimitMs = 60_000
const growth = 4
const maxLimitMs = 3_600_000

/**
 * How long this node sends nothing because the EHR asked it to wait. All practices share the node, so one answer pauses it for at most
 * a minute. If the EHR asks for a longer pause again right after that minute, the limit is four minutes, and so on up to an hour.
 */
export class RequestedPause {
  #startedAtMs = Number.NEGATIVE_INFINITY
  #untilMs = Number.NEGATIVE_INFINITY
  #limitMs = firstLimitMs
  /** The last pause was capped, and the EHR has not answered normally since. */
  #wasCapped = false

  get untilMs(): number {
    return this.#untilMs
  }

  request(delayMs: number, nowMs: number): void {
    if (nowMs >= this.#untilMs) {
      this.#startedAtMs = nowMs
      this.#limitMs = this.#wasCapped ? Math.min(this.#limitMs * growth, maxLimitMs) : firstLimitMs
      this.#wasCapped = false
    }
    const endOfLimitMs = this.#startedAtMs + this.#limitMs
    if (nowMs + delayMs >= endOfLimitMs) this.#wasCapped = true
    this.#untilMs = Math.max(this.#untilMs, Math.min(nowMs + delayMs, endOfLimitMs))
  }

  /** The EHR answered without asking for a pause. Answers to requests sent before the pause do not count. */
  answered(nowMs: number): void {
    if (nowMs >= this.#untilMs) this.#wasCapped = false
  }
}
