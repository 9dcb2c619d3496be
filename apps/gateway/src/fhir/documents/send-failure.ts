import { GatewayError } from '../../errors.ts'
import { EhrBadRequestError, EhrWriteAmbiguousError } from '../fhir-errors.ts'
import type { SendOutcome } from './document-writer.ts'

/** After these it is certainly not in the chart: the EHR refused it, or it was never sent. Whatever else goes wrong is no answer. */
const refusals: ReadonlySet<string> = new Set([
  'ehr_unauthorized',
  'ehr_forbidden',
  'ehr_not_found',
  'ehr_not_supported',
  'ehr_rate_limited',
  'ehr_quota_exhausted',
  'circuit_open',
])

/** Client errors that leave it open whether the server acted: it gave up waiting, or found it there already. */
const open4xx: ReadonlySet<number> = new Set([408, 409, 412, 423, 425, 499])

/** No connection was made, so nothing was sent. */
const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** What a failed send leaves behind: nothing, or perhaps a document. */
export function readSendFailure(error: unknown): SendOutcome {
  return isRefusal(error) ? { outcome: 'refused', error } : unknownSend(undefined, error)
}

export function unknownSend(detail: string | undefined, cause?: unknown): SendOutcome {
  const what = detail === undefined ? '' : ` (${detail})`
  return {
    outcome: 'unknown',
    error: new EhrWriteAmbiguousError(
      `a document was sent to the EHR and no clear answer came${what}; it is looked for before it is sent again`,
      { cause },
    ),
  }
}

function isRefusal(error: unknown): boolean {
  if (error instanceof EhrBadRequestError)
    return error.status !== undefined && error.status >= 400 && !open4xx.has(error.status)
  if (!(error instanceof Error) || !('code' in error)) return false
  if (refusals.has(String(error.code))) return true
  const cause = error instanceof GatewayError ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && neverConnected.has(String(cause.code))
}
