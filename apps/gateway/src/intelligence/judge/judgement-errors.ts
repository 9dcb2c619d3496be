import { GatewayError } from '../../errors.ts'

/**
 * An order needs more time or memory than one order may. Permanent, because judging is a function of the chart alone: it would need as much again, and
 * meanwhile hold a thread that other patients' orders wait for.
 */
export class JudgementLimitError extends GatewayError {
  override readonly name = 'JudgementLimitError'
  readonly code = 'judgement_limit'
  readonly kind = 'permanent'
}

/** An order could not be judged. `transient` when its thread was lost or could not start; `permanent` when the judgement has a defect. */
export class JudgementFailedError extends GatewayError {
  override readonly name = 'JudgementFailedError'
  readonly code = 'judgement_failed'
  readonly kind

  constructor(message: string, kind: 'transient' | 'permanent') {
    super(message)
    this.kind = kind
  }
}
