import type { Clock } from '../../clock.ts'
import { GatewayError } from '../../errors.ts'
import { AccessToken, type EhrAccess } from '../token/access-token.ts'
import {
  EhrBadRequestError,
  EhrMalformedError,
  EhrQuotaExhaustedError,
  EhrRateLimitedError,
  EhrUnavailableError,
} from '../fhir-errors.ts'
import { type Answer, type Headers, headerOf } from './answer/answer.ts'
import { errorOf } from './answer/answer-error.ts'
import { issuesOf, reasonCodesOf } from './answer/operation-outcome.ts'
import { createTransport, type EhrTransport } from './ehr-transport.ts'
import { exchange, type OutgoingRequest, SlotExpired } from './exchange.ts'
import type { FhirRequest } from './fhir-request.ts'
import {
  type JsonObject,
  type ParsedResource,
  parseResource,
  type Resource,
} from './parse-resource.ts'
import { type Addresses, toBase } from './own-address.ts'
import { readAllPages, type SearchResult } from './paging.ts'
import { redirectOf } from './redirect.ts'
import { withLocalReferences } from '../to-clinical-bundle/local-references.ts'
import type { EhrAnswer, EhrExchange } from '../documents/ehr-http.ts'
import type { EhrSettings } from '../ehr-settings.ts'
import type { RateBudget, Slot } from '../rate/rate-budget.ts'

/** One request to the EHR, for metrics: no ids. */
export interface EhrMetric {
  readonly resourceType: string
  readonly durationMs: number
  readonly status?: number
  readonly errorCode?: string
  /** The message of the error: no ids. */
  readonly reason?: string
}

export interface FhirClientDependencies {
  readonly clock: Clock
  /** All requests for one client id share one budget. Its creator stops it. */
  readonly budget: RateBudget
  /** The circuit breaker around each request. */
  guard<Result>(call: () => Promise<Result>): Promise<Result>
  onRequest?(metric: EhrMetric): void
  /** The headers of every answer, with any status. */
  onAnswer?(headers: Headers): void
  /** The EHR granted fewer scopes than requested. */
  onMissingScopes?(scopes: readonly string[]): void
  /** How a request for a token ended: undefined when it was granted. */
  onToken?(error: unknown): void
}

export interface FhirSearch extends FhirRequest {
  /** Keeps the pages before a transient failure instead of failing: for the last attempt. @default false */
  readonly keepPartial?: boolean
  /** Reads only one page, even if it has a next link. @default false */
  readonly firstPageOnly?: boolean
  /** Maximum pages, if lower than the configured limit. */
  readonly maxPages?: number
}

type Sending = Pick<OutgoingRequest, 'method' | 'what'> &
  Partial<Pick<OutgoingRequest, 'body' | 'maxBytes' | 'bodyIsOptional' | 'onSent'>> & {
    readonly accept?: string
    readonly contentType?: string
    readonly headers?: Readonly<Record<string, string>>
  }

const jsonAccept = 'application/fhir+json, application/json;q=0.9'
/** The pause if the EHR answers "too many requests" without saying how long to wait. */
const defaultPauseMs = 1000

/**
 * FHIR R4 over HTTP. Each request passes the rate budget, the circuit breaker, the token and the limits. The client does not retry,
 * except once with a new token: retries are the task's policy. Messages contain the resource type, the status, and host and port; never
 * a path or a query.
 */
export class FhirClient {
  readonly #settings: EhrSettings
  readonly #dependencies: FhirClientDependencies
  readonly #transport: EhrTransport
  readonly #token: AccessToken
  readonly #addresses: Addresses

