import type { FhirRequest } from '../client/fhir-request.ts'
import { EhrAnswerError, EhrBadRequestError, EhrWriteAmbiguousError } from '../fhir-errors.ts'
import type { SendOutcome } from './document-writer.ts'
import type { EhrAnswer, EhrExchange, EhrHttp } from './ehr-http.ts'

/** After these errors the document is certainly not in the chart. */
const refusals: ReadonlySet<string> = new Set([
  'ehr_unauthorized',
  'ehr_forbidden',
  'ehr_not_found',
  'ehr_not_supported',
  'ehr_rate_limited',
  'ehr_quota_exhausted',
])

/** Client errors after which it is unknown whether the server stored the document: it timed out, or already had it. */
const inconclusive4xx: ReadonlySet<number> = new Set([408, 409, 412, 423, 425, 499])

/** The EHR itself reports a failure. A 502 or 504 comes from a proxy that received no answer. */
const failures: ReadonlySet<number> = new Set([421, 425, 500, 503, 507])

/**
 * Sends a document once. `read` turns a 2xx answer into the outcome. For any other result the outcome is what is known about the
 * document: if the request failed before it was sent, the document was never sent.
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
      ? { outcome: 'failed', error: ambiguous('the EHR reported a failure', error) }
      : unanswered('there was no clear answer', error)
  }
}

/** @param what what was received instead of a clear answer: `status 200 with no document` */
export function unanswered(what: string, cause?: unknown): SendOutcome {
  return { outcome: 'unanswered', error: ambiguous(what, cause) }
}

function ambiguous(what: string, cause?: unknown): EhrWriteAmbiguousError {
  return new EhrWriteAmbiguousError(
    `a document was sent to the EHR: ${what}; the chart is searched for it`,
    { cause },
  )
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof EhrAnswerError)) return false
  if (error instanceof EhrBadRequestError)
    return error.status !== undefined && error.status >= 400 && !inconclusive4xx.has(error.status)
  return refusals.has(error.code)
}
