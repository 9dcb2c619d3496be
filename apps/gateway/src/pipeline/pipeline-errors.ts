import { GatewayError } from '../errors.ts'

/** The visit is not signed any more: it was re-opened after it was detected. It is processed when it is signed again. */
export class EncounterNotSignedError extends GatewayError {
  override readonly name = 'EncounterNotSignedError'
  readonly code = 'encounter_not_signed'
  readonly kind = 'permanent'

  constructor(encounterId: string, status: string) {
    super(
      `encounter ${encounterId} is ${status}, not finished: it was re-opened after it was detected and is processed when it is signed again`,
    )
  }
}

/** Another worker holds the visit's lease now. Nothing of this attempt was recorded. */
export class LeaseLostError extends GatewayError {
  override readonly name = 'LeaseLostError'
  readonly code = 'lease_lost'
  readonly kind = 'permanent'

  constructor(encounterId: string) {
    super(`the lease on encounter ${encounterId} went to another worker; nothing was recorded here`)
  }
}

/** Every worker that took this visit died. A person has to look at the log before it is tried again. */
export class WorkerCrashedError extends GatewayError {
  override readonly name = 'WorkerCrashedError'
  readonly code = 'worker_crashed'
  readonly kind = 'permanent'

  constructor(encounterId: string) {
    super(
      `every worker that processed encounter ${encounterId} died; look at the log before redriving it`,
    )
  }
}
