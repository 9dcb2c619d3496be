import { GatewayError } from '../errors.ts'

/** Nobody could be asked how the gateway is. */
export class StatusUnknownError extends GatewayError {
  override readonly name = 'StatusUnknownError'
  readonly code = 'status_unknown'
  readonly kind = 'permanent'
}
