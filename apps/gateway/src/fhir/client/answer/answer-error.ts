import { bothNames } from '../../../config/both-names.ts'
import type { GatewayError } from '../../../errors.ts'
import {
  EhrBadRequestError,
  EhrForbiddenError,
  EhrMalformedError,
  EhrNotFoundError,
  EhrNotSupportedError,
  EhrQuotaExhaustedError,
  EhrRateLimitedError,
  EhrTimeoutError,
  EhrUnauthorizedError,
  EhrUnavailableError,
} from '../../fhir-errors.ts'
import { type Json, parseJson } from '../parse-resource.ts'
import { type Answer, headerOf } from './answer.ts'
import { issuesOf, outcomeTextOf, reasonCodesOf } from './operation-outcome.ts'
import { limitOf } from './over-rate.ts'
import { requestedWaitMs, maxWaitMs } from './retry-after.ts'

/** Limits for parsing an error's body. */
const errorLimits = { maxDepth: 20, maxNodes: 10_000 }
const maxTextLength = 4000
const maxDetailLength = 500
const dayMs = 24 * 3600 * 1000

export interface AnswerContext {
  readonly resourceType: string
  readonly nowMs: number
}

/** The error for an answer other than 2xx: its code, whether it may be retried, how long to wait, and the EHR's own reason. */
export function errorOf(
  answer: Answer,
  { resourceType, nowMs }: AnswerContext,
): GatewayError | undefined {
  const { status, headers } = answer
  if (status >= 200 && status < 300) return undefined
  const errorBody = readErrorBody(answer)
  const gatewayCode = headerOf(headers, 'x-mashery-error-code')
  const reasonCodes = [
    ...(gatewayCode !== undefined && /^\w{1,80}$/.test(gatewayCode) ? [gatewayCode] : []),
    ...errorBody.reasonCodes,
  ]
  const what = `the EHR answered ${status} for ${resourceType}`
  const reasons = reasonCodes.length === 0 ? '' : ` (its reason: ${reasonCodes.join(', ')})`
  const options = { status, reasonCodes, detail: errorBody.detail }
  const wait = () => requestedWaitMs({ headers, text: errorBody.text, nowMs })

  const limit =
    status === 403 || status === 429
      ? limitOf({ status, headers, reasonCodes, text: errorBody.text })
      : undefined
  if (limit === 'day') {
    return new EhrQuotaExhaustedError(
      `${what}: its own quota for this client id is spent${reasons}; lower ${bothNames('Ehr.RequestsPerDay')}`,
      { ...options, retryAfterMs: wait() ?? Math.min(dayMs - (nowMs % dayMs), maxWaitMs) },
    )
  }
  if (limit === 'rate') {
    return new EhrRateLimitedError(
      `${what}: too many requests${reasons}; lower ${bothNames('Ehr.RequestsPerSecond')}`,
      { ...options, retryAfterMs: wait() },
    )
  }
  switch (status) {
    case 401:
      return new EhrUnauthorizedError(
        `${what}: a fresh token was refused${reasons}; check ${bothNames('Ehr.Scopes')}`,
        options,
      )
    case 403:
      return new EhrForbiddenError(
        `${what}: not allowed${reasons}; check ${bothNames('Ehr.Scopes')} and the practice's consent`,
        options,
      )
    case 404:
    case 410:
      return new EhrNotFoundError(`${what}: not found${reasons}`, options)
    case 405:
    case 501:
      return new EhrNotSupportedError(
        `${what}: it does not support this request${reasons}; check ${bothNames('Ehr.Profile')}`,
        options,
      )
    case 408:
      return new EhrTimeoutError(
        `${what}: it did not receive the request in time${reasons}`,
        options,
      )
    case 421:
    case 425:
      return new EhrUnavailableError(`${what}: wrong connection, or too early${reasons}`, {
        ...options,
        retryAfterMs: wait(),
      })
  }
  if (status >= 500 && status < 600)
    return new EhrUnavailableError(`${what}${reasons}`, { ...options, retryAfterMs: wait() })
  if (status >= 400 && status < 500) {
    const meaning = meanings[status]
    return new EhrBadRequestError(
      `${what}${meaning === undefined ? '' : `: ${meaning}`}${reasons}`,
      options,
    )
  }
  return new EhrMalformedError(
    `${what}, which is not a valid answer to this request${reasons}`,
    options,
  )
}

const meanings: Readonly<Record<number, string>> = {
  400: 'it does not understand the request',
  402: 'it requires payment',
  406: 'it does not answer in FHIR JSON',
  407: 'a proxy requires credentials',
  409: 'it conflicts with an existing resource',
  411: 'it requires the length of the body',
  412: 'a precondition failed',
  413: 'the body is too large',
  414: 'the URL is too long',
  415: 'it does not accept this format',
  422: 'it refuses the content of the request',
  423: 'the resource is locked',
  431: 'the headers are too large',
}

interface ErrorBody {
  readonly reasonCodes: readonly string[]
  /** The start of the body: searched for a wait, and never shown. */
  readonly text: string
  readonly detail: string | undefined
}

function readErrorBody({ headers, body }: Answer): ErrorBody {
  const contentType = headerOf(headers, 'content-type')
  let value: Json
  try {
    value = parseJson(body, { contentType, limits: errorLimits, what: 'an error' }).value
  } catch {
    value = undefined
  }
  const detail = outcomeTextOf(value).slice(0, maxDetailLength)
  return {
    reasonCodes: reasonCodesOf(issuesOf(value)),
    text: `${body.subarray(0, maxTextLength).toString('utf8')} ${detail}`,
    detail: detail === '' ? undefined : detail,
  }
}
