import type { Clock } from '../clock.ts'
import type { EhrMetric } from './ehr.ts'
import type { RateBudget } from './rate/rate-budget.ts'

export type NotCallingReason =
  | 'credentials_refused'
  | 'daily_budget_spent'
  | 'asked_to_wait'
  | 'circuit_open'

/** Whether this node calls the EHR, and why not. Contains no ids and no addresses. */
export type EhrCalls =
  | { readonly calling: true }
  | {
      readonly calling: false
      readonly reason: NotCallingReason
      /** ISO 8601; absent if only an operator can resolve it. */
      readonly until?: string
    }

export interface EhrCallWatchOptions {
  readonly budget: Pick<RateBudget, 'closure'>
  readonly breaker: { readonly state: string; readonly openForMs: number }
  readonly clock: Pick<Clock, 'now'>
}

/** Reports why the EHR is not called, from the rate budget, the circuit breaker and the result of the last request. */
export class EhrCallMonitor {
  readonly #options: EhrCallWatchOptions
  #areCredentialsRefused = false

  constructor(options: EhrCallWatchOptions) {
    this.#options = options
  }

  /** Any answer with a status ends a refusal of the credentials. A broken connection does not. */
  record({ status, errorCode }: Pick<EhrMetric, 'status' | 'errorCode'>): void {
    if (errorCode === 'ehr_unauthorized') this.#areCredentialsRefused = true
    else if (status !== undefined) this.#areCredentialsRefused = false
  }

  get calls(): EhrCalls {
    const { budget, breaker } = this.#options
    if (this.#areCredentialsRefused) return { calling: false, reason: 'credentials_refused' }
    const { closure } = budget
    if (closure !== undefined) {
      const reason = closure.reason === 'day_spent' ? 'daily_budget_spent' : 'asked_to_wait'
      return { calling: false, reason, until: this.#after(closure.forMs) }
    }
    if (breaker.state === 'open')
      return { calling: false, reason: 'circuit_open', until: this.#after(breaker.openForMs) }
    return { calling: true }
  }

  #after(delayMs: number): string {
    return new Date(this.#options.clock.now().getTime() + delayMs).toISOString()
  }
}