  constructor(settings: EhrSettings, dependencies: FhirClientDependencies) {
    const { fhirBaseUrl, publicBaseUrl, requestTimeoutMs } = settings
    this.#settings = settings
    this.#dependencies = dependencies
    this.#addresses = {
      own: toBase(fhirBaseUrl),
      named: publicBaseUrl === undefined ? undefined : toBase(publicBaseUrl),
    }
    this.#transport = createTransport(settings.transport)
    this.#token = new AccessToken({
      ...settings,
      timeoutMs: requestTimeoutMs,
      dispatcher: this.#transport.dispatcher,
      onMissingScopes: (scopes) => dependencies.onMissingScopes?.(scopes),
      onToken: (error) => dependencies.onToken?.(error),
      clock: dependencies.clock,
    })
  }

  get access(): EhrAccess {
    return this.#token
  }

  /**
   * Reads one resource by id, of up to `maxBytes`.
   *
   * @default maxBytes the client's limit on an answer
   * @throws {EhrTooLargeError} more than `maxBytes`; reading stopped there
   */
  async read(id: string, options: FhirRequest & { readonly maxBytes?: number }): Promise<Resource> {
    const what = `reading ${options.resourceType}`
    const { maxBytes = this.#settings.limits.maxBodyBytes } = options
    const answer = await this.#send(this.#urlOf(id, options), options, {
      method: 'GET',
      what,
      maxBytes,
    })
    const { resource } = this.#parse(answer, what)
    if (resource.resourceType !== options.resourceType) throw unexpected(resource, what)
    return resource
  }

  /** The server's CapabilityStatement. */
  async readStatement(options: Omit<FhirRequest, 'resourceType'>): Promise<JsonObject> {
    const request = { ...options, resourceType: 'metadata' }
    const what = 'reading metadata'
    const answer = await this.#send(this.#url('metadata', {}, request), request, {
      method: 'GET',
      what,
    })
    return this.#parse(answer, what).resource
  }

  /**
   * Reads the bytes of a Binary, with their content type.
   *
   * @throws {EhrTooLargeError} more than `maxBytes`; reading stopped there
   */
  async readBinary(
    id: string,
    maxBytes: number,
    options: FhirRequest,
  ): Promise<{ readonly contentType: string; readonly data: Buffer }> {
    const url = this.#urlOf(id, { ...options, resourceType: 'Binary' })
    const { headers, body } = await this.#send(url, options, {
      method: 'GET',
      what: 'reading Binary',
      accept: '*/*',
      maxBytes: Math.min(maxBytes, this.#settings.limits.maxBodyBytes),
    })
    return {
      contentType: headerOf(headers, 'content-type') ?? 'application/octet-stream',
      data: body,
    }
  }

  /** All pages of a search, or the first `maxPages` of them. */
  search(query: Readonly<Record<string, string>>, options: FhirSearch): Promise<SearchResult> {
    const what = `searching ${options.resourceType}`
    const { limits, pageSize } = this.#settings
    const sized = pageSize === undefined ? query : { ...query, _count: String(pageSize) }
    return readAllPages({
      first: this.#url(options.resourceType, sized, options),
      resourceType: options.resourceType,
      addresses: this.#addresses,
      limits: {
        ...limits,
        maxPages: Math.min(limits.maxPages, options.maxPages ?? limits.maxPages),
      },
      keepPartial: options.keepPartial ?? false,
      firstPageOnly: options.firstPageOnly ?? false,
      read: async (url) => {
        const pageUrl = this.#withPractice(url, options.practiceId)
        const answer = await this.#send(pageUrl, options, { method: 'GET', what })
        const { resource: bundle, nodes } = this.#parse(answer, what)
        if (bundle.resourceType !== 'Bundle') throw unexpected(bundle, what)
        return { bundle, nodes, bytes: answer.body.byteLength }
      },
    })
  }

  /** A URL under the base, with the practice parameter of the profile. */
  url(path: string, query: Readonly<Record<string, string>>, practiceId: string | undefined): URL {
    return this.#url(path, query, { practiceId })
  }

  /**
   * Sends one request unchanged, for the document writers, and returns its 2xx answer. After a POST the body is empty if it cannot be
   * read, because the POST took effect.
   */
  async exchange(exchange: EhrExchange, options: FhirRequest): Promise<EhrAnswer> {
    const { method, url, ...sending } = exchange
    const { status, headers, body } = await this.#send(url, options, {
      ...sending,
      method,
      what: `${method === 'GET' ? 'reading' : 'creating'} ${options.resourceType}`,
      bodyIsOptional: method === 'POST',
    })
    return {
      status,
      body,
      contentType: headerOf(headers, 'content-type') ?? '',
      location: headerOf(headers, 'location'),
      contentLocation: headerOf(headers, 'content-location'),
    }
  }

  async close(): Promise<void> {
    await this.#transport.close()
  }

  /** @throws {EhrBadRequestError} an id that would lead to another path */
  #urlOf(id: string, options: FhirRequest): URL {
    if (/^\.{0,2}$/.test(id))
      throw new EhrBadRequestError(
        `reading ${options.resourceType}: the id is empty or consists of dots`,
      )
    return this.#url(`${options.resourceType}/${encodeURIComponent(id)}`, {}, options)
  }

  #url(
    path: string,
    query: Readonly<Record<string, string>>,
    { practiceId }: Pick<FhirRequest, 'practiceId'>,
  ): URL {
    const url = new URL(path, this.#addresses.own)
    for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value)
    return this.#withPractice(url, practiceId)
  }

  /** Some EHRs require the practice on every request, including next links. The profile decides how its value is written. */
  #withPractice(url: URL, practiceId: string | undefined): URL {
    const { practiceParameter } = this.#settings.profile
    if (practiceParameter === undefined || practiceId === undefined) return url
    const { name, value } = practiceParameter
    const practice = `${name}=${value.replace('{practiceId}', encodeURIComponent(practiceId))}`
    const others = url.search
      .slice(1)
      .split('&')
      .filter((part) => part !== '' && !part.startsWith(`${name}=`))
    const next = new URL(url)
    next.search = [...others, practice].join('&')
    return next
  }

  #parse(answer: Answer, what: string): ParsedResource {
    if (answer.status === partialContent)
      throw new EhrMalformedError(`${what}: the EHR answered with partial content`)
    const parsed = parseResource(answer.body, {
      contentType: headerOf(answer.headers, 'content-type'),
      limits: this.#settings.limits,
      what,
    })
    const { own, named } = this.#addresses
    return {
      ...parsed,
      resource: withLocalReferences(parsed.resource, named === undefined ? [own] : [own, named]),
    }
  }

  async #send(url: URL, options: FhirRequest, sending: Sending): Promise<Answer> {
    const slot = await this.#takeSlot(options)
    const startedAt = this.#dependencies.clock.now().getTime()
    let outcome: Pick<EhrMetric, 'status' | 'errorCode' | 'reason'> = {}
    try {
      const call = () => this.#authorized(url, options, sending, slot)
      const answer = await (options.ignoresCircuit === true
        ? call()
        : this.#dependencies.guard(call))
      outcome = { status: answer.status }
      return answer
    } catch (error) {
      outcome =
        error instanceof GatewayError
          ? { errorCode: error.code, reason: error.message }
          : { errorCode: 'aborted' }
      throw error
    } finally {
      slot.release()
      const durationMs = this.#dependencies.clock.now().getTime() - startedAt
      this.#dependencies.onRequest?.({ resourceType: options.resourceType, durationMs, ...outcome })
    }
  }

  async #authorized(url: URL, options: FhirRequest, sending: Sending, slot: Slot): Promise<Answer> {
    const token = await this.#token.get()
    const answer = await this.#follow(url, options, { ...sending, token }, slot)
    if (answer.status !== unauthorized) return this.#checked(answer, options)
    this.#token.forget(token)
    const renewed = await this.#token.get()
    const again = await this.#takeSlot(options)
    return this.#checked(
      await this.#follow(url, options, { ...sending, token: renewed }, again),
      options,
    )
  }

  #takeSlot({ lane, signal }: FhirRequest): Promise<Slot> {
    return this.#dependencies.budget.take(lane, signal)
  }

  /** Follows redirects within the EHR. Each hop counts as a request of the budget. */
  async #follow(
    first: URL,
    options: FhirRequest,
    sending: Sending & { readonly token: string },
    firstSlot: Slot,
  ): Promise<Answer> {
    const { method, what } = sending
    const visited = new Set<string>()
    let slot = firstSlot
    for (let url = first; ; slot = await this.#takeSlot(options)) {
      visited.add(url.href)
      const answer = await this.#sendOnSlot(url, options, sending, slot)
      const next = redirectOf(answer, { method, url, addresses: this.#addresses, visited, what })
      if (next === undefined) return answer
      url = this.#withPractice(next, options.practiceId)
    }
  }

  /** Sends on the slot. If its lease expired before a connection was ready, nothing was sent, and it waits for another slot. */
  async #sendOnSlot(
    url: URL,
    options: FhirRequest,
    {
      token,
      accept,
      maxBytes,
      bodyIsOptional = false,
      contentType,
      headers,
      ...sending
    }: Sending & { readonly token: string },
    slot: Slot,
  ): Promise<Answer> {
    const { limits, requestTimeoutMs, profile, keyName } = this.#settings
    const outgoing: OutgoingRequest = {
      ...sending,
      url,
      signal: options.signal,
      maxBytes: maxBytes ?? limits.maxBodyBytes,
      bodyIsOptional,
      headers: {
        ...profile.wire.headers,
        accept: accept ?? jsonAccept,
        authorization: `Bearer ${token}`,
        ...headers,
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
    }
    const isOwn = url.origin === this.#addresses.own.origin
    const wire = {
      dispatcher: this.#transport.dispatcher,
      timeoutMs: requestTimeoutMs,
      addressKey: isOwn ? 'FhirBaseUrl' : 'Documents.V1BaseUrl',
      keyName,
    }
    for (let current = slot; ; current = await this.#takeSlot(options)) {
      try {
        return await exchange(outgoing, wire, current)
      } catch (error) {
        if (!(error instanceof SlotExpired)) throw error
      } finally {
        current.release()
      }
    }
  }

  #checked(answer: Answer, { resourceType }: FhirRequest): Answer {
    const { budget, clock } = this.#dependencies
    this.#dependencies.onAnswer?.(answer.headers)
    const error = errorOf(answer, { resourceType, nowMs: clock.now().getTime() })
    const asksForPause =
      error instanceof EhrRateLimitedError ||
      error instanceof EhrQuotaExhaustedError ||
      (error instanceof EhrUnavailableError && error.retryAfterMs !== undefined)
    this.#readRate(answer)
    if (asksForPause) budget.pauseFor(error.retryAfterMs ?? defaultPauseMs)
    else budget.answered()
    if (error !== undefined) throw error
    return answer
  }

  #readRate({ headers }: Answer): void {
    const { rateHeader } = this.#settings.profile.wire
    if (rateHeader === undefined) return
    const limit = /^\d{1,9}/.exec(headerOf(headers, rateHeader.limit.toLowerCase()) ?? '')
    if (limit !== null)
      this.#dependencies.budget.reportRate(Number(limit[0]) / rateHeader.windowSeconds)
  }
}

const unauthorized = 401
const partialContent = 206

function unexpected(resource: Resource, what: string): EhrMalformedError {
  const reasonCodes = reasonCodesOf(issuesOf(resource))
  const reasons = reasonCodes.length === 0 ? '' : ` (its reason: ${reasonCodes.join(', ')})`
  return new EhrMalformedError(`${what}: the EHR answered with another resource type${reasons}`, {
    reasonCodes,
  })
}
