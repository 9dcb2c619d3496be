import { verify } from 'node:crypto'
import { z } from 'zod'
import { GatewayError } from '../errors.ts'
import { failed, type OpenIdFailure } from './open-id-failure.ts'
import type { ProviderKeys } from './provider-keys.ts'

/** A provider says that a person has signed out there. */
export interface LogoutNotice {
  readonly outcome: 'read'
  readonly issuer: string
  /** Of this token: the same one counts once. */
  readonly tokenId: string
  /** At least one of the two. */
  readonly subject: string | undefined
  readonly sid: string | undefined
}

export interface LogoutTokenChecks {
  readonly issuer: string
  readonly clientId: string
  readonly toleranceSeconds: number
  readonly keys: ProviderKeys
  readonly now: Date
}

const event = 'http://schemas.openid.net/event/backchannel-logout'
/** A provider makes it when it sends it. An older one is a copy, or says nothing of now. */
export const maxLogoutTokenAgeSeconds = 600

const header = z.looseObject({
  alg: z.literal('RS256'),
  kid: z.string().optional(),
  typ: z
    .string()
    .regex(/^(?:application\/)?(?:logout\+jwt|jwt)$/i)
    .optional(),
  crit: z.undefined().optional(),
})
const id = z.string().min(1).max(500)
const claims = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  iat: z.number(),
  exp: z.number(),
  jti: id,
  events: z.looseObject({ [event]: z.looseObject({}) }),
  sub: id.optional(),
  sid: id.optional(),
  nonce: z.undefined().optional(),
})

/**
 * Checks a logout token: signature, issuer, audience, times, event, that it names a person or a session, and that it is no id token.
 *
 * @see https://openid.net/specs/openid-connect-backchannel-1_0.html#Validation
 */
export async function readLogoutToken(
  token: string,
  { issuer, clientId, toleranceSeconds, keys, now }: LogoutTokenChecks,
): Promise<LogoutNotice | OpenIdFailure> {
  const [head = '', body = '', signature = '', ...others] = token.split('.')
  const headed = header.safeParse(fromBase64Url(head))
  const said = claims.safeParse(fromBase64Url(body))
  if (others.length > 0 || !headed.success) return failed('untrusted', 'it is no token by RS256')
  if (!said.success) return failed('untrusted', `it lacks ${missingOf(said.error)}`)
  try {
    const signed = Buffer.from(`${head}.${body}`)
    const bytes = Buffer.from(signature, 'base64url')
    const known = await keys.for(headed.data.kid)
    if (!known.some((key) => verify('RSA-SHA256', signed, key, bytes)))
      return failed('untrusted', 'its signature is of none of the keys of the provider')
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return failed('unavailable', error.message, error)
  }
  const { iss, aud, iat, exp, jti, sub, sid } = said.data
  const seconds = now.getTime() / 1000
  if (iss !== issuer) return failed('untrusted', 'it is of another issuer')
  if (![aud].flat().includes(clientId)) return failed('untrusted', 'it is for another client')
  if (iat > seconds + toleranceSeconds || exp <= seconds - toleranceSeconds)
    return failed('untrusted', 'it is not valid now; compare the clocks')
  if (iat < seconds - maxLogoutTokenAgeSeconds - toleranceSeconds)
    return failed('untrusted', 'it is too old')
  if (sub === undefined && sid === undefined)
    return failed('untrusted', 'it names neither a person nor a session')
  return { outcome: 'read', issuer: iss, tokenId: jti, subject: sub, sid }
}

const missingOf = ({ issues }: z.ZodError): string =>
  issues.map(({ path }) => String(path[0] ?? 'claims')).join(', ')

function fromBase64Url(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
