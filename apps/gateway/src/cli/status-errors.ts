import { GatewayError } from '../errors.ts'

/** The state of the gateway could not be determined. */
export class StatusUnknownError extends GatewayError {
  override readonly name = 'StatusUnknownError'
  readonly code = 'status_unknown'
  readonly kind = 'permanent'
}

/** There is no such node, or it does not report. */
export class NodeUnknownError extends GatewayError {
  override readonly name = 'NodeUnknownError'
  readonly code = 'node_unknown'
  readonly kind = 'permanent'
}
