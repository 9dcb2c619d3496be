import { bothNames } from '../config/both-names.ts'
import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import Fastify from 'fastify'
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { addAttachmentRoutes } from './attachment-routes.ts'
import { addAuditRoutes } from './audit/audit-routes.ts'
import { RequestAudit } from './audit/request-audit.ts'
import { watchRoutes } from './audit/watch-routes.ts'
import { authorizeRoutes } from './authorization/authorize-routes.ts'
import { addDeadLetterRoutes } from './dead-letter-routes.ts'
import { addDocumentRoutes } from './document-routes.ts'
import { addEncounterRoutes } from './encounter-routes.ts'
import { addErrorPage } from './error-page.ts'
import { addEventRoutes } from './event-routes.ts'
import { addAccountRoutes } from './account-routes.ts'
import { addMadeKeyRoutes } from './made-key-routes.ts'
import { addOidcRoutes } from './oidc-routes.ts'
import { addPasskeyRoutes } from './passkey-routes.ts'
import { addPeopleRoutes } from './people-routes.ts'
import { addEhrRoutes } from './ehr-routes.ts'
import { toListenError } from './listening.ts'
import { addIdempotency } from './idempotency.ts'
import { addOperationsRoutes } from './operations-routes.ts'
import { addInformationRequestRoutes } from './information-request-routes.ts'
import { addNodeControlRoutes } from './node-control-routes.ts'
import { addOverviewRoutes } from './overview-routes.ts'
import { addLaunchRoutes } from './launch-routes.ts'
import { addKeyRoutes } from './key-routes.ts'
import { addPrintRoutes } from './print-routes.ts'
import { addPayerFormRoutes } from './payer-form-routes.ts'
import { addPatientRoutes } from './patient-routes.ts'
import { fileTypes, formType, refuseOtherMediaTypes } from './media-type.ts'
import { describeApi } from './openapi/describe-api.ts'
import { HttpProblem, sendProblem } from './problem.ts'
import { refuseUnknownQueryKeys } from './query-keys.ts'
import { createRequestId } from './request-id.ts'
import { collectRouteMethods } from './route-methods.ts'
import { refuseBadText } from './request-text.ts'
import { addReviewRoutes } from './review-routes.ts'
import type { RouteDependencies } from './routes.ts'
import { addSentRoutes } from './sent-routes.ts'
import { addSessionRoutes } from './session-routes.ts'
import { endSlowReaders, type SlowReaderLimits } from './slow-readers.ts'
import { addSignatureRoutes } from './signature-routes.ts'
import { UploadPlaces } from './upload-places.ts'
import { addWebhookRoutes } from './webhook-routes.ts'
import { addWorkItemRoutes } from './work-item-routes.ts'
import { addSavedViewRoutes } from './saved-view-routes.ts'
import { addWorkQueueRoutes } from './work-queue-routes.ts'

const dayMs = 24 * 3_600_000

export interface HttpServerOptions {
  readonly host: string
  readonly port: number
  readonly maxBodyBytes: number
  readonly requestsPerMinute: number
  /** How long the answer to a request with an `Idempotency-Key` is replayed. @default a day */
  readonly idempotencyKeepMs?: number
  /** Addresses and ranges (CIDR) whose `X-Forwarded-…` headers are believed. */
  readonly trustedProxies: readonly string[]
  /** The origins besides ours whose pages may show ours in a frame. @default none */
  readonly frameHosts?: readonly string[]
  /** When an answer ends that its reader does not take. @default see `slow-readers.ts` */
  readonly slowReaders?: Partial<SlowReaderLimits>
  /** The built dashboard; without it only the API is served. */
  readonly dashboardDirectory: string | undefined
  /** A key as the operator wrote it, for messages. */
  keyName(key: string): string
}

export interface HttpServer {
  /** Resolves with the address at which it serves. */
  start(): Promise<string>
  stop(): Promise<void>
}

