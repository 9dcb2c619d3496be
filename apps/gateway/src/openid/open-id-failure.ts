import * as openid from 'openid-client'
import { GatewayError } from '../errors.ts'

/** Why nobody is signed in. */
export interface OpenIdFailure {
  readonly outcome: 'failed'
  /**
   * `denied`: the server sent the browser back without a code. `unavailable`: there is no answer, or the server has an error.
   * `code_refused`: the token endpoint refused the code. `untrusted`: what it sent is not valid.
   */
  readonly fault: 'denied' | 'unavailable' | 'code_refused' | 'untrusted'
  /** For the log, as the end of a sentence: codes and names of claims, never a token or the value of a claim. */
  readonly reason: string
  readonly cause?: unknown
}

export const failed = (
  fault: OpenIdFailure['fault'],
  reason: string,
  cause?: unknown,
): OpenIdFailure => ({
  outcome: 'failed',
  fault,
  reason,
  ...(cause === undefined ? {} : { cause }),
})

/** Messages of the library may quote a token, so only its codes and the claim's name are kept. Undefined: not a failure of a sign-in. */
export function toFailure(error: unknown): OpenIdFailure | undefined {
  if (error instanceof openid.AuthorizationResponseError)
    return failed('denied', `it answered ${safe(error.error)}`)
  if (error instanceof openid.ResponseBodyError)
    return isTemporary(error.status)
      ? failed('unavailable', `it answered ${error.status}`)
      : failed('code_refused', `its token endpoint answered ${safe(error.error)}`)
  if (error instanceof openid.WWWAuthenticateChallengeError)
    return failed('code_refused', `it answered ${error.status}`)
  const causes = causesOf(error)
  const unreachable = causes.find((one) => one instanceof GatewayError)
  if (unreachable !== undefined) return failed('unavailable', unreachable.message, unreachable)
  const answer = causes.find((one) => one instanceof Response)
  if (answer !== undefined && isTemporary(answer.status))
    return failed('unavailable', `it answered ${answer.status}`)
  if (!(error instanceof openid.ClientError)) return undefined
  const claim = causes.map(claimOf).find((name) => name !== undefined)
  return failed(
    'untrusted',
    `what it sent does not hold (${error.code ?? 'unknown'}${claim === undefined ? '' : `, claim ${safe(claim)}`})`,
  )
}

const isTemporary = (status: number) => status === 429 || status >= 500

function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = []
  for (let one = error; isObject(one) && causes.length < 5; one = one['cause']) causes.push(one)
  return causes
}

const claimOf = (cause: unknown): string | undefined =>
  isObject(cause) && typeof cause['claim'] === 'string' ? cause['claim'] : undefined

const safe = (code: string): string =>
  /^[A-Za-z0-9_.-]{1,60}$/.test(code) ? code : 'something unreadable'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
