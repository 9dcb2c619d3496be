import type { FastifyInstance, FastifyRequest } from 'fastify'
import { allows, type Token, type TokenIssuer } from '../auth/token-issuer.ts'
import type { Clock } from '../clock.ts'
import { exchange, type ExchangeOptions } from '../exchange.ts'
import type { Fault, Faults } from '../faults/faults.ts'
import type { RateLimit } from '../faults/rate-limit.ts'
import { faultyQuery, faultySearch } from '../faults/search-fault.ts'
import type { Mode } from '../modes/mode.ts'
import type { RecordedRequest, RequestRecord } from '../record/request-record.ts'
import { type Answer, fhirJson, outcome } from './answer.ts'
import type { ClientDocuments } from './client-documents.ts'
import { createDocument } from './create-document.ts'
import { stringsAt } from './resource.ts'
import { Charts, type ResourceStore } from './resource-store.ts'
import { SearchRefused, search } from './search.ts'
import { positionOf, searchPage } from './search-page.ts'
import { servedTypes } from './search-parameters.ts'
import { capabilityStatement, smartConfiguration } from './server-description.ts'

export interface FhirRoutesOptions {
  readonly mode: Mode
  readonly store: ResourceStore
  readonly documents: ClientDocuments
  readonly issuer: TokenIssuer
  readonly rateLimit: RateLimit
  readonly faults: Faults
  readonly record: RequestRecord
  readonly clock: Clock
  baseUrl(): string
}

const basePath = '/fhir/r4'
const unrecorded: ExchangeOptions['record'] = {
  arrive: (request) => ({ ...request, sequence: 0, at: 0, status: 0, faultId: undefined }),
  leave: () => undefined,
}
/** athenahealth's format for a practice, with an unencoded slash. */
const practiceShape = /^Organization\/a-1\.Practice-([A-Za-z0-9-]+)$/

