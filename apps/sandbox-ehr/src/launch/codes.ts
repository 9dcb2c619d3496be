import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { LaunchContext } from './launch-context.ts'
import type { LaunchFault } from './launch-faults.ts'

/** What a user allowed an app, until the app brings the code. */
export interface Grant {
  readonly clientId: string
  readonly redirectUri: string
  readonly codeChallenge: string
  readonly nonce: string | undefined
  readonly scopes: ReadonlySet<string>
  readonly context: LaunchContext
  readonly fault: LaunchFault | undefined
}

interface IssuedCode {
  readonly grant: Grant
  readonly expiresAt: number
  /** Set when it was used: what a second use revokes. */
  accessToken: string | undefined
}

export interface CodeExchange {
  readonly code: string
  readonly clientId: string
  readonly redirectUri: string
  readonly codeVerifier: string
}

const lifetimeMs = 60_000

/** Authorization codes: used once, for a minute, by the app, redirect URI and PKCE verifier that they were made for. */
export class Codes {
  readonly #clock: Clock
  readonly #issued = new Map<string, IssuedCode>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  issue(grant: Grant): string {
    const code = randomBytes(24).toString('base64url')
    const isLate = grant.fault?.kind === 'expired_code'
    this.#issued.set(code, {
      grant,
      expiresAt: this.#clock.now() + (isLate ? -1 : lifetimeMs),
      accessToken: grant.fault?.kind === 'used_code' ? '' : undefined,
    })
    return code
  }

  /**
   * Uses a code up. A second use revokes what the first one got, because one of the two is not the app.
   *
   * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2
   */
  redeem(
    { code, clientId, redirectUri, codeVerifier }: CodeExchange,
    tokens: { issue(grant: Grant): string; revoke(accessToken: string): void },
  ): { readonly grant: Grant; readonly accessToken: string } | { readonly fault: string } {
    const issued = this.#issued.get(code)
    if (issued?.grant.clientId !== clientId) return { fault: 'the code is unknown' }
    if (issued.accessToken !== undefined) {
      tokens.revoke(issued.accessToken)
      return { fault: 'the code was used before' }
    }
    if (issued.expiresAt <= this.#clock.now()) return { fault: 'the code has expired' }
    if (issued.grant.redirectUri !== redirectUri)
      return { fault: 'redirect_uri is not that of the authorization request' }
    if (!provesChallenge(codeVerifier, issued.grant.codeChallenge)) {
      // Whoever has the code is not the app.
      issued.accessToken = ''
      return { fault: 'code_verifier does not match' }
    }
    issued.accessToken = tokens.issue(issued.grant)
    return { grant: issued.grant, accessToken: issued.accessToken }
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc7636#section-4.6 */
function provesChallenge(verifier: string, challenge: string): boolean {
  if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier)) return false
  const computed = createHash('sha256').update(verifier).digest()
  const expected = Buffer.from(challenge, 'base64url')
  return expected.length === computed.length && timingSafeEqual(expected, computed)
}
