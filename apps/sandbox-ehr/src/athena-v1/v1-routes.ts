import type { FastifyInstance, FastifyRequest } from 'fastify'
import { allowsV1, type Token, type TokenIssuer } from '../auth/token-issuer.ts'
import { type ExchangeOptions, exchange } from '../exchange.ts'
import type { Fault } from '../faults/faults.ts'
import type { RateLimit } from '../faults/rate-limit.ts'
import type { Answer } from '../fhir/answer.ts'
import type { ClientDocuments } from '../fhir/client-documents.ts'
import type { ResourceStore } from '../fhir/resource-store.ts'
import { addDocument } from './add-document.ts'
import { classesByPath, type DocumentClass } from './document-classes.ts'
import { departmentFaultOf, json, page } from './v1-answer.ts'
import { entryOf, type V1Documents } from './v1-documents.ts'

export interface V1RoutesOptions extends ExchangeOptions {
  readonly store: ResourceStore
  readonly issuer: TokenIssuer
  readonly rateLimit: RateLimit
  readonly v1Documents: V1Documents
  readonly documents: ClientDocuments
}

interface V1Path {
  readonly practiceId: string
  readonly patientNumber: string
  readonly documentClass: DocumentClass | undefined
  readonly documentId: number | undefined
  readonly wantsFile: boolean
}

const pathShape =
  /^\/v1\/([A-Za-z0-9]+)\/patients\/([^/]+)\/documents(?:\/(admin|clinicaldocument)(?:\/(\d+)(\/originaldocument)?)?)?$/
const defaultLimit = 1500
const maxLimit = 5000

/**
 * athenahealth's own documents API.
 *
 * @see https://docs.athenahealth.com/api/workflows/management-class-specific-documents
 */
