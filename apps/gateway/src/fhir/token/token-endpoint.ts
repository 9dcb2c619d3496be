import type { Dispatcher } from 'undici'
import type { Clock } from '../../clock.ts'
import { GatewayError } from '../../errors.ts'
import { isUnencrypted } from '../../config/loopback.ts'
import { EhrTokenEndpointError, EhrUnavailableError } from '../fhir-errors.ts'
import type { ClientAuthentication } from '../profiles/ehr-profile.ts'
import { exchangeSmall } from './small-answer.ts'

export interface TokenEndpointOptions {
  /** If set, discovery is skipped. */
  readonly configured: string | undefined
  readonly fhirBaseUrl: string
  readonly allowPlainHttp: boolean
  readonly method: ClientAuthentication
  /** The algorithm of our assertions; undefined if a secret is sent. */
  readonly algorithm: string | undefined
  readonly timeoutMs: number
  /** A key of the section `Ehr` as the operator wrote it. */
  keyName(key: string): string
  readonly dispatcher: Dispatcher
  readonly clock: Clock
}

/** The token endpoint in a discovery document. Lists that the document does not have are undefined. */
interface Discovered {
  readonly tokenEndpoint: string
  readonly methods: readonly string[] | undefined
  readonly algorithms: readonly string[] | undefined
}

const cacheMs = 3600 * 1000
const maxConfigurationBytes = 256 * 1024
/** A CapabilityStatement lists every search parameter of every type. */
const maxCapabilityBytes = 4 * 1024 * 1024
const oauthUris = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris'

/**
 * Finds the token endpoint: the configured one, or discovered from the FHIR server once an hour.
 *
 * @see https://hl7.org/fhir/smart-app-launch/conformance.html
 */
export class TokenEndpoint {
  readonly #options: TokenEndpointOptions
  #found: { readonly tokenEndpoint: string; readonly until: number } | undefined

  constructor(options: TokenEndpointOptions) {
    this.#options = options
  }

  /**
   * @throws {EhrTokenEndpointError} none was found, it cannot be used, or it does not support our client authentication
   * @throws transient errors if the FHIR server is unavailable
   */
  async find(): Promise<string> {
    const { configured, clock } = this.#options
    if (configured !== undefined) return configured
    const now = clock.now().getTime()
    if (this.#found !== undefined && now < this.#found.until) return this.#found.tokenEndpoint
    const discovered = await this.#discover()
    this.#refuseUnusable(discovered)
    this.#found = { tokenEndpoint: discovered.tokenEndpoint, until: now + cacheMs }
    return discovered.tokenEndpoint
  }

  /** The discovered endpoint does not work: the next `find` discovers it again. */
  forget(): void {
    this.#found = undefined
  }

  async #discover(): Promise<Discovered> {
    const configuration = await this.#read(
      '.well-known/smart-configuration',
      maxConfigurationBytes,
      fromConfiguration,
    )
    if (configuration.found !== undefined) return configuration.found
    const capability = await this.#read('metadata', maxCapabilityBytes, fromCapabilityStatement)
    if (capability.found !== undefined) return capability.found
    const failure = configuration.failure ?? capability.failure
    if (failure !== undefined) throw failure
    throw new EhrTokenEndpointError(
      `the EHR names no token endpoint, neither in .well-known/smart-configuration nor in metadata; set ${this.#options.keyName('TokenEndpoint')}`,
    )
  }

  /** Neither property is set if the document exists and names no token endpoint. */
  async #read(
    path: string,
    maxBytes: number,
    parse: (document: unknown) => Discovered | undefined,
  ): Promise<{ readonly found?: Discovered | undefined; readonly failure?: GatewayError }> {
    const { fhirBaseUrl, timeoutMs, dispatcher, keyName } = this.#options
    const what = `the EHR's ${path}`
    try {
      const { status, body } = await exchangeSmall({
        method: 'GET',
        url: new URL(path, fhirBaseUrl.endsWith('/') ? fhirBaseUrl : `${fhirBaseUrl}/`).href,
        headers: { accept: 'application/json, application/fhir+json' },
        maxBytes,
        timeoutMs,
        dispatcher,
        what,
        check: `${keyName('FhirBaseUrl')}, or set ${keyName('TokenEndpoint')}`,
        keyName,
      })
      if (status === 429 || status >= 500)
        return { failure: new EhrUnavailableError(`${what} answered ${status}`) }
      return status === 200 ? { found: parse(parsed(body)) } : {}
    } catch (error) {
      if (error instanceof GatewayError) return { failure: error }
      throw error
    }
  }

  #refuseUnusable({ tokenEndpoint, methods, algorithms }: Discovered): void {
    const { method, algorithm, allowPlainHttp, keyName } = this.#options
    if (!allowPlainHttp && isUnencrypted(tokenEndpoint)) {
      throw new EhrTokenEndpointError(
        `the token endpoint that the EHR names is plain HTTP, so our credentials would be sent unencrypted; set ${keyName('TokenEndpoint')}`,
      )
    }
    if (methods !== undefined && !methods.includes(method)) {
      throw new EhrTokenEndpointError(
        `the EHR's token endpoint accepts ${listed(methods)}, but ${method} is configured; set ${keyName('ClientAuthentication')}`,
      )
    }
    if (algorithm !== undefined && algorithms !== undefined && !algorithms.includes(algorithm)) {
      throw new EhrTokenEndpointError(
        `the EHR's token endpoint accepts assertions signed with ${listed(algorithms)}, but our key is for ${algorithm}; create another with npx authscript ehr-key`,
      )
    }
  }
}

function fromConfiguration(document: unknown): Discovered | undefined {
  const tokenEndpoint = usableUrl(field(document, 'token_endpoint'))
  return tokenEndpoint === undefined
    ? undefined
    : {
        tokenEndpoint,
        methods: texts(field(document, 'token_endpoint_auth_methods_supported')),
        algorithms: texts(field(document, 'token_endpoint_auth_signing_alg_values_supported')),
      }
}

function fromCapabilityStatement(document: unknown): Discovered | undefined {
  const uris = listAt(document, 'rest')
    .flatMap((rest) => listAt(field(rest, 'security'), 'extension'))
    .filter((extension) => field(extension, 'url') === oauthUris)
    .flatMap((extension) => listAt(extension, 'extension'))
  const tokenEndpoint = uris
    .filter((extension) => field(extension, 'url') === 'token')
    .map((extension) => usableUrl(field(extension, 'valueUri')))
    .find((url) => url !== undefined)
  return tokenEndpoint === undefined
    ? undefined
    : { tokenEndpoint, methods: undefined, algorithms: undefined }
}

/** Only short names of methods and algorithms; anything else from the answer must not be logged. */
function listed(names: readonly string[]): string {
  const shown = names.filter((name) => /^[\w-]{1,40}$/.test(name)).slice(0, 10)
  return shown.length === 0 ? 'no known values' : shown.join(', ')
}

function usableUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined
  const { protocol, username, password, href } = new URL(value)
  return /^https?:$/.test(protocol) && username === '' && password === '' ? href : undefined
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')
    ? value
    : undefined
}

function listAt(value: unknown, name: string): readonly unknown[] {
  const list = field(value, name)
  return Array.isArray(list) ? list : []
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  // Any object may be asked for a member by name.
  return (value as Readonly<Record<string, unknown>>)[name]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
