import { HttpProblem } from './problem.ts'
import type { App } from './routes.ts'

/** Files that people upload. Each route has its own limit, and checks the type by the bytes. */
export const fileTypes = ['application/octet-stream', 'application/pdf', 'image/png', 'image/jpeg']

/** What other servers send, as standards say. Our own pages send JSON. */
export const formType = 'application/x-www-form-urlencoded'

const jsonTypes = ['application/json']

/** Refuses a body of a type that its route does not read, before it is read. A route reads JSON unless its schema `consumes` another. */
export function refuseOtherMediaTypes(app: App): void {
  // After the rate limit and what a route checks first.
  app.addHook('preParsing', async (request, reply) => {
    const { headers, is404, routeOptions } = request
    const hasBody =
      headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
    if (is404 || !hasBody) return
    const consumed = routeOptions.schema?.consumes ?? jsonTypes
    const accepted = consumed.includes('application/octet-stream') ? fileTypes : consumed
    const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
    if (type !== undefined && accepted.includes(type)) return
    void reply.header('accept', accepted.join(', '))
    throw new HttpProblem(
      415,
      'media_type_unsupported',
      `send ${accepted.join(' or ')} as Content-Type`,
    )
  })
}
