import type { FhirRequest } from '../client/fhir-client.ts'
import { EhrAnswerError, EhrBadRequestError, EhrWriteAmbiguousError } from '../fhir-errors.ts'
import type { SendOutcome } from './document-writer.ts'
import type { EhrAnswer, EhrExchange, EhrHttp } from './ehr-http.ts'

/** The answers that refuse: it is certainly not in the chart. */
const refusals: ReadonlySet<string> = new Set([
  'ehr_unauthorized',
  'ehr_forbidden',
  'ehr_not_found',
  'ehr_not_supported',
  'ehr_rate_limited',
  'ehr_quota_exhausted',
])

/** Client errors that leave it open whether the server acted: it gave up waiting, or found it there already. */
const open4xx: ReadonlySet<number> = new Set([408, 409, 412, 423, 425, 499])

/** The EHR itself says that it failed. A 502 or 504 is of a proxy that heard nothing from it. */
const failures: ReadonlySet<number> = new Set([421, 425, 500, 503, 507])

/**
 * Sends a document once. What `read` makes of an answer of 2xx is the outcome; of everything else, what is known of the document. What
 * fails before the request goes out was never sent.
 */
export async function postDocument(
  http: EhrHttp,
  exchange: Omit<EhrExchange, 'method' | 'onSent'>,
  request: FhirRequest,
  read: (answer: EhrAnswer) => SendOutcome,
): Promise<SendOutcome> {
  let isSent = false
  const onSent = () => {
    isSent = true
  }
  try {
    return read(await http.exchange({ ...exchange, method: 'POST', onSent }, request))
  } catch (error) {
    if (!isSent || isRefusal(error)) return { outcome: 'refused', error }
    const isFailure =
      error instanceof EhrAnswerError && error.status !== undefined && failures.has(error.status)
    return isFailure
      ? { outcome: 'failed', error: ambiguous('the EHR said that it failed', error) }
      : unanswered('no clear answer came', error)
  }
}

/** @param what what came instead of an answer: `status 200 with no document` */
export function unanswered(what: string, cause?: unknown): SendOutcome {
  return { outcome: 'unanswered', error: ambiguous(what, cause) }
}

function ambiguous(what: string, cause?: unknown): EhrWriteAmbiguousError {
  return new EhrWriteAmbiguousError(
    `a document was sent to the EHR: ${what}; it is looked for in the chart`,
    { cause },
  )
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof EhrAnswerError)) return false
  if (error instanceof EhrBadRequestError)
    return error.status !== undefined && error.status >= 400 && !open4xx.has(error.status)
  return refusals.has(error.code)
}
