import { GatewayError } from '../errors.ts'

/** The form could not be filled. `transient` if the worker died; `permanent` if the template does not match the PDF. */
export class FormFillError extends GatewayError {
  override readonly name = 'FormFillError'
  readonly code = 'form_fill_failed'
  readonly kind

  constructor(message: string, kind: 'transient' | 'permanent', options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** A form, its map or its rules cannot be used. Found at startup, with all faults at once; nothing was started. */
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

/** The finished PDF does not match the chart. It was discarded, because it might be about another patient. */
export class FormReadBackError extends GatewayError {
  override readonly name = 'FormReadBackError'
  readonly code = 'form_read_back_mismatch'
  readonly kind = 'permanent'
}
