import { type Clock, systemClock } from '../clock.ts'
import { BulkheadFullError, CircuitOpenError, TaskAbortedError } from '../errors.ts'
import { Bulkhead } from './bulkhead.ts'
import { type BreakerState, CircuitBreaker } from './circuit-breaker.ts'
import { retryDelayMs } from './retry.ts'
import { checkResiliencySettings, type ResiliencySettings } from './settings.ts'
import { callWithTimeout, type TimedCall } from './timeout.ts'

/** `basic` is timeout and retry; `advanced` adds a bulkhead and a circuit breaker for each operation. */
export type ResiliencePattern = 'none' | 'basic' | 'advanced'

export interface PolicyDependencies {
  readonly clock?: Clock
  /** Whether trying again may help. @default every error */
  shouldRetry?(error: unknown): boolean
  /** The least delay that the other side asked for (`Retry-After`). */
  retryAfterMs?(error: unknown): number | undefined
  /** Answers in place of the last error, when given. */
  fallback?(error: unknown): unknown
  onBreakerChange?(operationKey: string, state: BreakerState): void
}

export interface AttemptScope {
  readonly operationKey: string
  readonly signal: AbortSignal | undefined
}

/** How one kind of work is protected. The orchestrator drives the retries itself; `execute` does both, for calls outside of it. */
export interface Policy {
  readonly pattern: ResiliencePattern
  readonly maxAttempts: number
  readonly fallback: ((error: unknown) => unknown) | undefined
  /** One attempt: bulkhead, then breaker, then timeout. */
  attempt<Result>(
    call: (signal: AbortSignal) => Promise<Result> | Result,
    scope: AttemptScope,
  ): TimedCall<Result>
  /** The delay before the next attempt, or undefined when there is none. */
  nextDelayMs(attempt: number, error: unknown): number | undefined
  /** Attempts until one succeeds or none is left; an abort ends a waiting retry at once. */
  execute<Result>(
    call: (context: {
      readonly attempt: number
      readonly signal: AbortSignal
    }) => Promise<Result> | Result,
    options?: { readonly operationKey?: string; readonly signal?: AbortSignal },
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
    fallback: dependencies.fallback?.bind(dependencies),

    attempt(call, scope) {
      const timed = { timeoutMs, parent: scope.signal, clock }
      if (guardOf === undefined) return callWithTimeout(call, timed)
      const { promise: settled, resolve } = Promise.withResolvers<void>()
      const guarded = async () => {
        let inner: Promise<void> = Promise.resolve()
        try {
          const { bulkhead, breaker } = guardOf(scope.operationKey)
          return await bulkhead.run(
            () =>
              breaker.run(() => {
                const attempt = callWithTimeout(call, timed)
                inner = attempt.settled
                return attempt.outcome
              }),
            scope.signal,
          )
        } finally {
          void inner.then(resolve)
        }
      }
      return { outcome: guarded(), settled }
    },

    nextDelayMs(attempt, error) {
      if (attempt >= maxAttempts || error instanceof TaskAbortedError) return undefined
      // An open circuit is not asked again from inside the task: whoever owns the work decides when to come back.
      if (error instanceof CircuitOpenError || error instanceof BulkheadFullError) return undefined
      if (dependencies.shouldRetry?.(error) === false) return undefined
      return retryDelayMs(settings, attempt, dependencies.retryAfterMs?.(error), clock)
    },

    async execute(call, options = {}) {
      const { operationKey = 'default', signal } = options
      for (let attempt = 1; ; attempt += 1) {
        const current = attempt
        const run = policy.attempt(
          (attemptSignal) => call({ attempt: current, signal: attemptSignal }),
          {
            operationKey,
            signal,
          },
        )
        try {
          return await run.outcome
        } catch (error) {
          const delayMs = signal?.aborted === true ? undefined : policy.nextDelayMs(attempt, error)
          if (delayMs === undefined) {
            if (policy.fallback === undefined || signal?.aborted === true) throw error
            return policy.fallback(error) as Awaited<ReturnType<typeof call>>
          }
          // A call that outlived its timeout must not overlap its own retry.
          await Promise.all([run.settled, sleep(delayMs, signal, clock)])
        }
      }
    },
  }
  return policy
}

interface Guards {
  readonly bulkhead: Bulkhead
  readonly breaker: CircuitBreaker
}

function createGuards(
  settings: ResiliencySettings,
  clock: Clock,
  dependencies: PolicyDependencies,
): (operationKey: string) => Guards {
  const guards = new Map<string, Guards>()
  return (operationKey) => {
    const known = guards.get(operationKey)
    if (known !== undefined) return known
    const made = {
      bulkhead: new Bulkhead({
        limit: settings.bulkheadLimit ?? 16,
        queue: settings.bulkheadQueue ?? 128,
      }),
      breaker: new CircuitBreaker({
        name: operationKey,
        failureThreshold: settings.breakerThreshold ?? 5,
        halfOpenAfterMs: settings.breakerOpenMs ?? 30_000,
        clock,
        isFailure: (error) => dependencies.shouldRetry?.(error) ?? true,
        onStateChange: (state) => dependencies.onBreakerChange?.(operationKey, state),
      }),
    }
    guards.set(operationKey, made)
    return made
  }
}

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
  if (signal?.aborted === true) onAbort()
  else signal?.addEventListener('abort', onAbort, { once: true })
  return promise
}
