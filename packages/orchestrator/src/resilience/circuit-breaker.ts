import { type Clock, systemClock } from '../clock.ts'
import { CircuitOpenError } from '../errors.ts'

export type BreakerState = 'closed' | 'open' | 'half_open'

export interface CircuitBreakerOptions {
  /** The dependency it guards, as logs and metrics call it. */
  readonly name: string
  /** Failures in a row that open it. @default 5 */
  readonly failureThreshold?: number
  /** How long it stays open before one call may try. @default 30_000 */
  readonly halfOpenAfterMs?: number
  readonly clock?: Clock
  /** Which errors speak against the dependency; others pass by uncounted. @default every error */
  isFailure?(error: unknown): boolean
  onStateChange?(state: BreakerState): void
}

/**
 * Leaves a failing dependency alone for a while.
 *
 *   closed ──threshold failures in a row──► open ──halfOpenAfterMs──► half_open ──success──► closed
 *                                            ▲                          │
 *                                            └────────── failure ───────┘
 *
 * While half open one call tries and the others are refused. Our own, because cockatiel's (4.0.0) reads the system's clock and
 * cannot be driven by a test.
 */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions
  readonly #threshold: number
  readonly #openMs: number
  readonly #clock: Clock
  #state: BreakerState = 'closed'
  #failures = 0
  #openUntil = 0
  #trying = false

  constructor(options: CircuitBreakerOptions) {
    this.#options = options
    this.#threshold = options.failureThreshold ?? 5
    this.#openMs = options.halfOpenAfterMs ?? 30_000
    this.#clock = options.clock ?? systemClock
    if (!(Number.isInteger(this.#threshold) && this.#threshold > 0)) {
      throw new RangeError(`failureThreshold must be a positive integer, got ${this.#threshold}`)
    }
  }

  get state(): BreakerState {
    return this.#state
  }

  /** How long calls are refused from now on; 0 when they are not. */
  get openForMs(): number {
    return this.#state === 'open' ? Math.max(0, this.#openUntil - this.#clock.now()) : 0
  }

  /** @throws {CircuitOpenError} without calling, while the circuit is open or another call is trying it */
  async run<Result>(call: () => Promise<Result>): Promise<Result> {
    if (this.#state === 'open') {
      const left = this.#openUntil - this.#clock.now()
      if (left > 0) throw new CircuitOpenError(this.#options.name, left)
      this.#enter('half_open')
    }
    const isTrial = this.#state === 'half_open'
    if (isTrial && this.#trying) throw new CircuitOpenError(this.#options.name, this.#openMs)
    this.#trying = isTrial
    try {
      const result = await call()
      this.#succeed(isTrial)
      return result
    } catch (error) {
      if (this.#options.isFailure?.(error) ?? true) this.#fail(isTrial)
      throw error
    } finally {
      if (isTrial) this.#trying = false
    }
  }

  /** A call from before the circuit opened may end well or badly late: that says nothing of now, when only the trial counts. */
  #succeed(isTrial: boolean): void {
    this.#failures = 0
    if (isTrial) this.#enter('closed')
  }

  #fail(isTrial: boolean): void {
    this.#failures += 1
    const opens = isTrial || (this.#state === 'closed' && this.#failures >= this.#threshold)
    if (!opens) return
    this.#openUntil = this.#clock.now() + this.#openMs
    this.#enter('open')
  }

  #enter(state: BreakerState): void {
    this.#state = state
    this.#failures = 0
    this.#options.onStateChange?.(state)
  }
}