export function addV1Routes(app: FastifyInstance, options: V1RoutesOptions): void {
  const { store, issuer, rateLimit, v1Documents } = options
  const handler = exchange(options, {
    describe(request) {
      const { path, query } = urlOf(request)
      const at = pathOf(path)
      return {
        path,
        query,
        resourceType: 'v1/documents',
        patientId: at === undefined ? undefined : patientIdOf(at),
        practiceId: at?.practiceId,
      }
    },
    answer(request, fault) {
      const rate = rateLimit.take()
      if (!rate.isAllowed) return page(429, 'Too Many Requests', rate.headers)
      const answer = authorized(request, fault)
      return { ...answer, headers: { ...answer.headers, ...rate.headers } }
    },
    refusal: (status, message) => page(status, message),
  })
  app.route({ method: ['GET', 'POST', 'PUT', 'DELETE'], url: '/v1/*', handler })

  function authorized(request: FastifyRequest, fault: Fault | undefined): Answer {
    const token = issuer.check(request.headers.authorization)
    if (token === undefined) return page(401, 'Not Authorized')
    if (!allowsV1(token)) return page(403, 'Not Authorized: the scope does not cover this API')
    const { path, query } = urlOf(request)
    const at = pathOf(path)
    if (at === undefined) return page(404, 'Not Found')
    return ofPatient(at, { request, token, fault, query: new URLSearchParams(query) })
  }

  function ofPatient(
    at: V1Path,
    context: {
      readonly request: FastifyRequest
      readonly token: Token
      readonly fault: Fault | undefined
      readonly query: URLSearchParams
    },
  ): Answer {
    const { request, token, fault, query } = context
    if (!token.client.practiceIds.includes(at.practiceId))
      return json(403, { error: 'The application has no access to this practice.' })
    const patientId = patientIdOf(at)
    const patient = store.find(at.practiceId, 'Patient', patientId)
    if (patient === undefined) return json(404, { error: 'The patient does not exist.' })
    if (request.method === 'POST' && at.documentId === undefined) {
      return addDocument(request.body, {
        ...options,
        practiceId: at.practiceId,
        patientId,
        documentClass: at.documentClass,
        now: options.clock.now(),
        fault: fault?.kind === 'create_answer' ? (fault.create ?? {}) : undefined,
      })
    }
    if (request.method !== 'GET') return json(405, { error: 'Method not allowed.' })
    const departmentFault = departmentFaultOf(store, at.practiceId, query.get('departmentid'))
    if (departmentFault !== undefined) return departmentFault
    return at.documentId === undefined
      ? list(at, patientId, query, urlOf(request).path)
      : one(at, patientId)
  }

  function list(at: V1Path, patientId: string, query: URLSearchParams, path: string): Answer {
    const limit = wholeNumber(query.get('limit'), defaultLimit)
    const offset = wholeNumber(query.get('offset'), 0)
    if (limit === undefined || limit < 1 || limit > maxLimit || offset === undefined)
      return json(400, { error: 'The data provided is invalid.' })
    const showsDeleted = query.get('showdeleted') === 'true'
    const found = v1Documents
      .ofPatient(at.practiceId, patientId, at.documentClass)
      .filter(({ status }) => showsDeleted || status !== 'DELETED')
    const linkAt = (start: number) => {
      const linked = new URLSearchParams(query)
      linked.set('limit', String(limit))
      linked.set('offset', String(start))
      return `${path}?${linked.toString()}`
    }
    const { idName, listName } = at.documentClass ?? { idName: 'documentid', listName: 'documents' }
    return json(200, {
      ...(offset > 0 ? { previous: linkAt(Math.max(0, offset - limit)) } : {}),
      ...(offset + limit < found.length ? { next: linkAt(offset + limit) } : {}),
      totalcount: found.length,
      [listName]: found.slice(offset, offset + limit).map((document) => entryOf(document, idName)),
    })
  }

  function one(at: V1Path, patientId: string): Answer {
    const document = v1Documents.find(at.documentId ?? 0)
    const isHere =
      document?.patientId === patientId &&
      document.practiceId === at.practiceId &&
      document.documentClass === at.documentClass
    if (!isHere) return json(404, { error: 'The document does not exist.' })
    const { attachmentcontents } = document
    if (at.wantsFile) {
      return attachmentcontents === undefined
        ? json(404, { error: 'The document has no file.' })
        : {
            status: 200,
            body: Buffer.from(attachmentcontents, 'base64'),
            headers: { 'content-type': 'application/pdf' },
          }
    }
    const path = `/v1/${at.practiceId}/patients/${at.patientNumber}/documents/${pathNameOf(document.documentClass)}/${document.documentId}`
    return json(200, [
      {
        ...entryOf(document, document.documentClass.idName),
        ...(attachmentcontents === undefined
          ? {}
          : {
              originaldocument: {
                contenttype: 'application/pdf',
                href: `${path}/originaldocument`,
              },
            }),
      },
    ])
  }

  /** The FHIR id of a v1 patient; a folder of FHIR files may use plain numbers as ids. */
  function patientIdOf({ practiceId, patientNumber }: V1Path): string {
    const isPlain =
      /^\d+$/.test(patientNumber) && store.find(practiceId, 'Patient', patientNumber) !== undefined
    return isPlain ? patientNumber : `a-${practiceId}.E-${patientNumber}`
  }
}

function urlOf(request: FastifyRequest): { readonly path: string; readonly query: string } {
  const [path = '', query = ''] = request.raw.url?.split('?', 2) ?? []
  return { path, query }
}

function pathOf(path: string): V1Path | undefined {
  const [, practiceId, patientNumber, className, documentId, file] = pathShape.exec(path) ?? []
  if (practiceId === undefined || patientNumber === undefined) return undefined
  return {
    practiceId,
    patientNumber: decodeURIComponent(patientNumber),
    documentClass: className === undefined ? undefined : classesByPath[className],
    documentId: documentId === undefined ? undefined : Number(documentId),
    wantsFile: file !== undefined,
  }
}

function pathNameOf(documentClass: DocumentClass): string {
  return documentClass.documentclass.toLowerCase()
}

function wholeNumber(text: string | null, otherwise: number): number | undefined {
  if (text === null) return otherwise
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
