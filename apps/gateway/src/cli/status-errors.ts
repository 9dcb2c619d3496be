import { GatewayError } from '../errors.ts'

/** Nobody could be asked how the gateway is. */
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
