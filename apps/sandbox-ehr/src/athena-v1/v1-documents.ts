import type { Resource } from '../fhir/resource.ts'
import type { DocumentClass } from './document-classes.ts'
import type { DocumentFields } from './document-fields.ts'

export interface V1Document extends DocumentFields {
  readonly documentId: number
  readonly practiceId: string
  /** The FHIR id of the patient. */
  readonly patientId: string
  readonly createdAt: number
  readonly status: 'OPEN' | 'REVIEW' | 'CLOSED' | 'DELETED'
}

/** Documents that were added by the v1 API. */
export class V1Documents {
  readonly #documents = new Map<number, V1Document>()
  #next = 101

  add(
    fields: DocumentFields,
    of: { readonly practiceId: string; readonly patientId: string; readonly createdAt: number },
  ): V1Document {
    const document: V1Document = {
      ...fields,
      ...of,
      documentId: this.#next++,
      status: fields.autoclose ? 'CLOSED' : fields.documentClass.openStatus,
    }
    this.#documents.set(document.documentId, document)
    return document
  }

  find(documentId: number): V1Document | undefined {
    return this.#documents.get(documentId)
  }

  /** False if there is no such document. */
  delete(documentId: number): boolean {
    const document = this.#documents.get(documentId)
    if (document !== undefined) this.#documents.set(documentId, { ...document, status: 'DELETED' })
    return document !== undefined
  }

  /** Newest first. */
  ofPatient(
    practiceId: string,
    patientId: string,
    documentClass: DocumentClass | undefined,
  ): readonly V1Document[] {
    return [...this.#documents.values()]
      .filter(
        (document) =>
          document.practiceId === practiceId &&
          document.patientId === patientId &&
          (documentClass === undefined || document.documentClass === documentClass),
      )
      .toReversed()
  }
}

/** A list entry: athenahealth shows neither the file of a document nor the name of the file. */
export function entryOf(document: V1Document, idName: string): Readonly<Record<string, unknown>> {
  const created = new Date(document.createdAt).toISOString()
  const date = usDate(created)
  return {
    [idName]: idName === 'documentid' ? String(document.documentId) : document.documentId,
    documentclass: document.documentClass.documentclass,
    documentsubclass: document.documentsubclass,
    status: document.status,
    priority: document.priority,
    departmentid: document.departmentid,
    internalnote: document.internalnote,
    description: document.documentsubclass.toLowerCase().replace('_', ' '),
    createddatetime: created.replace(/\.\d+Z$/, '+00:00'),
    createddate: date,
    lastmodifieddatetime: created.replace(/\.\d+Z$/, '+00:00'),
    lastmodifieddate: date,
    createduser: 'API-0001',
    documentsource: 'INTERFACE',
    documentroute: 'API',
    ...(document.observationdate === undefined
      ? {}
      : { observationdate: document.observationdate }),
    ...(document.providerid === undefined ? {} : { providerid: document.providerid }),
    ...(document.documenttypeid === undefined ? {} : { documenttypeid: document.documenttypeid }),
  }
}

function usDate(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-')
  return `${month}/${day}/${year}`
}

export function fhirIdOf({ practiceId, documentClass, documentId }: V1Document): string {
  return `a-${practiceId}.${documentClass.documentclass.toLowerCase()}-${documentId}`
}

/** The document in FHIR, which tests read: the internal note is the description, the file name the title. */
export function toDocumentReference(document: V1Document): Resource {
  const { attachmentcontents, originalfilename, internalnote } = document
  return {
    resourceType: 'DocumentReference',
    id: fhirIdOf(document),
    status: document.status === 'DELETED' ? 'entered-in-error' : 'current',
    type: { text: document.documentsubclass },
    category: [{ text: document.documentClass.documentclass }],
    subject: { reference: `Patient/${document.patientId}` },
    date: new Date(document.createdAt).toISOString(),
    description: internalnote,
    content: [
      {
        attachment: {
          contentType: 'application/pdf',
          ...(originalfilename === undefined ? {} : { title: originalfilename }),
          ...(attachmentcontents === undefined ? {} : { data: attachmentcontents }),
        },
      },
    ],
  }
}
