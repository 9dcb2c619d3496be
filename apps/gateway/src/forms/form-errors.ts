import { GatewayError } from '../errors.ts'

/** The form could not be filled. `transient` when the worker died; `permanent` when template and content do not fit together. */
export class FormFillError extends GatewayError {
  override readonly name = 'FormFillError'
  readonly code = 'form_fill_failed'
  readonly kind

  constructor(message: string, kind: 'transient' | 'permanent', options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** A form, its map or its rules cannot be used. Found at start, all faults at once; nothing was started. */
export class FormTemplateError extends GatewayError {
  override readonly name = 'FormTemplateError'
  readonly code = 'form_template_invalid'
  readonly kind = 'permanent'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`forms cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.faults = faults
  }
}

/** The finished PDF does not say what the chart says. It was thrown away: no form leaves that might be another patient's. */
export class FormReadBackError extends GatewayError {
  override readonly name = 'FormReadBackError'
  readonly code = 'form_read_back_mismatch'
  readonly kind = 'permanent'
}
