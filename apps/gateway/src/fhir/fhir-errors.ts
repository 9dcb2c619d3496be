import { GatewayError } from '../errors.ts'

/** An error that an answer of the EHR means, with the reason that the EHR gives for it. */
export abstract class EhrAnswerError extends GatewayError {
  /** Codes of its OperationOutcome, `system|code` where it names a system: safe for logs. */
  readonly reasonCodes: readonly string[]
  /**
   * The EHR's own words, at most 500 characters. They may name a patient: for people with access to the chart only, never for a log,
   * a message or an event.
   */
  readonly detail: string | undefined
  /** The answer's HTTP status, where there was one. */
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

/** The EHR refused the connection, or broke it before an answer. */
export class EhrUnreachableError extends GatewayError {
  override readonly name = 'EhrUnreachableError'
  readonly code = 'ehr_unreachable'
  readonly kind = 'transient'
}

/** No whole answer within the time limit. */
export class EhrTimeoutError extends EhrAnswerError {
  override readonly name = 'EhrTimeoutError'
  readonly code = 'ehr_timeout'
  readonly kind = 'transient'
}

/** The EHR says that too much was asked, by us or by somebody else with our quota: 429, or 403 with a gateway's over-rate. */
export class EhrRateLimitedError extends EhrAnswerError {
  override readonly name = 'EhrRateLimitedError'
  readonly code = 'ehr_rate_limited'
  readonly kind = 'transient'
}

/** The budget of the day is spent: ours towards the EHR, which starts again at midnight GMT, or the EHR's own for our client id. */
export class EhrQuotaExhaustedError extends EhrAnswerError {
  override readonly name = 'EhrQuotaExhaustedError'
  readonly code = 'ehr_quota_exhausted'
  readonly kind = 'transient'
}

/** The EHR answered 5xx, or that it is too early. */
export class EhrUnavailableError extends EhrAnswerError {
  override readonly name = 'EhrUnavailableError'
  readonly code = 'ehr_unavailable'
  readonly kind = 'transient'
}

/** The EHR does not take our client id and secret, or a fresh token. */
export class EhrUnauthorizedError extends EhrAnswerError {
  override readonly name = 'EhrUnauthorizedError'
  readonly code = 'ehr_unauthorized'
  readonly kind = 'permanent'
}

/** The token endpoint is unknown, is somewhere else, or does not take the way we sign in; the message names the key to set. */
export class EhrTokenEndpointError extends GatewayError {
  override readonly name = 'EhrTokenEndpointError'
  readonly code = 'ehr_token_endpoint'
  readonly kind = 'permanent'
}

/** The EHR says that we may not read this: a scope or the practice is missing. */
export class EhrForbiddenError extends EhrAnswerError {
  override readonly name = 'EhrForbiddenError'
  readonly code = 'ehr_forbidden'
  readonly kind = 'permanent'
}

/** The EHR does not know it. */
export class EhrNotFoundError extends EhrAnswerError {
  override readonly name = 'EhrNotFoundError'
  readonly code = 'ehr_not_found'
  readonly kind = 'permanent'
}

/** The EHR refuses the request itself; asking again the same way cannot help. */
export class EhrBadRequestError extends EhrAnswerError {
  override readonly name = 'EhrBadRequestError'
  readonly code = 'ehr_bad_request'
  readonly kind = 'permanent'
}

/** The answer is not FHIR, or was cut off. Transient, because a proxy on the way may have done it. */
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

/** The EHR sends us elsewhere: another origin, in a circle, or without saying where. It was not followed; nothing took effect. */
export class EhrRedirectedError extends GatewayError {
  override readonly name = 'EhrRedirectedError'
  readonly code = 'ehr_redirected'
  readonly kind = 'permanent'
}

/** The EHR does not offer this kind of request at all: 405 or 501. */
export class EhrNotSupportedError extends EhrAnswerError {
  override readonly name = 'EhrNotSupportedError'
  readonly code = 'ehr_not_supported'
  readonly kind = 'permanent'
}

/** The chart that was read belongs to another patient than the one asked for. */
export class EhrWrongPatientError extends GatewayError {
  override readonly name = 'EhrWrongPatientError'
  readonly code = 'ehr_wrong_patient'
  readonly kind = 'permanent'
}

/** A document was sent and no answer says what became of it: it may be in the chart. It is looked for before anything else. */
export class EhrWriteAmbiguousError extends GatewayError {
  override readonly name = 'EhrWriteAmbiguousError'
  readonly code = 'ehr_write_ambiguous'
  readonly kind = 'ambiguous'
}

/** The patient's id is none that the EHR's document API knows. No document was sent. */
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

/** The EHR wants a department for a document, and the encounter names none. No document was sent. */
export class EhrDepartmentUnknownError extends GatewayError {
  override readonly name = 'EhrDepartmentUnknownError'
  readonly code = 'ehr_department_unknown'
  readonly kind = 'permanent'

  constructor(encounterId: string) {
    super(`encounter ${encounterId} names no department; set Ehr__Documents__DepartmentId`)
  }
}
