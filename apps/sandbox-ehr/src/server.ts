import Fastify, { type FastifyError } from 'fastify'
import { ZodError } from 'zod'
import { addV1Routes } from './athena-v1/v1-routes.ts'
import { V1Documents } from './athena-v1/v1-documents.ts'
import type { Client } from './auth/client.ts'
import { TokenIssuer } from './auth/token-issuer.ts'
import { addTokenRoutes, tokenPath } from './auth/token-routes.ts'
import { type Clock, systemClock } from './clock.ts'
import { createControl, type SandboxControl } from './control/control.ts'
import { addControlRoutes } from './control/control-routes.ts'
import { Faults } from './faults/faults.ts'
import { RateLimit, type RateLimitSettings } from './faults/rate-limit.ts'
import { ClientDocuments } from './fhir/client-documents.ts'
import { addFhirRoutes } from './fhir/fhir-routes.ts'
import { ResourceStore } from './fhir/resource-store.ts'
import { addChartRoutes } from './launch/chart-routes.ts'
import { addLaunchRoutes } from './launch/launch-routes.ts'
import { AppOpener } from './launch/open-app.ts'
import { SignIns } from './launch/sign-ins.ts'
import { type LoadReport, loadFolder } from './load/load-folder.ts'
import type { Mode, ModeName, ModeSwitches } from './modes/mode.ts'
import { modes } from './modes/modes.ts'
import { refuseOtherSites } from './page/own-page-only.ts'
import { addPageRoutes, type Announce } from './page/page-routes.ts'
import { PageState } from './page/page-state.ts'
import { RequestRecord } from './record/request-record.ts'
import { defaultPractice, otherPractice, scenarioResources } from './scenarios/scenarios.ts'

export interface SandboxSettings {
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  /** The EHR server to imitate. */
  readonly as: ModeName
  /** Override the mode's own. */
  readonly switches: Partial<ModeSwitches>
  /** @default the mode's */
  readonly pageSize?: number
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
  as: 'athenahealth',
  switches: {},
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
  /** `http://127.0.0.1:port`; available once started. */
  readonly baseUrl: string
  readonly mode: Mode
  readonly fhirBaseUrl: string
  /** The page on which a person signs encounters and chooses faults. */
  readonly pageUrl: string
  readonly tokenUrl: string
  readonly control: SandboxControl
  readonly loaded: LoadReport | undefined
  start(): Promise<void>
  stop(): Promise<void>
}

export interface SandboxParts {
  readonly clock?: Clock
  /** Is called before an encounter is signed on the page; absent: the page says that somebody has to register it. */
  readonly announce?: Announce
}

/**
 * An EHR on one port that imitates one of several servers: OAuth2, FHIR R4, athenahealth's v1 API in its mode,
 * and the control routes. It shares no code with the gateway.
 */
export function createSandbox(
  settings: Partial<SandboxSettings> = {},
  { clock = systemClock, announce }: SandboxParts = {},
): Sandbox {
  const { host, port, tokenSeconds, clients, data, scenarios, ...rest } = {
    ...defaults,
    ...settings,
  }
  const mode = modeOf(rest)
  const store = new ResourceStore()
  const documents = new ClientDocuments()
  const v1Documents = new V1Documents()
  const issuer = new TokenIssuer(clients, { mode, tokenSeconds }, clock)
  const signIns = new SignIns({ store, issuer, clock })
  let baseUrl = ''
  const opener = new AppOpener({
    store,
    issuer,
    signIns,
    fhirBaseUrl: () => `${baseUrl}/fhir/r4`,
  })
  const rateLimit = new RateLimit(rest.rateLimit, mode.rate, clock)
  const faults = new Faults()
  const record = new RequestRecord(rest.maxRecordedRequests, clock)
  const control = createControl({
    store,
    documents,
    v1Documents,
    issuer,
    signIns,
    opener,
    rateLimit,
    faults,
    record,
    clock,
  })
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
  const surfaces = {
    mode,
    store,
    documents,
    v1Documents,
    issuer,
    signIns,
    rateLimit,
    faults,
    record,
    clock,
    baseUrl: () => baseUrl,
  }
  addTokenRoutes(app, surfaces)
  addLaunchRoutes(app, surfaces)
  addFhirRoutes(app, surfaces)
  if (mode.hasV1Api) addV1Routes(app, surfaces)
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/control')) await refuseOtherSites(request, reply)
  })
  addControlRoutes(app, control)
  addPageRoutes(app, new PageState(control, clock), announce)
  addChartRoutes(app, { mode, opener, store, documents, baseUrl: () => baseUrl })

  return {
    get baseUrl() {
      return baseUrl
    },
    get fhirBaseUrl() {
      return `${baseUrl}/fhir/r4/`
    },
    get pageUrl() {
      return `${baseUrl}/control`
    },
    get tokenUrl() {
      return `${baseUrl}${tokenPath}`
    },
    mode,
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

function modeOf({
  as,
  switches,
  pageSize,
}: Pick<SandboxSettings, 'as' | 'switches' | 'pageSize'>): Mode {
  const mode = modes[as]
  return {
    ...mode,
    switches: { ...mode.switches, ...switches },
    paging: { ...mode.paging, ...(pageSize === undefined ? {} : { pageSize }) },
  }
}
