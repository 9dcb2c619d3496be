import { type Clock, systemClock } from '../clock.ts'
import { checkOptions, type OptionKinds } from '../check-options.ts'
import { Bulkhead } from './bulkhead.ts'
import { type BreakerState, CircuitBreaker } from './circuit-breaker.ts'
import { fallbackLayer } from './fallback.ts'
import type { CallContext, Layer } from './layer.ts'
import { ResiliencePipeline } from './pipeline.ts'
import { createNextDelay, retryLayer } from './retry.ts'
import { resilienceKinds, type ResilienceSettings, resolveResilienceSettings } from './settings.ts'
import { timeoutLayer } from './timeout.ts'

/** `none` calls once; `basic` adds timeout and retry; `advanced` adds a bulkhead and a circuit breaker for each dependency. */
export type ResiliencePattern = 'none' | 'basic' | 'advanced'

export interface PolicyDependencies {
  readonly clock?: Clock
  /** Whether another attempt may help: only `false` says no. It must answer at once, not with a promise. @default every error */
  shouldRetry?(error: unknown): boolean
  /** The minimum delay that the other side asked for (`Retry-After`). NaN, a negative number and `Infinity` count as undefined. */
  retryAfterMs?(error: unknown): number | undefined
  /** Makes a result in place of the last error; may be asynchronous. It is not asked after an abort. @default none */
  fallback?(error: unknown): unknown
  onBreakerChange?(dependency: string, state: BreakerState): void
}

/** Makes a call, or refuses it. */
export interface Guard {
  /**
   * @throws {BulkheadFullError} when no place is free and the bulkhead's queue is full
   * @throws {CircuitOpenError} while the dependency's circuit is open
   */
  run<Result>(call: () => Promise<Result>, signal: AbortSignal | undefined): Promise<Result>
}

/** How one kind of work is protected. The orchestrator makes the attempts of its tasks; `execute` makes those of other calls. */
export interface Policy {
  readonly pattern: ResiliencePattern
  /** 1 when it never retries. */
  readonly maxAttempts: number
  /** Time limit of one attempt; undefined without one. */
  readonly timeoutMs: number | undefined
  readonly fallback: ((error: unknown) => unknown) | undefined
  /** The bulkhead and breaker of a dependency, always the same ones; undefined unless the pattern is `advanced`. */
  readonly guardOf: ((dependency: string) => Guard) | undefined
  /** The delay before the next attempt, after number `attempt` (1-based) failed; undefined when there is none. */
  nextDelayMs(attempt: number, error: unknown): number | undefined
  /** Makes attempts until one succeeds or none is left; an abort ends the call and a waiting retry at once. */
  execute<Result>(
    call: (context: CallContext) => Promise<Result> | Result,
    options?: { readonly dependency?: string; readonly signal?: AbortSignal },
  ): Promise<Result>
}

const patterns: readonly ResiliencePattern[] = ['none', 'basic', 'advanced']

const dependencyKinds: OptionKinds<PolicyDependencies> = {
  clock: 'object',
  shouldRetry: 'function',
  retryAfterMs: 'function',
  fallback: 'function',
  onBreakerChange: 'function',
}

/**
 * Makes a policy from settings (the seed's ResiliencyPolicyGenerator).
 *
 * @throws {TypeError} naming a setting that does not exist or is of another kind
 * @throws {RangeError} naming the setting, its value and what is allowed
 */
export function generatePolicy(
  pattern: ResiliencePattern,
  settings: ResilienceSettings = {},
  dependencies: PolicyDependencies = {},
): Policy {
  if (!patterns.includes(pattern))
    throw new RangeError(`pattern must be 'none', 'basic' or 'advanced', got '${pattern}'`)
  checkOptions(settings, resilienceKinds, { what: 'resilience' })
  checkOptions(dependencies, dependencyKinds, { what: 'dependencies' })
  const resolved = resolveResilienceSettings(settings)
  const { clock = systemClock } = dependencies
  const timeoutMs = pattern === 'none' ? undefined : resolved.timeoutMs
  const retryCount = pattern === 'none' ? 0 : resolved.retryCount
  const guardOf = pattern === 'advanced' ? createGuards(resolved, clock, dependencies) : undefined
  const fallback = dependencies.fallback?.bind(dependencies)
  const nextDelayMs = createNextDelay({
    ...settings,
    retryCount,
    clock,
    shouldRetry: (error) => dependencies.shouldRetry?.(error) ?? true,
    retryAfterMs: (error) => dependencies.retryAfterMs?.(error),
  })
  return {
    pattern,
    maxAttempts: retryCount + 1,
    timeoutMs,
    fallback,
    guardOf,
    nextDelayMs,
    execute<Result>(
      call: (context: CallContext) => Promise<Result> | Result,
      options: { readonly dependency?: string; readonly signal?: AbortSignal } = {},
    ) {
      const { dependency = 'default', ...callOptions } = options
      const layers: Layer[] = []
      if (fallback !== undefined) layers.push(fallbackLayer(fallback))
      layers.push(retryLayer(nextDelayMs, clock))
      if (guardOf !== undefined) layers.push(guardLayer(guardOf(dependency)))
      if (timeoutMs !== undefined) layers.push(timeoutLayer(timeoutMs, clock))
      return new ResiliencePipeline(layers).execute(call, callOptions)
    },
  }
}

function guardLayer(guard: Guard): Layer {
  return (call, context) => guard.run(() => call(context), context.signal)
}

/** One bulkhead and one breaker for each dependency: as many as the program has names for. */
function createGuards(
  settings: Required<ResilienceSettings>,
  clock: Clock,
  dependencies: PolicyDependencies,
): (dependency: string) => Guard {
  const guards = new Map<string, Guard>()
  return (dependency) => {
    const known = guards.get(dependency)
    if (known !== undefined) return known
    const bulkhead = new Bulkhead({
      limit: settings.bulkheadLimit,
      queue: settings.bulkheadQueue,
    })
    const breaker = new CircuitBreaker({
      name: dependency,
      failureThreshold: settings.breakerThreshold,
      halfOpenAfterMs: settings.breakerOpenMs,
      clock,
      isFailure: (error) => dependencies.shouldRetry?.(error) ?? true,
      onStateChange: (state) => dependencies.onBreakerChange?.(dependency, state),
    })
    const guard: Guard = {
      run: (call, signal) => bulkhead.run(() => breaker.run(call), signal),
    }
    guards.set(dependency, guard)
    return guard
  }
}
