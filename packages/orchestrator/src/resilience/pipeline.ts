import { type Clock, systemClock } from '../clock.ts'
import { checkFunction, checkOptions } from '../check-options.ts'
import { Bulkhead, bulkheadLayer, type BulkheadOptions } from './bulkhead.ts'
import {
  CircuitBreaker,
  circuitBreakerLayer,
  type CircuitBreakerOptions,
} from './circuit-breaker.ts'
import { fallbackLayer } from './fallback.ts'
import type { CallContext, Layer, LayerCall, LayerContext } from './layer.ts'
import { createNextDelay, type RetryOptions, retryLayer, retryOptionKinds } from './retry.ts'
import { resolveResilienceSettings } from './settings.ts'
import { hasSettled, timeoutLayer, unlessAborted } from './timeout.ts'

export interface TimeoutOptions {
  /** @default 60_000 */
  readonly timeoutMs?: number
  /** @default the system's */
  readonly clock?: Clock
}

/**
 * Protections around any function, without a queue: each method adds one inside of those before it, so that the first is the
 * outermost. A pipeline is immutable; adding to it makes another, which shares its circuit breakers and bulkheads.
 *
 * In `retry().timeout()` each attempt has the time limit; in `timeout().retry()` all attempts together have it.
 */
export class ResiliencePipeline<Fallback = never> {
  readonly #layers: readonly Layer[]

  /** `retry`, `timeout`, `circuitBreaker`, `bulkhead` and `fallback` start a pipeline. */
  constructor(layers: readonly Layer[] = []) {
    this.#layers = layers
  }

  /**
   * @throws {TypeError} naming a setting that does not exist or is of another kind
   * @throws {RangeError} naming the setting that is out of range
   */
  retry(options: RetryOptions = {}): ResiliencePipeline<Fallback> {
    checkOptions(options, retryOptionKinds)
    return this.#with(retryLayer(createNextDelay(options), options.clock ?? systemClock))
  }

  /**
   * Ends a call at its time limit with `TaskTimeoutError`, and aborts its signal. A retry outside of it waits until the call has
   * settled.
   *
   * @throws {TypeError} naming an option that does not exist or is of another kind
   * @throws {RangeError} when `timeoutMs` is not more than 0
   */
  timeout(options: TimeoutOptions = {}): ResiliencePipeline<Fallback> {
    checkOptions(options, { timeoutMs: 'number', clock: 'object' })
    const { clock = systemClock, ...settings } = options
    return this.#with(timeoutLayer(resolveResilienceSettings(settings).timeoutMs, clock))
  }

  /** A `CircuitBreaker` may be shared with other pipelines. */
  circuitBreaker(breaker: CircuitBreakerOptions | CircuitBreaker): ResiliencePipeline<Fallback> {
    return this.#with(
      circuitBreakerLayer(
        breaker instanceof CircuitBreaker ? breaker : new CircuitBreaker(breaker),
      ),
    )
  }

  /** A `Bulkhead` may be shared with other pipelines. */
  bulkhead(bulkhead: BulkheadOptions | Bulkhead = {}): ResiliencePipeline<Fallback> {
    return this.#with(
      bulkheadLayer(bulkhead instanceof Bulkhead ? bulkhead : new Bulkhead(bulkhead)),
    )
  }

  /** `answer` makes the result when everything inside has failed. It is not asked after an abort. */
  fallback<Answer>(
    answer: (error: unknown) => Promise<Answer> | Answer,
  ): ResiliencePipeline<Fallback | Answer> {
    checkFunction('the fallback', answer)
    return this.#with(fallbackLayer(answer))
  }

  /** The same function under the policy. Use `execute` for a call that needs the signal or the attempt. */
  wrap<Arguments extends readonly unknown[], Result>(
    call: (...args: Arguments) => Promise<Result> | Result,
  ): (...args: Arguments) => Promise<Result | Fallback> {
    checkFunction('the wrapped call', call)
    return (...args) => this.execute(() => call(...args))
  }

  /** Calls once under the policy. `options.signal` ends the call and every wait at once. */
  async execute<Result>(
    call: (context: CallContext) => Promise<Result> | Result,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<Result | Fallback> {
    checkFunction('the call', call)
    checkOptions(options, { signal: 'object' })
    const { signal = new AbortController().signal } = options
    const innermost: LayerCall = async ({ attempt, signal: attemptSignal, onOutlived }) => {
      attemptSignal.throwIfAborted()
      const running = (async () => call({ attempt, signal: attemptSignal }))()
      try {
        return await unlessAborted(running, attemptSignal)
      } finally {
        if (attemptSignal.aborted) onOutlived(hasSettled(running))
      }
    }
    const protectedCall = this.#layers.reduceRight<LayerCall>(
      (inner, layer) => (context) => layer(inner, context),
      innermost,
    )
    const context: LayerContext = { attempt: 1, signal, onOutlived: () => undefined }
    // Each layer passes on what the call resolves with, and `fallback` what it answers.
    return protectedCall(context) as Promise<Result | Fallback>
  }

  #with<Answer = Fallback>(layer: Layer): ResiliencePipeline<Answer> {
    return new ResiliencePipeline<Answer>([...this.#layers, layer])
  }
}

/**
 * Starts a pipeline with a retry: `retry({ retryCount: 2 }).timeout({ timeoutMs: 5000 }).wrap(fetchUser)`.
 *
 * @throws {RangeError} naming the setting that is out of range
 */
export function retry(options?: RetryOptions): ResiliencePipeline {
  return new ResiliencePipeline().retry(options)
}

/**
 * Starts a pipeline with a time limit.
 *
 * @throws {RangeError} when `timeoutMs` is not more than 0
 */
export function timeout(options?: TimeoutOptions): ResiliencePipeline {
  return new ResiliencePipeline().timeout(options)
}

/** Starts a pipeline with a circuit breaker. */
export function circuitBreaker(
  breaker: CircuitBreakerOptions | CircuitBreaker,
): ResiliencePipeline {
  return new ResiliencePipeline().circuitBreaker(breaker)
}

/** Starts a pipeline with a bulkhead. */
export function bulkhead(options?: BulkheadOptions | Bulkhead): ResiliencePipeline {
  return new ResiliencePipeline().bulkhead(options)
}

/** Starts a pipeline with a fallback. */
export function fallback<Answer>(
  answer: (error: unknown) => Promise<Answer> | Answer,
): ResiliencePipeline<Answer> {
  return new ResiliencePipeline().fallback(answer)
}
