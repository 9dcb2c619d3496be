import { type Clock, systemClock } from '../clock.ts'
import { CircuitOpenError } from '../errors.ts'
import { checkCount } from '../check-count.ts'
import { checkDuration } from '../check-duration.ts'
import { checkOptions, type OptionKinds } from '../check-options.ts'
import type { Layer } from './layer.ts'
import { defaultResilienceSettings } from './settings.ts'

export type BreakerState = 'closed' | 'open' | 'half_open'

export interface CircuitBreakerOptions {
  /** Names the dependency in logs, metrics and errors. */
  readonly name: string
  /** Consecutive failures that open the circuit. @default 5 */
  readonly failureThreshold?: number
  /** How long the circuit stays open before a trial call is let through. @default 30_000 */
  readonly halfOpenAfterMs?: number
  /** @default the system's */
  readonly clock?: Clock
  /** Whether an error is a failure of the dependency; other errors are not counted. @default every error */
  isFailure?(error: unknown): boolean
  onStateChange?(state: BreakerState): void
}

const optionKinds: OptionKinds<CircuitBreakerOptions> = {
  name: 'string',
  failureThreshold: 'number',
  halfOpenAfterMs: 'number',
  clock: 'object',
  isFailure: 'function',
  onStateChange: 'function',
}

/**
 * Stops calls to a failing dependency for a while.
 *
 *   closed ──consecutive failures──► open ──halfOpenAfterMs──► half_open ──success──► closed
 *                                     ▲                          │
 *                                     └────────── failure ───────┘
 *
 * While the circuit is half open, one trial call is let through and the others are refused. Our own, because cockatiel's (4.0.0)
 * reads the system's clock and cannot be driven by a test.
 */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions
  readonly #threshold: number
  readonly #openMs: number
  readonly #clock: Clock
  #state: BreakerState = 'closed'
  #failures = 0
  #openUntil = 0
  #isTrialRunning = false
  /** The latest failure, for `CircuitOpenError.cause`. */
  #lastFailure: unknown = undefined

  /**
   * @throws {TypeError} naming an option that does not exist, is of another kind, or is missing
   * @throws {RangeError} naming the option that is out of range
   */
  constructor(options: CircuitBreakerOptions) {
    checkOptions(options, optionKinds, { required: ['name'] })
    const { breakerThreshold, breakerOpenMs } = defaultResilienceSettings
    this.#options = options
    this.#threshold = options.failureThreshold ?? breakerThreshold
    this.#openMs = options.halfOpenAfterMs ?? breakerOpenMs
    this.#clock = options.clock ?? systemClock
    checkCount('failureThreshold', this.#threshold)
    checkDuration('halfOpenAfterMs', this.#openMs)
  }

  get state(): BreakerState {
    return this.#state
  }

  /** How much longer calls are refused; 0 unless the circuit is open. */
  get openForMs(): number {
    return this.#state === 'open' ? Math.max(0, this.#openUntil - this.#clock.now()) : 0
  }

  /**
   * Makes the call unless the circuit is open. A call that ends because `signal` aborted is not a failure of the dependency.
   *
   * @throws {CircuitOpenError} without calling, while the circuit is open or the trial call runs
   */
  async run<Result>(call: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    if (this.#state === 'open') {
      const leftMs = this.#openUntil - this.#clock.now()
      if (leftMs > 0) throw this.#openError(leftMs)
      this.#enter('half_open')
    }
    const isTrial = this.#state === 'half_open'
    if (isTrial && this.#isTrialRunning) throw this.#openError(this.#openMs)
    this.#isTrialRunning = isTrial
    try {
      const result = await call()
      this.#succeed(isTrial)
      return result
    } catch (error) {
      const isFailure = signal?.aborted !== true && (this.#options.isFailure?.(error) ?? true)
      if (isFailure) this.#fail(isTrial, error)
      throw error
    } finally {
      if (isTrial) this.#isTrialRunning = false
    }
  }

  /** While half open only the trial counts: a call from before the circuit opened says nothing about the dependency now. */
  #succeed(isTrial: boolean): void {
    this.#failures = 0
    if (isTrial) this.#enter('closed')
  }

  #fail(isTrial: boolean, error: unknown): void {
    this.#failures += 1
    const opens = isTrial || (this.#state === 'closed' && this.#failures >= this.#threshold)
    if (!opens) return
    this.#openUntil = this.#clock.now() + this.#openMs
    this.#lastFailure = error
    this.#enter('open')
  }

  #enter(state: BreakerState): void {
    this.#state = state
    this.#failures = 0
    if (state === 'closed') this.#lastFailure = undefined
    this.#options.onStateChange?.(state)
  }

  #openError(leftMs: number): CircuitOpenError {
    return new CircuitOpenError(this.#options.name, leftMs, this.#lastFailure)
  }
}

export function circuitBreakerLayer(breaker: CircuitBreaker): Layer {
  return (call, context) => breaker.run(() => call(context), context.signal)
}
