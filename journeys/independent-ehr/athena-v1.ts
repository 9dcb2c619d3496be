import { type Answer, emptyAnswer, jsonAnswer } from './answers.ts'
import type { V1Faults } from './chart-faults.ts'
import type { DocumentStore, StoredDocument } from './document-store.ts'

/** One request to athenahealth's own API, behind `/v1/`. */
export interface V1Request {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly contentType: string
  readonly body: Buffer
}

/**
 * athenahealth's own document routes: documents are added with a form, and a class is listed by department. There are no client
 * identifiers: only the note and the file name are returned.
 *
 * Each document has its own URL.
 *
 * @see https://docs.athenahealth.com/api/api-ref/document-type-admin-document
 * @see https://docs.athenahealth.com/api/workflows/management-class-specific-documents
 */
export class AthenaV1 {
  readonly #documents: DocumentStore
  readonly #faultsOf: (patientId: string) => V1Faults
  readonly #creates = new Map<string, number>()
  #added = 0

  constructor(documents: DocumentStore, faultsOf: (patientId: string) => V1Faults) {
    this.#documents = documents
    this.#faultsOf = faultsOf
  }

  async route(
    request: V1Request,
  ): Promise<{ readonly patientId: string | undefined; readonly answer: Answer }> {
    const [, practiceId, number, documentClass = '', documentId] =
      /^(\d+)\/patients\/(\d+)\/documents(?:\/(admin|clinicaldocument))?(?:\/(\d+))?$/.exec(
        request.path,
      ) ?? []
    if (practiceId === undefined)
      return { patientId: undefined, answer: jsonAnswer(404, { error: 'Not Found' }) }
    const patientId = `a-${practiceId}.E-${number}`
    if (request.method === 'GET' && documentId !== undefined)
      return { patientId, answer: this.#one(patientId, documentClass, documentId) }
    if (request.method === 'POST' && documentId === undefined)
      return { patientId, answer: await this.#add(patientId, documentClass, request) }
    if (request.method === 'GET')
      return { patientId, answer: this.#list(patientId, documentClass, request.query) }
    return { patientId, answer: jsonAnswer(405, { error: 'Method Not Allowed' }) }
  }

  async #add(patientId: string, documentClass: string, request: V1Request): Promise<Answer> {
    const form = await new Response(new Uint8Array(request.body), {
      headers: { 'content-type': request.contentType },
    })
      .formData()
      .catch(() => undefined)
    if (form === undefined) return jsonAnswer(415, { error: 'a form is expected' })
    const text = (name: string) => {
      const value = form.get(name)
      return typeof value === 'string' ? value : undefined
    }
    const subclass = text('documentsubclass') ?? ''
    const missing = ['departmentid', 'documentsubclass', 'attachmentcontents'].filter(
      (name) => (text(name) ?? '') === '',
    )
    if (missing.length > 0)
      return jsonAnswer(400, { error: 'Additional fields are required.', missingfields: missing })
    const bytes = Buffer.from(text('attachmentcontents') ?? '', 'base64')
    if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-')))
      return jsonAnswer(400, { error: 'The file type is not supported.' })
    if (documentClass !== '' && !subclass.toLowerCase().startsWith(documentClass))
      return jsonAnswer(400, { error: 'The DOCUMENTSUBCLASS is invalid.' })
    if ((text('originalfilename') ?? '').length > 200)
      return jsonAnswer(400, { error: 'The ORIGINALFILENAME is too long.' })

    const faults = this.#faultsOf(patientId)
    const count = (this.#creates.get(patientId) ?? 0) + 1
    this.#creates.set(patientId, count)
    const fault = count <= (faults.create?.times ?? 0) ? faults.create : undefined
    const storedClass = documentClass === '' ? classOf(subclass) : documentClass
    this.#added += 1
    const documentId = String(200_000 + this.#added)
    if (fault?.stores !== false) {
      const note = text('internalnote')
      const fileName = text('originalfilename')
      const document: StoredDocument = {
        documentId,
        patientId,
        sentFor: patientId,
        through: 'v1',
        status: text('autoclose') === 'true' ? 'CLOSED' : 'REVIEW',
        bytes,
        documentClass: storedClass,
        ...(note === undefined ? {} : { internalNote: note }),
        ...(fileName === undefined ? {} : { originalFileName: fileName }),
      }
      this.#documents.add(document, faults.lagSearches ?? 0)
    }
    const answer = this.#answerOf(fault, documentClass, documentId)
    return fault?.cut === undefined ? answer : { ...answer, cut: fault.cut }
  }

  #answerOf(fault: V1Faults['create'], documentClass: string, documentId: string): Answer {
    const idField = documentClass === '' ? 'documentid' : `${documentClass}id`
    const id = documentClass === '' ? documentId : Number(documentId)
    const whole = { [idField]: id, ...(documentClass === '' ? {} : { success: true }) }
    const status = fault?.status ?? 200
    switch (fault?.body ?? 'whole') {
      case 'whole':
        return jsonAnswer(status, whole)
      case 'in_a_list':
        return jsonAnswer(status, [whole])
      case 'without_id':
        return jsonAnswer(status, { success: true })
      case 'not_successful':
        return jsonAnswer(status, { success: false, errormessage: 'not taken' })
      case 'error':
        return jsonAnswer(status, { error: 'not possible here' })
      case 'none':
        return emptyAnswer(status)
      case 'html':
        return { status, headers: { 'content-type': 'text/html' }, body: '<html></html>' }
      default:
        return jsonAnswer(status, whole)
    }
  }

  #list(patientId: string, documentClass: string, query: URLSearchParams): Answer {
    if ((query.get('departmentid') ?? '') === '')
      return jsonAnswer(400, {
        error: 'Additional fields are required.',
        missingfields: ['departmentid'],
      })
    const { list } = this.#faultsOf(patientId)
    if (typeof list === 'number') return jsonAnswer(list, { error: 'not possible here' })
    const ofClass = this.#ofClass(patientId, documentClass)
    const indexed = this.#documents.indexed(ofClass, (one) => one.documentId)
    const rows = list === 'empty' ? [] : indexed.map((one) => rowOf(one, documentClass, list))
    const offset = Number(query.get('offset') ?? 0)
    const limit = Number(query.get('limit') ?? 1500)
    const key = { '': 'documents', admin: 'admins', clinicaldocument: 'clinicaldocuments' }[
      documentClass as '' | 'admin' | 'clinicaldocument'
    ]
    return jsonAnswer(200, {
      totalcount: rows.length,
      [key]: rows.slice(offset, offset + limit),
    })
  }

  /** Reads it directly from the store, without a list or a delayed index. */
  #one(patientId: string, documentClass: string, documentId: string): Answer {
    const found = this.#ofClass(patientId, documentClass).find(
      (one) => one.documentId === documentId,
    )
    const { list } = this.#faultsOf(patientId)
    return found === undefined
      ? jsonAnswer(404, { error: 'The document was not found.' })
      : jsonAnswer(200, [rowOf(found, documentClass, list)])
  }

  #ofClass(patientId: string, documentClass: string): readonly StoredDocument[] {
    return this.#documents.documents.filter(
      (one) =>
        one.patientId === patientId &&
        one.through === 'v1' &&
        (documentClass === '' || one.documentClass === documentClass),
    )
  }
}

function classOf(subclass: string): string {
  return subclass.startsWith('ADMIN') ? 'admin' : 'clinicaldocument'
}

function rowOf(document: StoredDocument, documentClass: string, list: V1Faults['list']): object {
  const idField = documentClass === '' ? 'documentid' : `${documentClass}id`
  const marks =
    list === 'without_marks'
      ? {}
      : {
          ...(document.internalNote === undefined ? {} : { internalnote: document.internalNote }),
          ...(document.originalFileName === undefined
            ? {}
            : { originalfilename: document.originalFileName }),
        }
  return {
    [idField]: documentClass === '' ? document.documentId : Number(document.documentId),
    documentclass: document.documentClass?.toUpperCase(),
    status: list === 'deleted' ? 'DELETED' : document.status,
    createddatetime: '2026-01-02T10:00:00-05:00',
    departmentid: '1',
    ...marks,
  }
}
