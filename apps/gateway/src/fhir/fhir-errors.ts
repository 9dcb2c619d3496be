import { GatewayError } from '../errors.ts'

/** The EHR refused the connection, or broke it before an answer. */
export class EhrUnreachableError extends GatewayError {
  override readonly name = 'EhrUnreachableError'
  readonly code = 'ehr_unreachable'
  readonly kind = 'transient'
}

/** No whole answer within the time limit. */
export class EhrTimeoutError extends GatewayError {
  override readonly name = 'EhrTimeoutError'
  readonly code = 'ehr_timeout'
  readonly kind = 'transient'
}

/** The EHR answered 429: we asked too much, or somebody else did with our quota. */
export class EhrRateLimitedError extends GatewayError {
  override readonly name = 'EhrRateLimitedError'
  readonly code = 'ehr_rate_limited'
  readonly kind = 'transient'
}

/** Our own daily budget towards the EHR is spent; it starts anew at midnight GMT. */
export class EhrQuotaExhaustedError extends GatewayError {
  override readonly name = 'EhrQuotaExhaustedError'
  readonly code = 'ehr_quota_exhausted'
  readonly kind = 'transient'
}

/** The EHR answered 5xx. */
export class EhrUnavailableError extends GatewayError {
  override readonly name = 'EhrUnavailableError'
  readonly code = 'ehr_unavailable'
  readonly kind = 'transient'
}

/** The EHR does not take our client id and secret, or a fresh token. */
export class EhrUnauthorizedError extends GatewayError {
  override readonly name = 'EhrUnauthorizedError'
  readonly code = 'ehr_unauthorized'
  readonly kind = 'permanent'
}

/** The EHR says that we may not read this: a scope or the practice is missing. */
export class EhrForbiddenError extends GatewayError {
  override readonly name = 'EhrForbiddenError'
  readonly code = 'ehr_forbidden'
  readonly kind = 'permanent'
}

/** The EHR does not know it. */
export class EhrNotFoundError extends GatewayError {
  override readonly name = 'EhrNotFoundError'
  readonly code = 'ehr_not_found'
  readonly kind = 'permanent'
}

/** The EHR refuses the request itself; asking again the same way cannot help. */
export class EhrBadRequestError extends GatewayError {
  override readonly name = 'EhrBadRequestError'
  readonly code = 'ehr_bad_request'
  readonly kind = 'permanent'
}

/** The answer is not FHIR, or was cut off. Transient, because a proxy on the way may have done it. */
export class EhrMalformedError extends GatewayError {
  override readonly name = 'EhrMalformedError'
  readonly code = 'ehr_malformed'
  readonly kind = 'transient'
}

/** The answer is larger than a limit of `Ehr.Limits` allows. */
export class EhrTooLargeError extends GatewayError {
  override readonly name = 'EhrTooLargeError'
  readonly code = 'ehr_too_large'
  readonly kind = 'permanent'
}

/** A `next` link leads away from the EHR. It was not followed. */
export class EhrForeignLinkError extends GatewayError {
  override readonly name = 'EhrForeignLinkError'
  readonly code = 'ehr_foreign_link'
  readonly kind = 'permanent'
}

/** `next` links lead in a circle. */
export class EhrLinkLoopError extends GatewayError {
  override readonly name = 'EhrLinkLoopError'
  readonly code = 'ehr_link_loop'
  readonly kind = 'permanent'
}

/** The chart that was read belongs to another patient than the one asked for. */
export class EhrWrongPatientError extends GatewayError {
  override readonly name = 'EhrWrongPatientError'
  readonly code = 'ehr_wrong_patient'
  readonly kind = 'permanent'
}

/** A document was sent and no answer came: it may be in the chart. Search by its identifier before sending it again. */
export class EhrWriteAmbiguousError extends GatewayError {
  override readonly name = 'EhrWriteAmbiguousError'
  readonly code = 'ehr_write_ambiguous'
  readonly kind = 'ambiguous'
}
