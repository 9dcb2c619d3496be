import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { ClientKeys } from './client.ts'

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** The maximum. @see https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html */
const maxLifetimeSeconds = 300
const jwksTimeoutMs = 5000
const maxJwksBytes = 1024 * 1024

interface Parts {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  readonly signed: string
  readonly signature: Buffer
}

/** The client id stated in an assertion, unverified. */
export function claimedClientId(assertion: string): string | undefined {
  const subject = partsOf(assertion)?.claims['sub']
  return typeof subject === 'string' ? subject : undefined
}

/**
 * Checks the assertions of `private_key_jwt`: algorithm, key, audience, lifetime, and that each is used once.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7523#section-3
 */
export class ClientAssertions {
  readonly #clock: Clock
  readonly #used = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Why it is refused; undefined if it is valid. */
  async fault(
    assertion: string,
    client: { readonly clientId: string; readonly keys: ClientKeys | undefined },
    tokenUrl: string,
  ): Promise<string | undefined> {
    const parts = partsOf(assertion)
    if (parts === undefined) return 'the client_assertion is not a JWT'
    const { header, claims } = parts
    const { alg, kid } = header
    if (alg !== 'RS384' && alg !== 'ES384') return 'alg must be RS384 or ES384'
    if (typeof kid !== 'string') return 'kid is missing'
    const claimFault = this.#claimFault(claims, client.clientId, tokenUrl)
    if (claimFault !== undefined) return claimFault
    const keys = await keysOf(client.keys)
    if (keys === undefined) return 'the keys of the client cannot be read'
    const key = keys.find((one) => one['kid'] === kid)
    if (key === undefined) return `no key ${kid} is registered`
    if (!isSignedBy(key, alg, parts)) return 'the signature is wrong'
    return this.#use(`${client.clientId} ${String(claims['jti'])}`, Number(claims['exp']))
      ? undefined
      : 'this jti was used before'
  }

  #claimFault(claims: Parts['claims'], clientId: string, tokenUrl: string): string | undefined {
    const { iss, sub, aud, exp, nbf, jti } = claims
    const nowSeconds = this.#clock.now() / 1000
    if (iss !== clientId || sub !== clientId) return 'iss and sub must be the client id'
    if (![aud].flat().includes(tokenUrl)) return 'aud must be the URL of the token endpoint'
    if (typeof exp !== 'number' || exp <= nowSeconds) return 'exp is missing or past'
    if (exp > nowSeconds + maxLifetimeSeconds)
      return `exp is more than ${maxLifetimeSeconds} s ahead`
    if (typeof nbf === 'number' && nbf > nowSeconds) return 'nbf is in the future'
    return typeof jti === 'string' && jti !== '' ? undefined : 'jti is missing'
  }

  #use(key: string, expiresAtSeconds: number): boolean {
    const nowSeconds = this.#clock.now() / 1000
    for (const [used, until] of this.#used) if (until <= nowSeconds) this.#used.delete(used)
    if (this.#used.has(key)) return false
    this.#used.set(key, expiresAtSeconds)
    return true
  }
}

function partsOf(assertion: string): Parts | undefined {
  const [header, claims, signature, ...rest] = assertion.split('.')
  if (header === undefined || claims === undefined || signature === undefined || rest.length > 0)
    return undefined
  try {
    const read = (text: string) =>
      JSON.parse(Buffer.from(text, 'base64url').toString()) as Parts['claims']
    return {
      header: read(header),
      claims: read(claims),
      signed: `${header}.${claims}`,
      signature: Buffer.from(signature, 'base64url'),
    }
  } catch {
    return undefined
  }
}

function isSignedBy(
  jwk: JsonWebKey,
  alg: 'RS384' | 'ES384',
  { signed, signature }: Parts,
): boolean {
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    if (key.asymmetricKeyType !== (alg === 'RS384' ? 'rsa' : 'ec')) return false
    if (alg === 'ES384' && jwk.crv !== 'P-384') return false
    // JWS encodes elliptic curve signatures as two numbers, not as DER.
    const checked = alg === 'ES384' ? { key, dsaEncoding: 'ieee-p1363' as const } : key
    return verify('sha384', Buffer.from(signed), checked, signature)
  } catch {
    return false
  }
}

async function keysOf(keys: ClientKeys | undefined): Promise<readonly JsonWebKey[] | undefined> {
  if (keys?.jwksUrl === undefined) return keys?.jwks?.keys
  const { hostname } = new URL(keys.jwksUrl)
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return undefined
  try {
    const response = await fetch(keys.jwksUrl, { signal: AbortSignal.timeout(jwksTimeoutMs) })
    const text = await response.text()
    if (!response.ok || text.length > maxJwksBytes) return undefined
    const read = (JSON.parse(text) as { readonly keys?: unknown }).keys
    return Array.isArray(read) ? (read as readonly JsonWebKey[]) : undefined
  } catch {
    return undefined
  }
}
