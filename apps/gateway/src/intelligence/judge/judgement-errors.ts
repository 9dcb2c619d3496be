import { GatewayError } from '../../errors.ts'

/**
 * An order exceeds the time or memory limit for one order. Permanent, because the analysis depends only on the chart: it would exceed
 * the limit again, and meanwhile block a thread that other patients' orders wait for.
 */
export class JudgementLimitError extends GatewayError {
  override readonly name = 'JudgementLimitError'
  readonly code = 'judgement_limit'
  readonly kind = 'permanent'
}

/** An order could not be analyzed. `transient` if its thread was lost or could not start; `permanent` if the analysis has a defect. */
export class JudgementFailedError extends GatewayError {
  override readonly name = 'JudgementFailedError'
  readonly code = 'judgement_failed'
  readonly kind

  constructor(message: string, kind: 'transient' | 'permanent') {
    super(message)
    this.kind = kind
  }
}
