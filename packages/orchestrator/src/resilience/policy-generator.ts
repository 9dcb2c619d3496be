import { type Clock, systemClock } from '../clock.ts'
import { BulkheadFullError, CircuitOpenError, TaskAbortedError } from '../errors.ts'
import { Bulkhead } from './bulkhead.ts'
import { type BreakerState, CircuitBreaker } from './circuit-breaker.ts'
import { retryDelayMs } from './retry.ts'
import { checkResiliencySettings, type ResiliencySettings } from './settings.ts'
import { callWithTimeout, unlessAborted } from './timeout.ts'

/** `none` calls once; `basic` is timeout and retry; `advanced` adds a bulkhead and a circuit breaker for each dependency. */
export type ResiliencePattern = 'none' | 'basic' | 'advanced'

export interface PolicyDependencies {
  readonly clock?: Clock
  /** Whether trying again may help. @default every error */
  shouldRetry?(error: unknown): boolean
  /** The least delay that the other side asked for (`Retry-After`). */
  retryAfterMs?(error: unknown): number | undefined
  /** Answers in place of the last error, when given; it may take its time. It is not asked after an abort. */
  fallback?(error: unknown): unknown
  onBreakerChange?(dependency: string, state: BreakerState): void
}

/** Lets a call through, or refuses it without calling. */
export interface Guard {
  /**
   * @throws {BulkheadFullError} when no place is free and the bulkhead's queue is full
   * @throws {CircuitOpenError} while the dependency is left alone
   */
  run<Result>(call: () => Promise<Result>, signal: AbortSignal | undefined): Promise<Result>
}

/** How one kind of work is protected. The orchestrator drives the retries itself; `execute` does it for calls outside of it. */
export interface Policy {
  readonly pattern: ResiliencePattern
  /** 1 when it never retries. */
  readonly maxAttempts: number
  /** Longest time for one attempt; undefined without a limit. */
  readonly timeoutMs: number | undefined
  readonly fallback: ((error: unknown) => unknown) | undefined
  /** The bulkhead and breaker of a dependency, always the same ones; undefined unless the pattern is `advanced`. */
  readonly guardOf: ((dependency: string) => Guard) | undefined
  /** The delay before the next attempt, after number `attempt` (1-based) failed; undefined when there is none. */
  nextDelayMs(attempt: number, error: unknown): number | undefined
  /** Attempts until one succeeds or none is left; an abort ends the call and a waiting retry at once. */
  execute<Result>(
    call: (context: {
      readonly attempt: number
      readonly signal: AbortSignal
    }) => Promise<Result> | Result,
    options?: { readonly dependency?: string; readonly signal?: AbortSignal },
  ): Promise<Result>
}

/** Makes a policy from the settings (the seed's ResiliencyPolicyGenerator). */
export function generatePolicy(
  pattern: ResiliencePattern,
  settings: ResiliencySettings,
  dependencies: PolicyDependencies = {},
): Policy {
  checkResiliencySettings(settings)
  const clock = dependencies.clock ?? systemClock
  const timeoutMs = pattern === 'none' ? undefined : settings.TimeoutIntervalSeconds * 1000
  const maxAttempts = pattern === 'none' ? 1 : settings.RetryCount + 1
  const guardOf = pattern === 'advanced' ? createGuards(settings, clock, dependencies) : undefined

  const policy: Policy = {
    pattern,
    maxAttempts,
    timeoutMs,
    fallback: dependencies.fallback?.bind(dependencies),
    guardOf,

    nextDelayMs(attempt, error) {
      if (attempt >= maxAttempts || error instanceof TaskAbortedError) return undefined
      // An open circuit is not asked again from inside the task: whoever owns the work decides when to come back.
      if (error instanceof CircuitOpenError || error instanceof BulkheadFullError) return undefined
      if (dependencies.shouldRetry?.(error) === false) return undefined
      return retryDelayMs(settings, attempt, dependencies.retryAfterMs?.(error), clock)
    },

    async execute(call, options = {}) {
      const { dependency = 'default', signal } = options
      const guard = guardOf?.(dependency)
      for (let attempt = 1; ; attempt += 1) {
        let handlerSettled = Promise.resolve()
        const callOnce = () => {
          const timed = callWithTimeout(
            (attemptSignal) => call({ attempt, signal: attemptSignal }),
            { timeoutMs, parent: signal, clock },
          )
          handlerSettled = timed.settled
          return timed.outcome
        }
        try {
          return await (guard === undefined ? callOnce() : guard.run(callOnce, signal))
        } catch (error) {
          const delayMs = signal?.aborted === true ? undefined : policy.nextDelayMs(attempt, error)
          if (delayMs === undefined) {
            if (policy.fallback === undefined || signal?.aborted === true) throw error
            return policy.fallback(error) as Awaited<ReturnType<typeof call>>
          }
          // A call that outlived its timeout must not overlap its own retry.
          await Promise.all([sleep(delayMs, signal, clock), unlessAborted(handlerSettled, signal)])
        }
      }
    },
  }
  return policy
}

/** One bulkhead and one breaker for each dependency: as many as there are names, which are the program's own. */
function createGuards(
  settings: ResiliencySettings,
  clock: Clock,
  dependencies: PolicyDependencies,
): (dependency: string) => Guard {
  const guards = new Map<string, Guard>()
  return (dependency) => {
    const known = guards.get(dependency)
    if (known !== undefined) return known
    const bulkhead = new Bulkhead({
      limit: settings.bulkheadLimit ?? 16,
      queue: settings.bulkheadQueue ?? 128,
    })
    const breaker = new CircuitBreaker({
      name: dependency,
      failureThreshold: settings.breakerThreshold ?? 5,
      halfOpenAfterMs: settings.breakerOpenMs ?? 30_000,
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

/** The signal may not have been aborted yet. */
function sleep(delayMs: number, signal: AbortSignal | undefined, clock: Clock): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const onAbort = () => {
    timer.cancel()
    reject(signal?.reason)
  }
  const timer = clock.setTimer(() => {
    signal?.removeEventListener('abort', onAbort)
    resolve()
  }, delayMs)
  signal?.addEventListener('abort', onAbort, { once: true })
  return promise
}
