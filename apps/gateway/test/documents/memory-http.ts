import type { EhrHttp } from '../../src/fhir/documents/ehr-http.ts'
import {
  EhrBadRequestError,
  EhrForbiddenError,
  EhrNotFoundError,
  EhrRateLimitedError,
  EhrTimeoutError,
  EhrUnauthorizedError,
  EhrUnavailableError,
  EhrUnreachableError,
} from '../../src/fhir/fhir-errors.ts'
import type { Wire, WireRequest } from './document-server.ts'

/** The server's answers without a network, as the client would hand them on. `answer-table-over-http.test.ts` uses the client. */
export function memoryHttp(base: string, handle: (request: WireRequest) => Wire): EhrHttp {
  return {
    url(path, query) {
      const url = new URL(path, base)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      return url
    },
    async exchange({ method, url, body = '' }) {
      const wire = handle({ method, path: url.pathname, query: url.searchParams, body })
      if (wire === 'timeout') throw new EhrTimeoutError('timeout')
      if (wire === 'reset') throw new EhrUnreachableError('reset', { cause: undefined })
      const { status, headers = {} } = wire
      refuse(status)
      return {
        status,
        contentType: headers['content-type'] ?? 'application/fhir+json',
        location: headers['location'],
        contentLocation: headers['content-location'],
        body: bytesOf(wire.body),
      }
    },
  }
}

export function bytesOf(body: string | Buffer | object | undefined): Buffer {
  if (Buffer.isBuffer(body)) return body
  return Buffer.from(
    typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body),
  )
}

function refuse(status: number): void {
  const what = `the EHR answered ${status}`
  if (status >= 200 && status < 300) return
  if (status === 429) throw new EhrRateLimitedError(what)
  if (status >= 500) throw new EhrUnavailableError(what)
  if (status === 401) throw new EhrUnauthorizedError(what)
  if (status === 403) throw new EhrForbiddenError(what)
  if (status === 404 || status === 410) throw new EhrNotFoundError(what)
  throw new EhrBadRequestError(what, { status })
}
