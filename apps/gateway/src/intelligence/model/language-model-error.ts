import { GatewayError } from '../../errors.ts'

/** How asking the model ended. `answered` is the only one that changes anything. */
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

/** These speak against the endpoint as it is now: its breaker counts them. */
const passing: ReadonlySet<ModelFailure> = new Set(['timeout', 'unreachable', 'busy', 'failing'])

/** The model gave no answer that can be used. It never leaves this room: the order is judged by rules alone, and says so. */
export class LanguageModelError extends GatewayError {
  override readonly name = 'LanguageModelError'
  readonly code = 'language_model_failed'
  readonly kind: 'transient' | 'permanent'
  readonly outcome: ModelFailure

  /** Without a cause: what it sent and what it was sent is the chart. */
  constructor(outcome: ModelFailure) {
    super(`language model: ${outcome}`)
    this.outcome = outcome
    this.kind = passing.has(outcome) ? 'transient' : 'permanent'
  }
}
