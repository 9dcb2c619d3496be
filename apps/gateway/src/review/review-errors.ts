import { GatewayError } from '../errors.ts'

/**
 * The document of an earlier attempt may still be on its way to the EHR. The next attempt waits, because only then does a search show
 * whether it arrived.
 */
export class WriteBackInFlightError extends GatewayError {
  override readonly name = 'WriteBackInFlightError'
  readonly code = 'write_back_in_flight'
  readonly kind = 'transient'

  constructor(workItemId: string, waitMs: number) {
    super(`a document of work item ${workItemId} may still be on its way to the EHR`, {
      retryAfterMs: waitMs,
    })
  }
}

/**
 * The time limit for sending expired before anything was sent: reading what the document needs, or waiting for the EHR's rate limit, took
 * too long.
 */
export class WriteBackNotSentError extends GatewayError {
  override readonly name = 'WriteBackNotSentError'
  readonly code = 'write_back_not_sent'
  readonly kind = 'transient'

  constructor(workItemId: string) {
    super(`the time to send the document of work item ${workItemId} ran out before it was sent`)
  }
}

/** The stored form is not the one that was approved. Nothing was written. */
export class WriteBackFormChangedError extends GatewayError {
  override readonly name = 'WriteBackFormChangedError'
  readonly code = 'write_back_form_changed'
  readonly kind = 'permanent'

  constructor(workItemId: string, version: number) {
    super(`the form of work item ${workItemId} is not the one approved as version ${version}`)
  }
}

/** Another worker holds this write-back now. Nothing of this attempt was recorded. */
export class WriteBackLeaseLostError extends GatewayError {
  override readonly name = 'WriteBackLeaseLostError'
  readonly code = 'write_back_lease_lost'
  readonly kind = 'permanent'

  constructor(workItemId: string) {
    super(
      `the write-back of work item ${workItemId} went to another worker; nothing was recorded here`,
    )
  }
}