/** The FHIR R4 routes. Each request passes the rate limit, token, practice and scope checks, in this order. */
export function addFhirRoutes(app: FastifyInstance, options: FhirRoutesOptions): void {
  const { mode, store, issuer, rateLimit } = options
  const fhirBase = () => `${options.baseUrl()}${basePath}`

  app.get(`${basePath}/.well-known/smart-configuration`, () =>
    smartConfiguration(mode, options.baseUrl()),
  )
  // Without a token, and not among the recorded requests, which are about charts.
  app.get(
    `${basePath}/metadata`,
    exchange(
      { ...options, record: unrecorded },
      {
        describe: () => ({
          path: `${basePath}/metadata`,
          query: '',
          resourceType: 'metadata',
          patientId: undefined,
          practiceId: undefined,
        }),
        answer: () => ({
          status: 200,
          body: JSON.stringify(capabilityStatement(mode, options.baseUrl())),
          headers: { 'content-type': fhirJson },
        }),
        refusal: (status, message) => outcome(status, codeOf(status), message),
      },
    ),
  )
  const handler = exchange(options, {
    describe,
    answer: answerTo,
    refusal: (status, message) => outcome(status, codeOf(status), message),
  })
  for (const url of [basePath, `${basePath}/*`])
    app.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], url, handler })

  function describe(
    request: FastifyRequest,
  ): Omit<RecordedRequest, 'sequence' | 'at' | 'method' | 'status' | 'faultId'> {
    const { path, rawQuery, query, resourceType, id } = parse(request)
    const patient =
      query.get('patient') ?? query.get('subject') ?? (resourceType === 'Patient' ? id : undefined)
    return {
      path,
      query: rawQuery,
      resourceType,
      patientId: patient?.slice(patient.lastIndexOf('/') + 1),
      practiceId: practiceShape.exec(query.get('ah-practice') ?? '')?.[1],
    }
  }

  function answerTo(request: FastifyRequest, fault: Fault | undefined): Answer {
    const rate = rateLimit.take()
    if (!rate.isAllowed) return outcome(429, 'throttled', 'Rate limit exceeded', rate.headers)
    const answer = authorized(request, fault)
    return { ...answer, headers: { 'content-type': fhirJson, ...rate.headers, ...answer.headers } }
  }

  function authorized(request: FastifyRequest, fault: Fault | undefined): Answer {
    const token = issuer.check(request.headers.authorization)
    if (token === undefined)
      return outcome(401, 'login', 'Missing, unknown or expired access token', {
        'www-authenticate': 'Bearer error="invalid_token"',
      })
    const charts = chartsFor(request, token)
    if (!(charts instanceof Charts)) return charts
    const { query, resourceType = '', id } = parse(request)
    if (resourceType === '') return pageOfRoot(query, token, charts, request)
    if (!servedTypes.has(resourceType))
      return outcome(404, 'not-supported', `Resource type ${resourceType} is not served`)
    const action = request.method === 'POST' ? 'c' : id === undefined ? 's' : 'r'
    if (!allows(token, resourceType, action)) return notAllowed(resourceType, action)
    switch (request.method) {
      case 'POST':
        return create(resourceType, id, request, { charts, fault })
      case 'GET':
        return id === undefined
          ? searched(resourceType, query, { charts, fault, request })
          : readOne(charts, resourceType, id, request.headers.accept)
      default:
        return outcome(405, 'not-supported', `${request.method} is not supported`)
    }
  }

  /**
   * The charts of the practice in the request, or of all the client's practices if the server does not use that
   * parameter.
   */
  function chartsFor(request: FastifyRequest, token: Token): Charts | Answer {
    const { practiceIds } = token.client
    if (mode.practiceParameter === undefined) return new Charts(store, practiceIds)
    const { query, rawQuery } = parse(request)
    const practiceId = practiceShape.exec(query.get(mode.practiceParameter) ?? '')?.[1]
    if (practiceId === undefined || /ah-practice=[^&]*%2F/i.test(rawQuery)) {
      return outcome(
        400,
        'required',
        'ah-practice is required on every request, as Organization/a-1.Practice-{id} with its slash unencoded',
      )
    }
    if (!practiceIds.includes(practiceId))
      return outcome(403, 'forbidden', `The client has no access to practice ${practiceId}`)
    return new Charts(store, [practiceId])
  }

  /** A next link at the server's base URL; no other query is served there. */
  function pageOfRoot(
    query: URLSearchParams,
    token: Token,
    charts: Charts,
    request: FastifyRequest,
  ): Answer {
    const position = mode.paging.next.at === 'root' ? positionOf(mode, '', query) : undefined
    if (position === undefined || position.resourceType === '' || request.method !== 'GET')
      return outcome(404, 'not-found', 'Not found')
    if (!allows(token, position.resourceType, 's')) return notAllowed(position.resourceType, 's')
    return searched(position.resourceType, query, { charts, fault: undefined, request })
  }

  function searched(
    resourceType: string,
    query: URLSearchParams,
    context: {
      readonly charts: Charts
      readonly fault: Fault | undefined
      readonly request: FastifyRequest
    },
  ): Answer {
    const { charts, fault, request } = context
    const altered = fault?.kind === 'search_answer' ? fault.search : undefined
    const asked = altered === undefined ? query : faultyQuery(altered, query)
    const position = positionOf(mode, resourceType, asked)
    if (position === undefined)
      return outcome(400, 'invalid', 'This page was never issued, or has expired')
    const isStrict = request.headers['prefer']?.includes('handling=strict') === true
    const answer = pageAnswer(position, charts, isStrict)
    return altered === undefined || answer.status !== 200
      ? altered === 'refused'
        ? faultySearch(altered, answer, { resourceType, query, charts })
        : answer
      : faultySearch(altered, answer, { resourceType, query, charts })
  }

  function pageAnswer(
    position: NonNullable<ReturnType<typeof positionOf>>,
    charts: Charts,
    isStrict: boolean,
  ): Answer {
    try {
      const found = search(charts, mode, position.resourceType, position.query, isStrict)
      return {
        status: 200,
        body: searchPage(position, found, { mode, charts, fhirBase: fhirBase() }),
      }
    } catch (error) {
      if (error instanceof SearchRefused)
        return outcome(error.status, error.status === 403 ? 'forbidden' : 'invalid', error.message)
      throw error
    }
  }

  function create(
    resourceType: string,
    id: string | undefined,
    request: FastifyRequest,
    { charts, fault }: { readonly charts: Charts; readonly fault: Fault | undefined },
  ): Answer {
    if (resourceType !== 'DocumentReference' || id !== undefined || mode.switches.readOnlyFhir)
      return outcome(405, 'not-supported', `${resourceType} cannot be created here`)
    return createDocument(request.body, {
      mode,
      store,
      charts,
      documents: options.documents,
      fhirBase: fhirBase(),
      now: options.clock.now(),
      fault: fault?.kind === 'create_answer' ? (fault.create ?? {}) : undefined,
    })
  }
}

function readOne(
  charts: Charts,
  resourceType: string,
  id: string,
  accept: string | undefined,
): Answer {
  const stored = charts.find(resourceType, id)
  if (stored === undefined) return outcome(404, 'not-found', `${resourceType}/${id} is not known`)
  if (resourceType === 'Binary' && accept?.includes('json') !== true) {
    const binary = JSON.parse(stored.text)
    const [contentType = 'application/octet-stream'] = stringsAt(binary, 'contentType')
    return {
      status: 200,
      body: Buffer.from(stringsAt(binary, 'data')[0] ?? '', 'base64'),
      headers: { 'content-type': contentType },
    }
  }
  return { status: 200, body: stored.text, headers: { etag: `W/"${stored.versionId}"` } }
}

function notAllowed(resourceType: string, action: string): Answer {
  return outcome(403, 'forbidden', `The token's scopes do not allow ${action} on ${resourceType}`)
}

function codeOf(status: number): string {
  if (status === 401) return 'expired'
  return status === 429 ? 'throttled' : 'transient'
}

function parse(request: FastifyRequest) {
  const [path = '', rawQuery = ''] = request.raw.url?.split('?', 2) ?? []
  const [resourceType, id] = path
    .slice(basePath.length + 1)
    .split('/')
    .map(decodeURIComponent)
  return {
    path,
    rawQuery,
    query: new URLSearchParams(rawQuery),
    resourceType: resourceType === '' ? undefined : resourceType,
    id: id === '' ? undefined : id,
  }
}
