import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { isUnencrypted } from '../config/loopback.ts'
import { GatewayError } from '../errors.ts'
import type { OpenIdServer, SmallFetch } from '../openid/open-id-server.ts'
import type { EhrIssuer } from './ehr-issuer.ts'
import { refused } from './launch-errors.ts'

const address = z.url({ protocol: /^https?$/ })
const smartConfiguration = z.object({
  issuer: address.optional(),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address.optional(),
  code_challenge_methods_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
})
const openIdConfiguration = z.object({ issuer: address, jwks_uri: address })

const cacheMs = 3600 * 1000

/**
 * Reads an EHR's SMART configuration, once an hour. The address is the configured one, never one from a request.
 *
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html
 */
export class SignInEndpointsReader {
  readonly #fetch: SmallFetch
  readonly #clock: Clock
  readonly #found = new Map<
    EhrIssuer,
    { readonly endpoints: Promise<OpenIdServer>; readonly until: number }
  >()

  constructor({ fetch, clock }: { readonly fetch: SmallFetch; readonly clock: Clock }) {
    this.#fetch = fetch
    this.#clock = clock
  }

  /** @throws {LaunchRefused} launch_ehr_unavailable, launch_ehr_unusable */
  async of(issuer: EhrIssuer): Promise<OpenIdServer> {
    const now = this.#clock.now().getTime()
    const known = this.#found.get(issuer)
    if (known !== undefined && now < known.until) return known.endpoints
    const endpoints = this.#read(issuer)
    this.#found.set(issuer, { endpoints, until: now + cacheMs })
    try {
      return await endpoints
    } catch (error) {
      // The next launch asks again.
      if (this.#found.get(issuer)?.endpoints === endpoints) this.#found.delete(issuer)
      throw error
    }
  }

  async #read(issuer: EhrIssuer): Promise<OpenIdServer> {
    const base = `${issuer.fhirBaseUrl.replace(/\/$/, '')}/`
    const smart = await this.#document(`${base}.well-known/smart-configuration`, smartConfiguration)
    const challenges = smart.code_challenge_methods_supported
    if (challenges !== undefined && !challenges.includes('S256'))
      throw refused('launch_ehr_unusable', 'the EHR does not support PKCE with S256')
    const idTokenIssuer = issuer.idTokenIssuer ?? smart.issuer
    if (idTokenIssuer === undefined)
      throw refused('launch_ehr_unusable', 'the EHR names no issuer of id tokens')
    // A configured `iss` has its own keys, unless it is the one that the EHR names.
    const jwksUri =
      smart.jwks_uri !== undefined && idTokenIssuer === (smart.issuer ?? idTokenIssuer)
        ? smart.jwks_uri
        : await this.#keysOf(idTokenIssuer)
    const endpoints = {
      authorizationEndpoint: smart.authorization_endpoint,
      tokenEndpoint: smart.token_endpoint,
      jwksUri,
    }
    for (const [name, url] of Object.entries(endpoints))
      if (isUnencrypted(url))
        throw refused('launch_ehr_unusable', `the EHR names a ${name} over plain HTTP`)
    return {
      ...endpoints,
      issuer: idTokenIssuer,
      namesIssuer: smart.authorization_response_iss_parameter_supported === true,
    }
  }

  /** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation */
  async #keysOf(idTokenIssuer: string): Promise<string> {
    const url = `${idTokenIssuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const { issuer, jwks_uri: jwksUri } = await this.#document(url, openIdConfiguration)
    if (issuer !== idTokenIssuer)
      throw refused('launch_ehr_unusable', 'the OpenID configuration is of another issuer')
    return jwksUri
  }

  async #document<Shape>(url: string, shape: z.ZodType<Shape>): Promise<Shape> {
    if (isUnencrypted(url))
      throw refused('launch_ehr_unusable', 'the configuration of the EHR would go over plain HTTP')
    const { status, text } = await this.#get(url)
    if (status === 429 || status >= 500)
      throw refused('launch_ehr_unavailable', `the EHR's configuration answered ${status}`)
    if (status !== 200)
      throw refused('launch_ehr_unusable', `the EHR's configuration answered ${status}`)
    const parsed = shape.safeParse(toJson(text))
    if (parsed.success) return parsed.data
    const missing = parsed.error.issues.map(({ path }) => path.join('.') || 'the document')
    throw refused('launch_ehr_unusable', `the EHR's configuration has no ${missing.join(', ')}`)
  }

  async #get(url: string): Promise<{ readonly status: number; readonly text: string }> {
    try {
      const response = await this.#fetch(url, { headers: { accept: 'application/json' } })
      return { status: response.status, text: await response.text() }
    } catch (cause) {
      if (cause instanceof GatewayError)
        throw refused('launch_ehr_unavailable', cause.message, { cause })
      throw cause
    }
  }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
