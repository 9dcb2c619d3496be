import type { CreateFault } from '../faults/create-fault.ts'
import type { Answer } from '../fhir/answer.ts'
import type { ClientDocuments } from '../fhir/client-documents.ts'
import type { Resource } from '../fhir/resource.ts'
import type { ResourceStore } from '../fhir/resource-store.ts'
import type { Mode } from '../modes/mode.ts'
import type { DocumentClass } from './document-classes.ts'
import { type DocumentFields, readFields } from './document-fields.ts'
import { departmentFaultOf, json } from './v1-answer.ts'
import { toDocumentReference, type V1Document, type V1Documents } from './v1-documents.ts'

export interface AddOptions {
  readonly mode: Mode
  readonly store: ResourceStore
  readonly v1Documents: V1Documents
  readonly documents: ClientDocuments
  readonly practiceId: string
  readonly patientId: string
  /** The class of a class-specific route; undefined for the general one. */
  readonly documentClass: DocumentClass | undefined
  readonly now: number
  readonly fault: CreateFault | undefined
}

/** Adds a document to a patient's chart, unless its fields are refused or a fault affects storing or answering. */
export function addDocument(body: unknown, options: AddOptions): Answer {
  const form = body instanceof URLSearchParams ? body : new URLSearchParams()
  const fields = readFields(form, options.documentClass)
  if ('error' in fields) return json(400, fields)
  const departmentFault = departmentFaultOf(options.store, options.practiceId, fields.departmentid)
  if (departmentFault !== undefined) return departmentFault
  const count = { not_at_all: 0, twice: 2 }[String(options.fault?.stored)] ?? 1
  const stored = Array.from({ length: count }, () => store(fields, options)).at(-1)
  return answerOf(stored?.documentId ?? 0, options)
}

function store(fields: DocumentFields, options: AddOptions): V1Document {
  const { practiceId, v1Documents, mode } = options
  const document = v1Documents.add(altered(fields, options.fault), {
    practiceId,
    patientId:
      options.fault?.stored === 'other_patient' ? otherPatient(options) : options.patientId,
    createdAt: options.now,
  })
  const { documentId } = document
  if (options.fault?.stored === 'entered_in_error') v1Documents.delete(documentId)
  options.documents.add(() => withIdentifiers(v1Documents.find(documentId) ?? document))
  if (!mode.switches.fhirLag)
    options.store.put(practiceId, toDocumentReference(document), options.now)
  return document
}

/** For tests: the texts by which a client can recognize its document, the note and the file name, as identifiers. */
function withIdentifiers(document: V1Document): Resource {
  const { internalnote, originalfilename } = document
  return {
    ...toDocumentReference(document),
    identifier: [
      { system: 'internalnote', value: internalnote },
      ...(originalfilename === undefined
        ? []
        : [{ system: 'originalfilename', value: originalfilename }]),
    ],
  }
}

function altered(fields: DocumentFields, fault: CreateFault | undefined): DocumentFields {
  const file = Buffer.from(fields.attachmentcontents ?? '', 'base64')
  switch (fault?.stored) {
    case 'without_identifier':
      return { ...fields, internalnote: '', originalfilename: undefined }
    case 'other_bytes':
      return {
        ...fields,
        attachmentcontents: Buffer.from('%PDF-1.4 other bytes').toString('base64'),
      }
    case 'cut_bytes':
      return {
        ...fields,
        attachmentcontents: file.subarray(0, file.length / 2).toString('base64'),
      }
    case 'without_attachment':
      return { ...fields, attachmentcontents: undefined }
    default:
      return fields
  }
}

function otherPatient({ store, practiceId, patientId }: AddOptions): string {
  return (
    store.ofType(practiceId, 'Patient').find(({ id }) => id !== patientId)?.id ?? 'someone-else'
  )
}

/**
 * The general route answers with `documentid`; a class-specific route with the id under the class's name, and
 * `success`.
 */
function answerOf(documentId: number, { documentClass, fault }: AddOptions): Answer {
  const status = fault?.status ?? 200
  const shown = fault?.v1Body === 'wrong_id' ? documentId + 100_000 : documentId
  const named =
    documentClass === undefined
      ? { documentid: String(shown) }
      : { [documentClass.idName]: shown, success: true, errormessage: '' }
  switch (fault?.v1Body) {
    case 'none':
      return { status, body: '' }
    case 'text':
      return { status, body: 'OK', headers: { 'content-type': 'text/plain' } }
    case 'array':
      return json(status, [named])
    case 'refused':
      return json(status, { success: false, errormessage: 'The document could not be added.' })
    case 'without_id':
      return json(status, { success: true })
    default:
      return json(status, named)
  }
}
