import { type FailureKind, GatewayError } from '../errors.ts'

/** The encounter is no longer signed: it was re-opened after it was detected. It is processed when it is signed again. */
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

/** Another worker holds the encounter's lease now. Nothing of this attempt was recorded. */
export class LeaseLostError extends GatewayError {
  override readonly name = 'LeaseLostError'
  readonly code = 'lease_lost'
  readonly kind = 'permanent'

  constructor(encounterId: string) {
    super(`the lease on encounter ${encounterId} went to another worker; nothing was recorded here`)
  }
}

/** Every process that worked on this encounter ended. A person has to look at the log before it is tried again. */
export class WorkerCrashedError extends GatewayError {
  override readonly name = 'WorkerCrashedError'
  readonly code = 'worker_crashed'
  readonly kind = 'permanent'

  constructor(encounterId: string) {
    super(
      `every process that worked on encounter ${encounterId} ended; look at the log before redriving it`,
    )
  }
}

/** The separate process for the encounter could not be started, or ended before it began the encounter. */
export class IsolatedStartError extends GatewayError {
  override readonly name = 'IsolatedStartError'
  readonly code = 'isolated_start_failed'
  readonly kind = 'transient'

  constructor(encounterId: string, options: ErrorOptions = {}) {
    super(`a process of its own for encounter ${encounterId} could not be started`, options)
  }
}

/** A failure in the separate process, with its original code and kind. */
export class IsolatedFailureError extends GatewayError {
  override readonly name = 'IsolatedFailureError'
  readonly code: string
  readonly kind: FailureKind

  constructor({
    code,
    kind,
    reason,
    retryAfterMs,
  }: {
    readonly code: string
    readonly kind: FailureKind
    readonly reason: string
    readonly retryAfterMs: number | undefined
  }) {
    super(reason, { retryAfterMs })
    this.code = code
    this.kind = kind
  }
}

/** A person changed an answer or the form while the encounter was processed. Nothing was recorded; the next attempt fills the form with it. */
export class DraftOutdatedError extends GatewayError {
  override readonly name = 'DraftOutdatedError'
  readonly code = 'draft_outdated'
  readonly kind = 'transient'

  constructor(encounterId: string) {
    super(`a person changed a draft of encounter ${encounterId} while its form was filled`)
  }
}
