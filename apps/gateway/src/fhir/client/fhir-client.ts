import { Agent, type Dispatcher, errors, request } from 'undici'
import { type Clock, timeLimit } from '../../clock.ts'
import { GatewayError } from '../../errors.ts'
import { AccessToken } from '../token/access-token.ts'
import {
  EhrBadRequestError,
  EhrForbiddenError,
  EhrMalformedError,
  EhrNotFoundError,
  EhrRateLimitedError,
  EhrTimeoutError,
  EhrTooLargeError,
  EhrUnauthorizedError,
  EhrUnavailableError,
  EhrUnreachableError,
} from '../fhir-errors.ts'
import { type JsonObject, parseResource, readBody } from './limits.ts'
import { readAllPages, type SearchResult } from './paging.ts'
import type { EhrMetric, EhrSettings } from '../ehr.ts'
import type { Lane, RateBudget, Slot } from '../rate/rate-budget.ts'

export interface FhirClientDependencies {
  readonly clock: Clock
  /** All requests for one client id take from one budget; whoever made it stops it. */
  readonly budget: RateBudget
  /** The circuit breaker round each request. */
  guard<Result>(call: () => Promise<Result>): Promise<Result>
  onRequest?(metric: EhrMetric): void
}

export interface FhirRequest {
  /** Undefined where no practice is concerned. */
  readonly practiceId: string | undefined
  readonly resourceType: string
  readonly lane: Lane
  readonly signal: AbortSignal
}

/** What the EHR answered to a create, as it came. */
export interface Created {
  readonly status: number
  /** `Location`, else `Content-Location`: absolute, relative or versioned. */
  readonly location: string | undefined
  readonly body: JsonObject | undefined
}

interface Received {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

const jsonAccept = 'application/fhir+json, application/json;q=0.9'

/**
 * FHIR R4 over HTTP, one request at a time through budget, breaker, token and limits. It never retries, but for one renewal of a
 * refused token: trying again is the task's policy. Messages name the type and the status, never the URL.
 */
export class FhirClient {
  readonly #settings: EhrSettings
  readonly #dependencies: FhirClientDependencies
  readonly #agent: Agent
  readonly #token: AccessToken
  readonly #base: URL

