import { createHash } from 'node:crypto'
import type { Keeps } from './chart-faults.ts'
import type { FhirEngine, FhirResource } from './fhir-engine.ts'

/** A document in a chart, with its current bytes. */
export interface StoredDocument {
  readonly documentId: string
  /** The patient in whose chart it is stored. */
  readonly patientId: string
  /** The patient for whom it was sent. */
  readonly sentFor: string
  readonly through: 'fhir' | 'v1'
  readonly status: string
  readonly bytes: Buffer
  /** athenahealth's own API: its place for notes of the practice, and the file's name. */
  readonly internalNote?: string
  readonly originalFileName?: string
  readonly documentClass?: string
}

export interface StoredBinary {
  readonly contentType: string
  readonly bytes: Buffer
}

interface Attachment {
  readonly contentType?: string
  readonly data?: string
  readonly url?: string
  readonly [field: string]: unknown
}

/** The documents that were written to the charts, with their bytes. */
export class DocumentStore {
  readonly #engine: FhirEngine
  readonly #documents: StoredDocument[] = []
  readonly #binaries = new Map<string, StoredBinary>()
  readonly #hidden = new Map<string, number>()

  constructor(engine: FhirEngine) {
    this.#engine = engine
  }

  get documents(): readonly StoredDocument[] {
    return this.#documents
  }

  find(documentId: string): StoredDocument | undefined {
    return this.#documents.find((one) => one.documentId === documentId)
  }

  addBinary(id: string, binary: StoredBinary): void {
    this.#binaries.set(id, binary)
  }

  /** What is behind `Binary/ID`, whether it was sent as one or belongs to a document. */
  binary(id: string): StoredBinary | undefined {
    const document = this.find(id.replace(/^content-/, ''))
    return document === undefined
      ? this.#binaries.get(id)
      : { contentType: 'application/pdf', bytes: document.bytes }
  }

  add(document: StoredDocument, lagSearches: number): void {
    this.#documents.push(document)
    if (lagSearches > 0) this.#hidden.set(document.documentId, lagSearches)
  }

  /** Takes a DocumentReference into the chart as this server would; resolves with it as it is kept. */
  async keep(
    sent: FhirResource,
    sentFor: string,
    keeps: Required<Pick<Keeps, 'identifier' | 'bytes' | 'patient'>> & Keeps,
    lagSearches: number,
  ): Promise<FhirResource> {
    const patientId = keeps.patient === 'another' ? anotherPatientId : sentFor
    const sentBytes = this.#bytesOf(sent)
    const bytes =
      keeps.bytes === 'other' ? Buffer.concat([sentBytes, Buffer.from('\n%%other')]) : sentBytes
    const { identifier, ...others } = sent
    const status = keeps.status ?? String(sent['status'] ?? 'current')
    const kept = await this.#engine.create({
      ...others,
      ...(keeps.identifier ? { identifier } : {}),
      status,
      subject: { reference: `Patient/${patientId}` },
      content: [
        { attachment: { ...attachmentOf(sent), data: bytes.toString('base64'), url: undefined } },
      ],
    })
    this.add(
      { documentId: kept.id, patientId, sentFor, through: 'fhir', status, bytes },
      lagSearches,
    )
    return kept
  }

  /** Leaves out items that a delayed index does not show yet; each search reduces the delay. */
  indexed<Item>(items: readonly Item[], idOf: (item: Item) => string): readonly Item[] {
    const shown = items.filter((item) => (this.#hidden.get(idOf(item)) ?? 0) === 0)
    for (const item of items) {
      const left = this.#hidden.get(idOf(item)) ?? 0
      if (left > 0) this.#hidden.set(idOf(item), left - 1)
    }
    return shown
  }

  /** A document as it is shown: with its content, or with no more than a link or a hash. */
  view(resource: FhirResource, content: NonNullable<Keeps['content']>): FhirResource {
    const stored = this.find(resource.id)
    if (stored === undefined || content === 'data') return resource
    const { contentType, title } = attachmentOf(resource)
    const attachment = {
      contentType,
      title,
      ...(content === 'binary_url' ? { url: `Binary/content-${resource.id}` } : {}),
      ...(content === 'hash'
        ? {
            hash: createHash('sha1').update(stored.bytes).digest('base64'),
            size: stored.bytes.byteLength,
          }
        : {}),
    }
    return { ...resource, content: [{ attachment }] }
  }

  #bytesOf(sent: FhirResource): Buffer {
    const { data, url } = attachmentOf(sent)
    if (data !== undefined) return Buffer.from(data, 'base64')
    const binaryId = /Binary\/([^/]+)/.exec(url ?? '')?.[1]
    return this.#binaries.get(binaryId ?? '')?.bytes ?? Buffer.alloc(0)
  }
}

/** The patient whose chart receives misplaced documents. */
export const anotherPatientId = 'another-patient'

function attachmentOf(resource: FhirResource): Attachment {
  const [content] = (resource['content'] ?? []) as readonly { readonly attachment?: Attachment }[]
  return content?.attachment ?? {}
}
