import type { Clock } from '../clock.ts'
import type { EhrMetric } from './client/fhir-client.ts'
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

/** Why the gateway cannot work with the EHR, according to the results of its requests. */
export type EhrFault = 'ehr_credentials_refused' | 'ehr_not_answering' | 'ehr_not_asked_yet'

export interface EhrCallMonitorOptions {
  readonly budget: Pick<RateBudget, 'closure'>
  readonly breaker: { readonly state: string; readonly openForMs: number }
  readonly clock: Pick<Clock, 'now'>
}

/** These errors say nothing about whether the EHR answers: the request was not sent, or nobody waited for its answer. */
const silentCodes: ReadonlySet<string> = new Set(['aborted', 'ehr_quota_exhausted'])
export const isSilent = (code: string): boolean => silentCodes.has(code)
/** Whether a failure means that the EHR does not work for us at all, and not only for one request. */
export const isEhrFault = (code: string): boolean =>
  unansweredCodes.has(code) || code === 'ehr_unauthorized'
const unansweredCodes: ReadonlySet<string> = new Set([
  'ehr_unreachable',
  'ehr_timeout',
  'ehr_unavailable',
  'ehr_token_endpoint',
])
/** After this many unanswered requests in a row, an EHR that has answered before counts as not answering. */
const unansweredLimit = 3

/** Reports why the EHR is not called, from the rate budget, the circuit breaker and the result of the last request. */
export class EhrCallMonitor {
  readonly #options: EhrCallMonitorOptions
  #areCredentialsRefused = false
  #hasAnswered = false
  #unansweredCount = 0
  #heardAt: Date | undefined
  #lastFailure: string | undefined
  #faultSince: Date | undefined

  constructor(options: EhrCallMonitorOptions) {
    this.#options = options
  }

  /** Any answer other than a refusal of the credentials ends that fault. A broken connection does not. */
  record({ status, errorCode, reason }: Pick<EhrMetric, 'status' | 'errorCode' | 'reason'>): void {
    if (status === undefined && (errorCode === undefined || silentCodes.has(errorCode))) return
    this.#heardAt = this.#options.clock.now()
    this.#lastFailure = errorCode === undefined ? undefined : reason
    const isFaulty = errorCode !== undefined && isEhrFault(errorCode)
    this.#faultSince = isFaulty ? (this.#faultSince ?? this.#heardAt) : undefined
    if (errorCode !== undefined && unansweredCodes.has(errorCode)) {
      this.#unansweredCount += 1
      return
    }
    this.#hasAnswered = true
    this.#unansweredCount = 0
    this.#areCredentialsRefused = errorCode === 'ehr_unauthorized'
  }

  /**
   * What is wrong with the EHR, according to the last requests. A pause that the EHR asked for and a used-up daily budget are not faults.
   */
  get fault(): EhrFault | undefined {
    if (this.#areCredentialsRefused) return 'ehr_credentials_refused'
    if (this.#unansweredCount >= (this.#hasAnswered ? unansweredLimit : 1))
      return 'ehr_not_answering'
    const isKnown = this.#hasAnswered || this.#options.budget.closure !== undefined
    return isKnown ? undefined : 'ehr_not_asked_yet'
  }

  /** The last request was not answered. */
  get isInDoubt(): boolean {
    return this.#unansweredCount > 0
  }

  /** The message of the last failure, for operators: where, why, and which keys to check. Undefined when there is no fault. */
  get faultDetail(): string | undefined {
    return this.fault === undefined ? undefined : this.#lastFailure
  }

  /** When the fault began: every request since then has shown one. */
  get faultSince(): Date | undefined {
    return this.fault === undefined ? undefined : this.#faultSince
  }

  /** When the last request was answered, or failed because there was no answer. */
  get heardAt(): Date | undefined {
    return this.#heardAt
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