  constructor(settings: EhrSettings, dependencies: FhirClientDependencies) {
    const { fhirBaseUrl, requestTimeoutMs } = settings
    this.#settings = settings
    this.#dependencies = dependencies
    this.#base = new URL(fhirBaseUrl.endsWith('/') ? fhirBaseUrl : `${fhirBaseUrl}/`)
    this.#agent = new Agent({
      connections: settings.maxConnections,
      connect: { timeout: Math.min(10_000, requestTimeoutMs) },
      headersTimeout: requestTimeoutMs,
      bodyTimeout: requestTimeoutMs,
      keepAliveTimeout: 30_000,
    })
    this.#token = new AccessToken({
      ...settings,
      timeoutMs: requestTimeoutMs,
      dispatcher: this.#agent,
      clock: dependencies.clock,
    })
  }

  /** One resource by id. */
  async read(id: string, options: FhirRequest): Promise<JsonObject> {
    const what = `reading ${options.resourceType}`
    const received = await this.#send(
      'GET',
      this.#url(`${options.resourceType}/${encodeURIComponent(id)}`, {}, options),
      options,
    )
    return this.#parse(received, what)
  }

  /** What the server says of itself. */
  async readStatement(options: Omit<FhirRequest, 'resourceType'>): Promise<JsonObject> {
    const request = { ...options, resourceType: 'metadata' }
    const received = await this.#send('GET', this.#url('metadata', {}, request), request)
    return this.#parse(received, 'reading metadata')
  }

  /** The bytes of a Binary, with their type. */
  async readBinary(
    id: string,
    options: FhirRequest,
  ): Promise<{ readonly contentType: string; readonly data: Buffer }> {
    const url = this.#url(`Binary/${encodeURIComponent(id)}`, {}, options)
    const { headers, body } = await this.#send('GET', url, options, { accept: '*/*' })
    return {
      contentType: String(headers['content-type'] ?? 'application/octet-stream'),
      data: body,
    }
  }

  /** All pages of a search, or the first `maxPages` of them. */
  search(
    query: Readonly<Record<string, string>>,
    options: FhirRequest,
    maxPages: number = this.#settings.limits.maxPages,
  ): Promise<SearchResult> {
    const what = `searching ${options.resourceType}`
    const { limits, pageSize } = this.#settings
    const sized = pageSize === undefined ? query : { ...query, _count: String(pageSize) }
    return readAllPages(
      this.#url(options.resourceType, sized, options),
      { ...limits, maxPages: Math.min(limits.maxPages, maxPages) },
      what,
      async (url) => {
        const practiced = this.#withPractice(url, options.practiceId)
        const received = await this.#send('GET', practiced, options)
        const bundle = this.#parse(received, what)
        if (bundle.resourceType !== 'Bundle') {
          throw new EhrMalformedError(
            `${what}: the EHR answered ${bundle.resourceType}, not a Bundle`,
          )
        }
        return { bundle, bytes: received.body.byteLength }
      },
    )
  }

  /**
   * Sends a resource. Whatever comes back with a 2xx is the caller's to judge: a body that is empty, or no JSON, is undefined.
   *
   * @throws the error of any other answer
   */
  async create(resource: JsonObject, options: FhirRequest): Promise<Created> {
    const url = this.#url(options.resourceType, {}, options)
    const { status, headers, body } = await this.#send('POST', url, options, {
      body: JSON.stringify(resource),
    })
    const location = headers['location'] ?? headers['content-location']
    return {
      status,
      location: typeof location === 'string' ? location : location?.[0],
      body: this.#parseIfReadable(body),
    }
  }

  async close(): Promise<void> {
    await this.#agent.close()
  }

  #url(path: string, query: Readonly<Record<string, string>>, { practiceId }: FhirRequest): URL {
    const url = new URL(path, this.#base)
    for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value)
    return this.#withPractice(url, practiceId)
  }

  /** Some EHRs want the practice on every request, next links included; its value goes out as the profile writes it. */
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

  #parseIfReadable(body: Buffer): JsonObject | undefined {
    try {
      return parseResource(body, this.#settings.limits.maxDepth, 'creating')
    } catch {
      return undefined
    }
  }

  #parse(received: Received, what: string): JsonObject & { readonly resourceType: string } {
    return parseResource(received.body, this.#settings.limits.maxDepth, what)
  }

  async #send(
    method: 'GET' | 'POST',
    url: URL,
    options: FhirRequest,
    extra: { readonly accept?: string; readonly body?: string } = {},
  ): Promise<Received> {
    const slot = await this.#takeSlot(options)
    const startedAt = this.#dependencies.clock.now().getTime()
    let outcome: Pick<EhrMetric, 'status' | 'errorCode'> = {}
    try {
      const received = await this.#dependencies.guard(() =>
        this.#authorized(method, url, options, extra, slot),
      )
      outcome = { status: received.status }
      return received
    } catch (error) {
      outcome = { errorCode: error instanceof GatewayError ? error.code : 'aborted' }
      throw error
    } finally {
      slot.release()
      const durationMs = this.#dependencies.clock.now().getTime() - startedAt
      this.#dependencies.onRequest?.({ resourceType: options.resourceType, durationMs, ...outcome })
    }
  }

  async #authorized(
    method: 'GET' | 'POST',
    url: URL,
    options: FhirRequest,
    extra: { readonly accept?: string; readonly body?: string },
    slot: Slot,
  ): Promise<Received> {
    const token = await this.#token.get()
    const received = await this.#exchange(method, url, token, options, extra, slot)
    if (received.status !== 401) return this.#checked(received, options)
    this.#token.forget(token)
    const renewed = await this.#token.get()
    const again = await this.#takeSlot(options)
    return this.#checked(await this.#exchange(method, url, renewed, options, extra, again), options)
  }

  #takeSlot({ lane, signal }: FhirRequest): Promise<Slot> {
    return this.#dependencies.budget.take(lane, signal)
  }

  /** Sends on the slot; if its lease ran out before a connection was there, nothing was sent, and another slot is waited for. */
  async #exchange(
    method: 'GET' | 'POST',
    url: URL,
    token: string,
    options: FhirRequest,
    extra: { readonly accept?: string; readonly body?: string },
    slot: Slot,
  ): Promise<Received> {
    for (let current = slot; ; current = await this.#takeSlot(options)) {
      try {
        return await this.#exchangeOn(current, method, url, token, options, extra)
      } catch (error) {
        if (!(error instanceof SlotLapsed)) throw error
      } finally {
        current.release()
      }
    }
  }

  /** One exchange. The time limit covers connecting, headers and the whole body; an abort tears the connection down. */
  async #exchangeOn(
    slot: Slot,
    method: 'GET' | 'POST',
    url: URL,
    token: string,
    { resourceType, signal }: FhirRequest,
    extra: { readonly accept?: string; readonly body?: string },
  ): Promise<Received> {
    const { requestTimeoutMs, limits } = this.#settings
    const what = `${method === 'GET' ? 'reading' : 'creating'} ${resourceType}`
    using limit = timeLimit(signal, requestTimeoutMs)
    try {
      const response = await request(url, {
        method,
        dispatcher: this.#agent.compose(refuseLapsed(slot)),
        signal: limit.signal,
        headers: {
          accept: extra.accept ?? jsonAccept,
          authorization: `Bearer ${token}`,
          ...(extra.body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
        },
        ...(extra.body === undefined ? {} : { body: extra.body }),
      })
      slot.release()
      const body = await readBody(response.body, limits.maxBodyBytes, what)
      return { status: response.statusCode, headers: response.headers, body }
    } catch (cause) {
      if (signal.aborted) throw signal.reason
      if (cause instanceof EhrTooLargeError || cause instanceof SlotLapsed) throw cause
      if (limit.isOver || isTimeout(cause)) {
        throw new EhrTimeoutError(
          `${what}: no whole answer from the EHR within ${requestTimeoutMs} ms`,
          { cause },
        )
      }
      throw new EhrUnreachableError(
        `${what}: the EHR cannot be reached (${codeOf(cause)}); check Ehr__FhirBaseUrl`,
        { cause },
      )
    }
  }

  #checked(received: Received, { resourceType }: FhirRequest): Received {
    const { status } = received
    if (status >= 200 && status < 300) return received
    const what = `the EHR answered ${status} for ${resourceType}`
    const retryAfterMs = retryAfterOf(received, this.#dependencies.clock)
    if (status === 429) {
      this.#dependencies.budget.closeFor(retryAfterMs ?? 1000)
      throw new EhrRateLimitedError(`${what}: too many requests; lower Ehr__RequestsPerSecond`, {
        retryAfterMs,
      })
    }
    if (status === 503 && retryAfterMs !== undefined)
      this.#dependencies.budget.closeFor(retryAfterMs)
    if (status >= 500) throw new EhrUnavailableError(what, { retryAfterMs })
    if (status === 401)
      throw new EhrUnauthorizedError(`${what}: a fresh token was refused; check Ehr__Scopes`)
    if (status === 403)
      throw new EhrForbiddenError(
        `${what}: not allowed; check Ehr__Scopes and the practice's consent`,
      )
    if (status === 404 || status === 410) throw new EhrNotFoundError(`${what}: not known there`)
    throw new EhrBadRequestError(what)
  }
}

/** Never leaves this file: the request goes out on another slot. */
class SlotLapsed extends Error {
  override readonly name = 'SlotLapsed'
}

/** Looks at the slot in the turn that writes the request, after any wait for a connection. What throws there writes nothing. */
function refuseLapsed(slot: Slot): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const start = handler.onRequestStart?.bind(handler)
    handler.onRequestStart = (controller, context) => {
      if (!slot.isValid) throw new SlotLapsed('the lease of a slot ran out before it was used')
      start?.(controller, context)
    }
    return dispatch(options, handler)
  }
}

function retryAfterOf({ headers }: Received, clock: Clock): number | undefined {
  const header = headers['retry-after']
  if (typeof header !== 'string') return undefined
  const seconds = Number(header)
  const ms = Number.isNaN(seconds) ? Date.parse(header) - clock.now().getTime() : seconds * 1000
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined
}

function isTimeout(cause: unknown): boolean {
  return (
    cause instanceof errors.ConnectTimeoutError ||
    cause instanceof errors.HeadersTimeoutError ||
    cause instanceof errors.BodyTimeoutError
  )
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection'
}
