import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { GatewayError } from '../errors.ts'
import type { LaunchRefusal } from '../launch/launch-errors.ts'
import type { LaunchRequest } from '../launch/launches.ts'
import type { Landing } from '../launch/open-context.ts'
import { addressKey } from './auth.ts'
import { randomToken } from '../token.ts'
import { browserSecretOf, isInFrame, keepBrowserSecret, keepSession } from './launch-cookies.ts'
import { blockedInFramePage, blockedPage, refusalPage, unavailablePage } from './launch-pages.ts'
import type { App, RouteDependencies } from './routes.ts'

const address = z.string().max(2000)
const ehrLaunch = z.object({
  iss: address,
  launch: z.string().max(4096),
  kept: z.string().optional(),
})
const standaloneLaunch = z.object({
  iss: address,
  chart: z.literal('choose').optional(),
  kept: z.string().optional(),
})
/** An EHR may add parameters of its own. */
const answerQuery = z.looseObject({ state: z.string().max(200).optional() })

const launchMs = 10 * 60_000
const secretShape = /^[A-Za-z0-9_-]{43}$/
const page = { produces: ['text/html'] } as const
/** By address, because nobody is signed in. A practice shares one. */
const rateLimit = { max: 120, timeWindow: '1 minute', keyGenerator: addressKey }

/** Opening the gateway from an EHR: SMART App Launch. People see these answers, so each is a page. */
export function addLaunchRoutes(
  app: App,
  { launches, auth, secureCookies, clock, log }: RouteDependencies,
): void {
  app.get(
    '/launch',
    {
      schema: {
        operationId: 'launchFromEhr',
        tags: ['launch'],
        summary: 'Open the gateway from a chart in the EHR (SMART App Launch)',
        querystring: ehrLaunch,
        ...page,
      },
      config: { rateLimit },
      attachValidation: true,
    },
    (request, reply) => begin(request, reply, request.query),
  )

  app.get(
    '/launch/standalone',
    {
      schema: {
        operationId: 'launchStandalone',
        tags: ['launch'],
        summary: 'Sign in with an account of the EHR, outside of the EHR',
        querystring: standaloneLaunch,
        ...page,
      },
      config: { rateLimit },
      attachValidation: true,
    },
    (request, reply) => {
      const { iss, chart, kept } = request.query
      return begin(request, reply, { iss, choosesChart: chart === 'choose', kept })
    },
  )

  app.get(
    '/launch/callback',
    {
      schema: {
        operationId: 'finishLaunch',
        tags: ['launch'],
        summary: 'Where the EHR sends the browser after the sign-in',
        querystring: answerQuery,
        ...page,
      },
      config: { rateLimit },
      attachValidation: true,
    },
    async (request, reply) => {
      if (request.validationError !== undefined) return refuse(reply, 'launch_request_invalid')
      try {
        if (launches === undefined) return await refuse(reply, 'launch_issuer_unknown')
        const answer = new URLSearchParams(request.url.split('?').slice(1).join('?'))
        const { person, landing, from } = await launches.finish(answer, browserSecretOf(request))
        const context = { kind: 'launch', ...from } as const
        const opened = await auth.openForPerson(person, { method: 'launch', request, context })
        if (opened === undefined) return await refuse(reply, 'account_disabled')
        const { session, grant } = opened
        keepSession(request, reply, { token: session, expires: grant.expiresAt, secureCookies })
        return await reply.redirect(pathOf(landing), 303)
      } catch (error) {
        return await refuseFor(error, request, reply)
      }
    },
  )

  async function begin(
    request: FastifyRequest & { validationError?: unknown },
    reply: FastifyReply,
    query: LaunchRequest & { readonly kept?: string | undefined },
  ): Promise<FastifyReply> {
    if (request.validationError !== undefined) return refuse(reply, 'launch_request_invalid')
    try {
      if (launches === undefined) return await refuse(reply, 'launch_issuer_unknown')
      launches.check(query)
      const known = browserSecretOf(request)
      const expires = new Date(clock.now().getTime() + launchMs)
      const isKept = known !== undefined && secretShape.test(known)
      if (isKept) {
        keepBrowserSecret(reply, known, expires)
        return await reply.redirect(await launches.begin(query, known), 303)
      }
      if (query.kept !== undefined) return await blocked(request, reply)
      // Before the launch is used, it must be certain that the browser will be recognized when it comes back.
      keepBrowserSecret(reply, randomToken(), expires)
      return await reply.redirect(`${request.url}&kept=1`, 303)
    } catch (error) {
      return await refuseFor(error, request, reply)
    }
  }

  function blocked(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    log.info(
      { code: 'launch_cookies_blocked' },
      'a launch cannot continue: the browser stores no cookie',
    )
    return isInFrame(request)
      ? sendPage(reply, 200, blockedInFramePage(request.url.replace(/[?&]kept=1$/, '')))
      : sendPage(reply, 403, blockedPage())
  }

  async function refuseFor(
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    if (isUnavailable(error)) return sendPage(reply, 503, unavailablePage())
    if (!isRefusal(error)) throw error
    log.warn({ code: error.code, reason: error.message }, 'a launch was refused')
    try {
      await auth.recordRefusal({ method: 'launch', code: error.code, request })
    } catch (failure) {
      // The refusal stands, whether it could be recorded or not.
      log.error({ error: failure }, 'a refused launch was not recorded')
    }
    return refuse(reply, error.code)
  }
}

function refuse(reply: FastifyReply, code: LaunchRefusal): FastifyReply {
  return sendPage(reply, code === 'launch_ehr_unavailable' ? 503 : 403, refusalPage(code))
}

const sendPage = (reply: FastifyReply, status: number, markup: string): FastifyReply =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(markup)

const isUnavailable = (error: unknown): boolean =>
  error instanceof GatewayError && error.code === 'database_unavailable'

const isRefusal = (error: unknown): error is GatewayError & { readonly code: LaunchRefusal } =>
  error instanceof GatewayError && error.name === 'LaunchRefused'

/** A page of the dashboard. */
function pathOf(landing: Landing): string {
  switch (landing.page) {
    case 'order':
      return `/work-items/${encodeURIComponent(landing.workItemId)}`
    case 'queue':
      return '/'
    case 'chart': {
      const { practiceId, patientId, encounterId } = landing
      const query = new URLSearchParams({
        practiceId,
        ...(patientId === undefined ? {} : { patientId }),
        ...(encounterId === undefined ? {} : { encounterId }),
      })
      return `/chart?${query}`
    }
  }
}
