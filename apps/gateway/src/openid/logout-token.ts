import { z } from 'zod'
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

/** Providers name the type or leave it out; a token of another type was made for something else. */
const header = z.looseObject({
  typ: z
    .string()
    .regex(/^(?:application\/)?(?:logout\+jwt|jwt)$/i)
    .optional(),
})
const id = z.string().min(1).max(500)
const claims = z.looseObject({
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
  const verified = await keys.verify(token, {
    issuer,
    audience: clientId,
    clockTolerance: toleranceSeconds,
    currentDate: now,
    maxTokenAge: maxLogoutTokenAgeSeconds,
    requiredClaims: ['exp'],
  })
  if (verified.outcome === 'failed') return verified
  if (!header.safeParse(verified.header).success)
    return failed('untrusted', 'it is a token of another type')
  const read = claims.safeParse(verified.claims)
  if (!read.success) return failed('untrusted', `its claims do not hold: ${namesIn(read.error)}`)
  const { jti, sub, sid } = read.data
  if (sub === undefined && sid === undefined)
    return failed('untrusted', 'it names neither a person nor a session')
  return { outcome: 'read', issuer, tokenId: jti, subject: sub, sid }
}

const namesIn = ({ issues }: z.ZodError): string =>
  issues.map(({ path }) => String(path[0] ?? 'claims')).join(', ')
