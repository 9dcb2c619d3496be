import Fastify, { type FastifyError } from 'fastify'
import { ZodError } from 'zod'
import { type Client, TokenIssuer } from './auth/token-issuer.ts'
import { type Clock, systemClock } from './clock.ts'
import { createControl, type SandboxControl } from './control/control.ts'
import { addControlRoutes } from './control/control-routes.ts'
import { Faults } from './faults/faults.ts'
import { RateLimit, type RateLimitSettings } from './faults/rate-limit.ts'
import { addFhirRoutes } from './fhir/fhir-routes.ts'
import { ResourceStore } from './fhir/resource-store.ts'
import { type LoadReport, loadFolder } from './load/load-folder.ts'
import { RequestRecord } from './record/request-record.ts'
import { defaultPractice, otherPractice, scenarioResources } from './scenarios/scenarios.ts'

export interface SandboxSettings {
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  readonly pageSize: number
  readonly tokenSeconds: number
  readonly clients: readonly Client[]
  readonly rateLimit: RateLimitSettings
  readonly maxRecordedRequests: number
  /** A folder of FHIR files to serve. */
  readonly data?: string
  /** Serves the authored scenarios. */
  readonly scenarios: boolean
}

const defaults: SandboxSettings = {
  host: '127.0.0.1',
  port: 0,
  pageSize: 50,
  tokenSeconds: 3600,
  clients: [
    {
      clientId: 'sandbox-client',
      clientSecret: 'sandbox-secret',
      practiceIds: [defaultPractice, otherPractice],
    },
  ],
  rateLimit: {},
  maxRecordedRequests: 200_000,
  scenarios: true,
}

export interface Sandbox extends AsyncDisposable {
  /** `http://127.0.0.1:port`; known once started. */
  readonly baseUrl: string
  readonly fhirBaseUrl: string
  readonly tokenUrl: string
  readonly control: SandboxControl
  readonly loaded: LoadReport | undefined
  start(): Promise<void>
  stop(): Promise<void>
}

/** An athenahealth-shaped EHR on one port: OAuth2, FHIR R4, and the control routes. It shares no code with the gateway. */
export function createSandbox(
  settings: Partial<SandboxSettings> = {},
  { clock = systemClock }: { readonly clock?: Clock } = {},
): Sandbox {
  const {
    host,
    port,
    pageSize,
    tokenSeconds,
    clients,
    rateLimit: rates,
    maxRecordedRequests,
    data,
    scenarios,
  } = { ...defaults, ...settings }
  const store = new ResourceStore()
  const issuer = new TokenIssuer(clients, tokenSeconds, clock)
  const rateLimit = new RateLimit(rates, clock)
  const faults = new Faults()
  const record = new RequestRecord(maxRecordedRequests, clock)
  const control = createControl({ store, issuer, rateLimit, faults, record, clock })
  if (scenarios) {
    for (const { practiceId, resource } of scenarioResources(new Date(clock.now())))
      store.put(practiceId, resource, clock.now())
  }
  const loaded =
    data === undefined ? undefined : loadFolder(data, defaultPractice, store, clock.now())

  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: 64 * 1024 * 1024,
    routerOptions: { maxParamLength: 500 },
  })
  let baseUrl = ''
  app.addContentTypeParser(
    'application/fhir+json',
    { parseAs: 'string' },
    (_request, body, done) => {
      try {
        done(null, JSON.parse(body.toString()))
      } catch (error) {
        done(error as Error)
      }
    },
  )
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, new URLSearchParams(body.toString()))
    },
  )
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error instanceof ZodError ? 400 : (error.statusCode ?? 500)
    return reply
      .code(status)
      .send({ error: error instanceof ZodError ? error.issues : error.message })
  })
  app.post('/oauth2/v1/token', (request, reply) => {
    const recorded = record.arrive({
      method: 'POST',
      path: '/oauth2/v1/token',
      query: '',
      resourceType: 'token',
      patientId: undefined,
      practiceId: undefined,
    })
    record.leave()
    const fault = faults.strike({ ...recorded, resourceType: 'token' })
    if (fault?.fault.kind === 'status') {
      recorded.status = fault.fault.status ?? 500
      return reply.code(recorded.status).send({ error: 'temporarily_unavailable' })
    }
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    const answer = issuer.issue(form, request.headers.authorization)
    recorded.status = answer.kind === 'issued' ? 200 : answer.status
    if (answer.kind === 'refused') {
      return reply
        .code(answer.status)
        .send({ error: answer.error, error_description: answer.description })
    }
    return reply.header('cache-control', 'no-store').send({
      access_token: answer.accessToken,
      token_type: 'Bearer',
      expires_in: answer.expiresIn,
      scope: answer.scope,
    })
  })
  addFhirRoutes(app, {
    store,
    issuer,
    rateLimit,
    faults,
    record,
    clock,
    pageSize,
    baseUrl: () => baseUrl,
  })
  addControlRoutes(app, control)

  return {
    get baseUrl() {
      return baseUrl
    },
    get fhirBaseUrl() {
      return `${baseUrl}/fhir/r4/`
    },
    get tokenUrl() {
      return `${baseUrl}/oauth2/v1/token`
    },
    control,
    loaded,
    async start() {
      await app.listen({ host, port })
      const address = app.server.address()
      const listening = typeof address === 'object' && address !== null ? address.port : port
      baseUrl = `http://${host.includes(':') ? `[${host}]` : host}:${listening}`
    },
    stop: () => app.close(),
    [Symbol.asyncDispose]: () => app.close(),
  }
}
