import type { GatewayError } from '../../errors.ts'
import {
  EhrMalformedError,
  EhrRateLimitedError,
  EhrTokenEndpointError,
  EhrUnauthorizedError,
  EhrUnavailableError,
} from '../fhir-errors.ts'
import type { SmallAnswer } from './small-answer.ts'

export interface GrantedToken {
  readonly text: string
  readonly lifetimeMs: number
  /** Undefined if the answer names none: then all requested scopes were granted. */
  readonly scopes: readonly string[] | undefined
}

export interface TokenAnswerContext {
  readonly now: Date
  /** What an operator should check after a refusal, as in `Ehr.ClientId and Ehr.ClientSecret`. */
  readonly keysToCheck: string
  /** A key of the section `Ehr` as the operator wrote it. */
  keyName(key: string): string
}

const what = "the EHR's token endpoint"
/** Used if the answer has no valid lifetime. A token that expires earlier is renewed when it is refused. */
const assumedLifetimeMs = 300_000
const minLifetimeMs = 1000
const maxLifetimeMs = 24 * 3600 * 1000
const maxWaitMs = 3600 * 1000
/** A smaller difference does not explain a refused assertion. */
const notableClockDifferenceMs = 30_000

/**
 * Reads the token from an answer of the token endpoint.
 *
 * @throws {EhrUnauthorizedError} 400, 401, 403, or a success that carries an OAuth error
 * @throws {EhrTokenEndpointError} a redirect or another 4xx: this is not the token endpoint
 * @throws {EhrRateLimitedError} 429
 * @throws {EhrUnavailableError} 408, 425, 5xx
 * @throws {EhrMalformedError} a success without a usable token
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5
 */
export function readTokenAnswer(answer: SmallAnswer, context: TokenAnswerContext): GrantedToken {
  const { status } = answer
  const fields = parseObject(answer.body)
  if (status < 200 || status >= 300) throw refusalOf(answer, fields, context)
  if (fields === undefined) throw new EhrMalformedError(`${what} answered ${status} without JSON`)
  const { access_token: text, token_type: type, expires_in: expiresIn, scope } = fields
  if (text === undefined && typeof fields['error'] === 'string')
    throw unauthorized(answer, fields, context)
  // The token is sent in a header, so other characters would break the request.
  if (typeof text !== 'string' || !/^[\x21-\x7E]+$/.test(text))
    throw new EhrMalformedError(`${what} answered ${status} without a usable access_token`)
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer')
    throw new EhrMalformedError(`${what} gave a token whose token_type is not Bearer`)
  return { text, lifetimeMs: lifetimeOf(expiresIn), scopes: scopesOf(scope) }
}

/** The wait that the server asks for, at most an hour; undefined if it asks for none. */
export function waitOf(answer: SmallAnswer, now: Date): number | undefined {
  const header = answer.headers['retry-after']
  if (typeof header !== 'string' || header.trim() === '') return undefined
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - now.getTime()
  return Number.isNaN(ms) || ms < 0 ? undefined : Math.min(ms, maxWaitMs)
}

function refusalOf(
  answer: SmallAnswer,
  fields: Readonly<Record<string, unknown>> | undefined,
  context: TokenAnswerContext,
): GatewayError {
  const { status } = answer
  const retryAfterMs = waitOf(answer, context.now)
  if (status === 400 || status === 401 || status === 403)
    return unauthorized(answer, fields, context)
  if (status === 429)
    return new EhrRateLimitedError(`${what} answered 429: too many requests`, { retryAfterMs })
  if (status >= 500 || status === 408 || status === 425)
    return new EhrUnavailableError(`${what} answered ${status}`, { retryAfterMs })
  if (status >= 300 && status < 400) {
    return new EhrTokenEndpointError(
      `${what} answered ${status}, a redirect${targetOf(answer)}, which is not followed with a secret; check ${context.keyName('TokenEndpoint')}`,
    )
  }
  return new EhrTokenEndpointError(
    `${what} answered ${status}; check ${context.keyName('TokenEndpoint')}`,
  )
}

function unauthorized(
  answer: SmallAnswer,
  fields: Readonly<Record<string, unknown>> | undefined,
  { now, keysToCheck }: TokenAnswerContext,
): EhrUnauthorizedError {
  const code = oauthCodeOf(answer, fields)
  return new EhrUnauthorizedError(
    `${what} refused us (${answer.status}${code === undefined ? '' : ` ${code}`}); check ${keysToCheck}${clockHint(answer, now)}`,
  )
}

/** The OAuth error code from the body, or else from the challenge. Only values in the form of a code: the rest may quote the request. */
function oauthCodeOf(
  { headers }: SmallAnswer,
  fields: Readonly<Record<string, unknown>> | undefined,
): string | undefined {
  const challenge = /\berror="([^"]*)"/i.exec(String(headers['www-authenticate'] ?? ''))?.[1]
  return [fields?.['error'], challenge].find(
    (code): code is string =>
      typeof code === 'string' && /^[a-z]{1,30}(_[a-z]{1,30}){1,5}$/.test(code),
  )
}

/** If the clocks differ by minutes, an assertion is refused without a clear reason. */
function clockHint({ headers }: SmallAnswer, now: Date): string {
  const differenceMs = Date.parse(String(headers['date'])) - now.getTime()
  return Math.abs(differenceMs) > notableClockDifferenceMs
    ? `; its clock differs from ours by ${Math.round(differenceMs / 1000)} s`
    : ''
}

/** Only the origin: the path or query may contain what was sent. */
function targetOf({ headers }: SmallAnswer): string {
  const location = headers['location']
  return typeof location === 'string' && URL.canParse(location)
    ? ` to ${new URL(location).origin}`
    : ''
}

function lifetimeOf(expiresIn: unknown): number {
  const seconds =
    typeof expiresIn === 'string' && expiresIn.trim() !== '' ? Number(expiresIn) : expiresIn
  if (typeof seconds !== 'number' || Number.isNaN(seconds) || seconds <= 0) return assumedLifetimeMs
  return Math.min(Math.max(seconds * 1000, minLifetimeMs), maxLifetimeMs)
}

/** One text with spaces; some servers send a list. */
function scopesOf(scope: unknown): readonly string[] | undefined {
  const texts = Array.isArray(scope) ? scope : [scope]
  if (!texts.every((one) => typeof one === 'string')) return undefined
  return texts
    .join(' ')
    .split(/\s+/)
    .filter((one) => one !== '')
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : undefined
  } catch {
    return undefined
  }
}
