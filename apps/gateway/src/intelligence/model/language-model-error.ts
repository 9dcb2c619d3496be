import { GatewayError } from '../../errors.ts'

/** The outcome of a request to the model. Only `answered` affects the analysis. */
export type ModelOutcome =
  | 'answered'
  | 'timeout'
  | 'unreachable'
  | 'busy'
  | 'failing'
  | 'misconfigured'
  | 'cut_off'
  | 'too_large'
  | 'declined'
  | 'not_understood'
  | 'left_alone'
  | 'unexpected'

export type ModelFailure = Exclude<ModelOutcome, 'answered'>

/** Failures of the endpoint, which its circuit breaker counts. */
const passing: ReadonlySet<ModelFailure> = new Set(['timeout', 'unreachable', 'busy', 'failing'])

/** The model gave no usable answer. Never leaves this module: the order is analyzed by rules only, with a notice. */
export class LanguageModelError extends GatewayError {
  override readonly name = 'LanguageModelError'
  readonly code = 'language_model_failed'
  readonly kind: 'transient' | 'permanent'
  readonly outcome: ModelFailure

  /** Without a cause, because request and answer contain the chart. */
  constructor(outcome: ModelFailure) {
    super(`language model: ${outcome}`)
    this.outcome = outcome
    this.kind = passing.has(outcome) ? 'transient' : 'permanent'
  }
}
