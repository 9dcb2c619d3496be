import { bothNames } from '../config/both-names.ts'
import { GatewayError } from '../errors.ts'

/** An error from an answer of the EHR, with the reason that the EHR gives. */
export abstract class EhrAnswerError extends GatewayError {
  /** Codes of its OperationOutcome, as `system|code` if it names a system. Safe for logs. */
  readonly reasonCodes: readonly string[]
  /**
   * The EHR's own text, at most 500 characters. It may name a patient: only for people with access to the chart, never for a log, a
   * message or an event.
   */
  readonly detail: string | undefined
  /** The answer's HTTP status, if there was an answer. */
  readonly status: number | undefined

  constructor(
    message: string,
    options: ErrorOptions & {
      readonly status?: number
      readonly retryAfterMs?: number | undefined
      readonly reasonCodes?: readonly string[]
      readonly detail?: string | undefined
    } = {},
  ) {
    super(message, options)
    this.reasonCodes = options.reasonCodes ?? []
    this.detail = options.detail
    this.status = options.status
  }
}

/** The EHR refused the connection, or closed it before an answer. */
export class EhrUnreachableError extends GatewayError {
  override readonly name = 'EhrUnreachableError'
  readonly code = 'ehr_unreachable'
  readonly kind = 'transient'
}

/** No complete answer within the time limit. */
export class EhrTimeoutError extends EhrAnswerError {
  override readonly name = 'EhrTimeoutError'
  readonly code = 'ehr_timeout'
  readonly kind = 'transient'
}

/** Too many requests, by us or by another client with the same quota: 429, or 403 with an API gateway's over-rate code. */
export class EhrRateLimitedError extends EhrAnswerError {
  override readonly name = 'EhrRateLimitedError'
  readonly code = 'ehr_rate_limited'
  readonly kind = 'transient'
}

/** The daily budget is spent: ours, which starts again at midnight GMT, or the EHR's own quota for our client id. */
export class EhrQuotaExhaustedError extends EhrAnswerError {
  override readonly name = 'EhrQuotaExhaustedError'
  readonly code = 'ehr_quota_exhausted'
  readonly kind = 'transient'
}

/** The EHR answered 5xx, 421 or 425. */
export class EhrUnavailableError extends EhrAnswerError {
  override readonly name = 'EhrUnavailableError'
  readonly code = 'ehr_unavailable'
  readonly kind = 'transient'
}

/** The EHR refused our client credentials, or a fresh token. */
export class EhrUnauthorizedError extends EhrAnswerError {
  override readonly name = 'EhrUnauthorizedError'
  readonly code = 'ehr_unauthorized'
  readonly kind = 'permanent'
}

/** The token endpoint is unknown or wrong, or does not support our client authentication. The message names the key to set. */
export class EhrTokenEndpointError extends GatewayError {
  override readonly name = 'EhrTokenEndpointError'
  readonly code = 'ehr_token_endpoint'
  readonly kind = 'permanent'
}

/** The EHR does not allow this read: a scope or the practice's consent is missing. */
export class EhrForbiddenError extends EhrAnswerError {
  override readonly name = 'EhrForbiddenError'
  readonly code = 'ehr_forbidden'
  readonly kind = 'permanent'
}

/** The EHR does not have this resource. */
export class EhrNotFoundError extends EhrAnswerError {
  override readonly name = 'EhrNotFoundError'
  readonly code = 'ehr_not_found'
  readonly kind = 'permanent'
}

/** The EHR refused the request itself; the same request would be refused again. */
export class EhrBadRequestError extends EhrAnswerError {
  override readonly name = 'EhrBadRequestError'
  readonly code = 'ehr_bad_request'
  readonly kind = 'permanent'
}

/** The answer is not FHIR, or is truncated. Transient, because a proxy may have caused it. */
export class EhrMalformedError extends EhrAnswerError {
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

/** A redirect to another origin, in a loop, or without a location. It was not followed and nothing took effect. */
export class EhrRedirectedError extends GatewayError {
  override readonly name = 'EhrRedirectedError'
  readonly code = 'ehr_redirected'
  readonly kind = 'permanent'
}

/** The EHR does not support this kind of request: 405 or 501. */
export class EhrNotSupportedError extends EhrAnswerError {
  override readonly name = 'EhrNotSupportedError'
  readonly code = 'ehr_not_supported'
  readonly kind = 'permanent'
}

/** The chart that was read belongs to a patient other than the requested one. */
export class EhrWrongPatientError extends GatewayError {
  override readonly name = 'EhrWrongPatientError'
  readonly code = 'ehr_wrong_patient'
  readonly kind = 'permanent'
}

/** A document was sent without a clear answer: it may be in the chart. The next attempt searches for it first. */
export class EhrWriteAmbiguousError extends GatewayError {
  override readonly name = 'EhrWriteAmbiguousError'
  readonly code = 'ehr_write_ambiguous'
  readonly kind = 'ambiguous'
}

/** The EHR's document API cannot use the patient's id. No document was sent. */
export class EhrPatientIdUnusableError extends GatewayError {
  override readonly name = 'EhrPatientIdUnusableError'
  readonly code = 'ehr_patient_id_unusable'
  readonly kind = 'permanent'

  constructor(patientId: string, practiceId: string) {
    super(
      `patient id ${patientId} is not of the form a-${practiceId}.E-{number}, which the document API needs`,
    )
  }
}

/** The EHR needs a department for a document, and the encounter has none. No document was sent. */
export class EhrDepartmentUnknownError extends GatewayError {
  override readonly name = 'EhrDepartmentUnknownError'
  readonly code = 'ehr_department_unknown'
  readonly kind = 'permanent'

  constructor(encounterId: string) {
    super(
      `encounter ${encounterId} names no department; set ${bothNames('Ehr.Documents.DepartmentId')}`,
    )
  }
}
