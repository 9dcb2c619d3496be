import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { SmallFetch } from './open-id-server.ts'

const jwks = z.object({
  keys: z.array(
    z.looseObject({
      kty: z.string(),
      kid: z.string().optional(),
      use: z.string().optional(),
      alg: z.string().optional(),
    }),
  ),
})

interface ProviderKey {
  readonly kid: string | undefined
  readonly key: KeyObject
}

/** For how long what a provider publishes counts. */
const keptMs = 600_000
/** A token with an unknown key is no reason to ask more often: anybody can send one. */
const pauseMs = 60_000
const leastBits = 2048

/** The keys with which a provider signs by RS256. */
export class ProviderKeys {
  readonly #jwksUri: string
  readonly #fetch: SmallFetch
  readonly #clock: Pick<Clock, 'now'>
  #known: readonly ProviderKey[] = []
  #readAt = Number.NEGATIVE_INFINITY

  constructor(
    jwksUri: string,
    { fetch, clock }: { readonly fetch: SmallFetch; readonly clock: Pick<Clock, 'now'> },
  ) {
    this.#jwksUri = jwksUri
    this.#fetch = fetch
    this.#clock = clock
  }

  /**
   * Those that a token may be signed with; without `kid`, all.
   *
   * @throws {GatewayError} the provider does not answer
   */
  async for(kid: string | undefined): Promise<readonly KeyObject[]> {
    const age = this.#clock.now().getTime() - this.#readAt
    if (age > keptMs || (age > pauseMs && this.#find(kid).length === 0)) await this.#read()
    return this.#find(kid)
  }

  #find(kid: string | undefined): readonly KeyObject[] {
    return this.#known.filter((one) => kid === undefined || one.kid === kid).map(({ key }) => key)
  }

  async #read(): Promise<void> {
    const response = await this.#fetch(this.#jwksUri, { headers: { accept: 'application/json' } })
    const parsed = jwks.safeParse(
      response.status === 200 ? await response.json().catch(() => undefined) : undefined,
    )
    if (!parsed.success) return
    this.#readAt = this.#clock.now().getTime()
    this.#known = parsed.data.keys
      .filter(({ kty, use, alg }) => kty === 'RSA' && use !== 'enc' && (alg ?? 'RS256') === 'RS256')
      .flatMap((jwk) => {
        const key = toKey(jwk)
        return key === undefined ? [] : [{ kid: jwk.kid, key }]
      })
  }
}

/** Undefined if it is no key, or too short to count. */
function toKey(jwk: JsonWebKey): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= leastBits ? key : undefined
  } catch {
    return undefined
  }
}
