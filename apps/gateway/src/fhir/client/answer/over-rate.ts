import { type Headers, headerOf } from './answer.ts'

/** `rate`: too many requests for now. `day`: the EHR's own daily or monthly quota is used up. */
export type Limit = 'rate' | 'day'

/** Codes of API gateways. */
const dayCode = /\b(ERR_\d{3}_\w+_OVER_RATE|OUT_OF_CALL_VOLUME_QUOTA)\b/i
const dayWords =
  /\b(daily|per[\s-]day|monthly|per[\s-]month)\b[^.]{0,40}\b(limit|quota|requests?|calls?)\b|\b(limit|quota|requests?|calls?)\b[^.]{0,40}\b(daily|per[\s-]day|for (?:the|this|your) day|today|monthly|per[\s-]month)\b|\b(account|developer) over rate\b|\bout of call volume quota\b/i
const rateCode = /\bERR_\d{3}_\w+_OVER_QPS\b|\bTOO_?MANY_?REQUESTS\b|\bRESOURCE_EXHAUSTED\b/i
const rateWords =
  /\bthrottl(?:ed|ing|e)\b|\brate[\s_-]?limit(?:s|ed|ing)?\b|\bover (?:the )?(?:qps|rate|queries per second)\b|\btoo many requests\b|\bquota\b[^.]{0,40}\b(?:exceeded|exhausted|reached|used up|violation|spent)\b|\b(?:exceed(?:s|ed|ing)?|exhausted|reached|used up|out of)\b[^.]{0,40}\bquota\b|\b(?:requests?|queries|calls) per (?:second|minute|hour)\b/i

export interface OverRateSources {
  readonly status: number
  readonly headers: Headers
  /** Codes of an OperationOutcome. */
  readonly reasonCodes: readonly string[]
  /** The body as text, or its message. */
  readonly text: string
}

/**
 * Which limit a 403 or 429 reports; undefined if it has another reason, e.g. a missing scope.
 *
 * @see https://developer.mashery.com/docs/read/mashery_api/20/Errors — API gateways answer 403 where others answer 429
 */
export function limitOf({
  status,
  headers,
  reasonCodes,
  text,
}: OverRateSources): Limit | undefined {
  const gatewayCode = headerOf(headers, 'x-mashery-error-code') ?? ''
  const codes = [gatewayCode, ...reasonCodes].join(' ')
  const searched = `${codes} ${headerOf(headers, 'x-error-detail-header') ?? ''} ${text}`
  const isRate =
    status === 429 ||
    dayCode.test(searched) ||
    rateCode.test(searched) ||
    rateWords.test(searched) ||
    reasonCodes.some((code) => /(^|\|)throttled$/.test(code)) ||
    headers['retry-after'] !== undefined ||
    ['x-ratelimit-remaining', 'x-rate-limit-remaining', 'ratelimit-remaining'].some(
      (name) => headerOf(headers, name) === '0',
    )
  if (!isRate) return undefined
  return dayCode.test(searched) || dayWords.test(searched) ? 'day' : 'rate'
}
