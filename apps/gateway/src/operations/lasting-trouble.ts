/** This many failures in a row make the verdict; one success ends it. A dependency that never answered needs one. */
const failuresInARow = 3
/** This many slow answers in a row make the verdict, and this many quick ones end it. */
const answersInARow = 3

/**
 * Whether a dependency is in trouble for long enough to be a verdict. One bad call among good ones is not: the verdict would come and go
 * with each report. What the last call said, good or bad, is in the dependency's own row.
 */
export class LastingTrouble {
  readonly #slowFromMs: number
  #hasAnswered = false
  #failures = 0
  /** Answers in a row that speak against what is said now. */
  #against = 0
  #isSlow = false
  #lastSlowMs = 0

  constructor(slowFromMs = Number.POSITIVE_INFINITY) {
    this.#slowFromMs = slowFromMs
  }

  record({ ok, durationMs }: { readonly ok: boolean; readonly durationMs?: number }): void {
    this.#failures = ok ? 0 : this.#failures + 1
    // A failure may end quickly or late, which says nothing about how quick answers are.
    if (!ok) return
    this.#hasAnswered = true
    if (durationMs === undefined) return
    const isSlowAnswer = durationMs >= this.#slowFromMs
    if (isSlowAnswer) this.#lastSlowMs = durationMs
    this.#against = isSlowAnswer === this.#isSlow ? 0 : this.#against + 1
    if (this.#against < answersInARow) return
    this.#isSlow = isSlowAnswer
    this.#against = 0
  }

  get isFailing(): boolean {
    return this.#failures >= (this.#hasAnswered ? failuresInARow : 1)
  }

  /** How long the last slow answer took; undefined when answers are quick. */
  get slowMs(): number | undefined {
    return this.#isSlow ? this.#lastSlowMs : undefined
  }
}