export async function createHttpServer(
  options: HttpServerOptions,
  given: Omit<RouteDependencies, 'audit' | 'uploadPlaces'>,
): Promise<HttpServer> {
  const app = Fastify({
    logger: false,
    bodyLimit: options.maxBodyBytes,
    // Whoever sends slower than this is ended, within the interval.
    requestTimeout: 60_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5000 },
    // Not from a header either: behind a proxy that passes on what clients send, a client would choose how the audit trail names its
    // requests.
    requestIdHeader: false,
    genReqId: () => createRequestId(given.clock.now()),
    forceCloseConnections: true,
    trustProxy: options.trustedProxies.length > 0 && [...options.trustedProxies],
    // An address that cannot be decoded, so no route can be looked up.
    frameworkErrors: (_error, request, reply) => {
      const problem = new HttpProblem(
        400,
        'request_invalid',
        'the address is not percent-encoded UTF-8',
      )
      void sendProblem(problem, request, reply, given.log)
    },
  }).withTypeProvider<ZodTypeProvider>()
  const audit = new RequestAudit(given)
  const dependencies: RouteDependencies = { ...given, audit, uploadPlaces: new UploadPlaces() }
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error: Error, request, reply) =>
    sendProblem(error, request, reply, dependencies.log),
  )

  app.addHook('onRequest', async (request, reply) => {
    // For the log of a proxy, and for people who ask about an answer.
    void reply.header('x-request-id', request.id)
    // Answers contain patient data, so they must not be cached. What has none says so itself: files of the dashboard, public keys. It is not
    // decided by the address: `/%61pi/encounters` and `http://host/api/encounters` find the same route.
    void reply.header('cache-control', 'no-store')
  })
  app.addHook('preValidation', async ({ params, query, body }) => {
    for (const [where, value] of Object.entries({ params, query, body }))
      refuseBadText(where, value)
  })

  endSlowReaders(app, options.slowReaders)
  const routeMethods = collectRouteMethods(app)
  refuseOtherMediaTypes(app)
  refuseUnknownQueryKeys(app)
  addIdempotency(app, { ...dependencies, keepMs: options.idempotencyKeepMs ?? dayMs })

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Inline style attributes set the widths of bars; inline scripts are never allowed.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'self'"],
        frameSrc: ["'self'"],
        workerSrc: ["'self'"],
        frameAncestors: ["'self'", ...(options.frameHosts ?? [])],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: dependencies.secureCookies,
    // X-Frame-Options cannot name hosts, and browsers that know frame-ancestors ignore it.
    xFrameOptions: (options.frameHosts ?? []).length === 0,
  })
  await app.register(cookie)
  await app.register(rateLimit, {
    max: options.requestsPerMinute,
    timeWindow: '1 minute',
    keyGenerator: (request) => dependencies.auth.rateLimitKey(request),
    errorResponseBuilder: () =>
      new HttpProblem(
        429,
        'too_many_requests',
        `slow down, or raise ${bothNames('Http.RequestsPerMinute')}`,
      ),
  })
  await describeApi(app)

  app.addContentTypeParser(formType, { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  app.addContentTypeParser(fileTypes, { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )

  const authorization = authorizeRoutes(app, async (request) => {
    await dependencies.auth.authorize(request)
  })
  watchRoutes(app, audit, () => given.store.auditScope)
  addSessionRoutes(app, dependencies)
  addLaunchRoutes(app, dependencies)
  addOidcRoutes(app, dependencies)
  addPasskeyRoutes(app, dependencies)
  addAccountRoutes(app, dependencies)
  addPeopleRoutes(app, dependencies)
  addMadeKeyRoutes(app, dependencies)
  addPatientRoutes(app, dependencies)
  addEncounterRoutes(app, dependencies)
  addWorkItemRoutes(app, dependencies)
  addReviewRoutes(app, dependencies)
  addInformationRequestRoutes(app, dependencies)
  addAttachmentRoutes(app, dependencies)
  addDocumentRoutes(app, dependencies)
  addPrintRoutes(app, dependencies)
  addSignatureRoutes(app, dependencies)
  addWorkQueueRoutes(app, dependencies)
  addSentRoutes(app, dependencies)
  addSavedViewRoutes(app, dependencies)
  addPayerFormRoutes(app, dependencies)
  addEventRoutes(app, dependencies)
  addOperationsRoutes(app, dependencies)
  addOverviewRoutes(app, dependencies)
  addNodeControlRoutes(app, dependencies)
  addErrorPage(app, dependencies)
  addEhrRoutes(app, dependencies)
  addDeadLetterRoutes(app, dependencies)
  addKeyRoutes(app, dependencies)
  addAuditRoutes(app, dependencies)
  addWebhookRoutes(app, dependencies)
  app.get('/openapi.json', { schema: { hide: true, operationId: 'getApiDescription' } }, () =>
    app.swagger(),
  )
  authorization.check()

  const { dashboardDirectory } = options
  const hasDashboard = dashboardDirectory !== undefined && existsSync(dashboardDirectory)
  if (hasDashboard)
    await app.register(fastifyStatic, {
      root: dashboardDirectory,
      wildcard: false,
      // The build writes each file also as .br and .gz (apps/dashboard/build/precompressed.ts).
      preCompressed: true,
      globIgnore: ['**/*.br', '**/*.gz'],
      cacheControl: false,
      setHeaders: (response, path) =>
        void response.header('cache-control', cacheControlOf(relative(dashboardDirectory, path))),
    })
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' &&
      !request.url.startsWith('/api/') &&
      request.headers.accept?.includes('text/html') === true
    if (hasDashboard && isPage) return reply.sendFile('index.html')
    const answered = routeMethods.answer(request, reply)
    if (answered !== undefined) return answered
    return sendProblem(
      new HttpProblem(404, 'not_found', 'there is no such route'),
      request,
      reply,
      dependencies.log,
    )
  })

  return {
    async start() {
      try {
        return await app.listen({ host: options.host, port: options.port })
      } catch (error) {
        // Another program may have taken the port since the start asked.
        throw toListenError(error, options, options.keyName)
      }
    },
    stop: () => app.close(),
  }
}

/** The names of assets contain a hash of their content. Everything else may be another file after an update. */
function cacheControlOf(path: string): string {
  return /^assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'
}
