import type { Immutable, Problem, StaleProblem } from '@authscript/prior-auth'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { GatewayError } from '../errors.ts'
import type { Log } from '../log.ts'

/** What a problem document has in addition to its detail. */
export type ProblemMembers = Immutable<
  Partial<Pick<StaleProblem, 'issues' | 'changedBy' | 'changes'>>
>

/** A failure as the caller sees it. Routes throw it; nothing else sets the status of a failure. */
export class HttpProblem extends GatewayError {
  override readonly name = 'HttpProblem'
  readonly code: string
  readonly kind = 'permanent'
  readonly status: number
  readonly members: ProblemMembers

  constructor(status: number, code: string, detail: string, members: ProblemMembers = {}) {
    super(detail)
    this.status = status
    this.code = code
    this.members = members
  }
}

export const notFound = (what: string) =>
  new HttpProblem(404, 'not_found', `${what} is not known here`)

const titles: Readonly<Record<number, string>> = {
  400: 'The request is not understood',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'It has changed meanwhile',
  413: 'Too large',
  415: 'Media type not supported',
  422: 'It cannot be used',
  428: 'Send the version that you saw',
  429: 'Too many requests',
  503: 'Not available now',
}

/** Answers every failure as a problem document (RFC 9457). Internal errors are logged and never sent to the caller. */
export function sendProblem(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): FastifyReply {
  const instance = request.url.split('?', 1)[0] ?? '/'
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map((issue) => ({
      path:
        issue.instancePath.replace(/^\//, '').replaceAll('/', '.') ||
        (error.validationContext ?? 'request'),
      message: issue.message ?? 'not valid',
    }))
    return answer(reply, { ...problemOf(400, 'request_invalid'), instance, issues })
  }
  if (error instanceof HttpProblem) {
    return answer(reply, {
      ...problemOf(error.status, error.code),
      detail: error.message,
      instance,
      ...error.members,
    })
  }
  if (
    error instanceof GatewayError &&
    ['database_unavailable', 'sign_in_busy'].includes(error.code)
  ) {
    return answer(reply, { ...problemOf(503, error.code), detail: error.message, instance })
  }
  const status =
    'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500
  if (status < 500)
    return answer(reply, { ...problemOf(status, refusalCodes[status] ?? refusedCode), instance })
  log.error(
    { error, method: request.method, route: request.routeOptions.url, requestId: request.id },
    'a request failed',
  )
  return answer(reply, {
    ...problemOf(500, 'internal'),
    detail: `the log has more about request ${request.id}`,
    instance,
  })
}

/** docs/errors.md as this gateway serves it; an address without a host stays the same on every installation. */
const errorPage = '/docs/errors'

const refusedCode = 'request_refused'
const tooLargeCode = 'body_too_large'
const mediaTypeCode = 'media_type_unsupported'
/** What the server itself refuses. */
const refusalCodes: Readonly<Record<number, string>> = { 413: tooLargeCode, 415: mediaTypeCode }

function problemOf(status: number, code: string): Problem {
  return {
    type: `${errorPage}#${code}`,
    title: titles[status] ?? 'The request failed',
    status,
    code,
  }
}

function answer(reply: FastifyReply, problem: Problem | (Problem & ProblemMembers)): FastifyReply {
  return reply.code(problem.status).type('application/problem+json').send(problem)
}
