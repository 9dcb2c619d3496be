import { createHmac } from 'node:crypto'
import type { SignInSecrets } from '../openid/open-id-connection.ts'

/** 256 bits in base64url. */
export const isSecret = (text: string | undefined): text is string =>
  text !== undefined && /^[A-Za-z0-9_-]{43}$/.test(text)

/**
 * What binds a launch to the browser in which it began. The browser keeps one random secret in a cookie; the PKCE verifier and the nonce
 * are computed from it and the state. So nothing in the database lets somebody else finish a launch.
 */
export function secretsOf(browserSecret: string, state: string): SignInSecrets {
  const derived = (purpose: string) =>
    createHmac('sha256', browserSecret).update(`${purpose} ${state}`).digest('base64url')
  return { state, codeVerifier: derived('code verifier'), nonce: derived('nonce') }
}
