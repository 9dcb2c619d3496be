import type { EhrHttp } from '../../src/fhir/documents/ehr-http.ts'
import { errorOf } from '../../src/fhir/client/answer/answer-error.ts'
import { EhrTimeoutError, EhrUnreachableError } from '../../src/fhir/fhir-errors.ts'
import type { Wire, WireRequest } from './document-server.ts'

/** The server's answers without a network, as the client would return them. `answer-table-over-http.test.ts` uses the client. */
export function memoryHttp(base: string, handle: (request: WireRequest) => Wire): EhrHttp {
  return {
    url(path, query) {
      const url = new URL(path, base)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      return url
    },
    async exchange({ method, url, body = '', onSent }, { resourceType }) {
      onSent?.()
      const wire = handle({ method, path: url.pathname, query: url.searchParams, body })
      if (wire === 'timeout') throw new EhrTimeoutError('timeout')
      if (wire === 'reset') throw new EhrUnreachableError('reset', { cause: undefined })
      const { status, headers = {} } = wire
      const answer = { status, headers, body: bytesOf(wire.body) }
      const error = errorOf(answer, { resourceType, nowMs: 0 })
      if (error !== undefined) throw error
      return {
        status,
        contentType: headers['content-type'] ?? 'application/fhir+json',
        location: headers['location'],
        contentLocation: headers['content-location'],
        body: answer.body,
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
