import { GatewayError } from '../errors.ts'

/** The encounter is registered for another patient. Nothing was written. */
export class RegistrationConflictError extends GatewayError {
  override readonly name = 'RegistrationConflictError'
  readonly code = 'registration_conflict'
  readonly kind = 'permanent'

  constructor(encounterId: string) {
    super(`encounter ${encounterId} is registered for another patient`)
  }
}
