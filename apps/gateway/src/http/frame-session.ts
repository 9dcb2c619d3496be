import type { FastifyRequest } from 'fastify'
import { HttpProblem } from './problem.ts'

/**
 * The session of somebody who opened the gateway in an EHR's frame. It has a cookie of its own, because browsers send it from other sites
 * too.
 */
export const frameSessionCookie = '__Host-authscript_frame'

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/**
 * A cookie that browsers also send from other sites proves nothing about the page that sends a request. So a request that changes
 * something must show that it comes from our own page: by its origin, which is compared as for every session, or by `Sec-Fetch-Site`.
 *
 * @throws {HttpProblem} 403
 */
export function refuseUnnamedOrigin(request: FastifyRequest): void {
  if (reading.has(request.method)) return
  const { origin, 'sec-fetch-site': site } = request.headers
  const isNamed = origin !== undefined || site === 'same-origin'
  const isOther = site !== undefined && site !== 'same-origin'
  if (!isNamed || isOther)
    throw new HttpProblem(403, 'foreign_origin', 'the request comes from another site')
}
