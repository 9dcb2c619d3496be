import { createHash } from 'node:crypto'
import { documentIdentifierSystem } from '../../src/fhir/documents/verify-document.ts'

type Resource = Record<string, unknown> & { id: string }

/** What the server sends, or that it sends nothing. */
export type Wire =
  | {
      readonly status: number
      readonly body?: string | Buffer | object
      readonly headers?: Readonly<Record<string, string>>
    }
  | 'reset'
  | 'timeout'

export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: string
}

/** One way in which a server answers a create, and whether it kept the document. */
export interface CreateRow {
  readonly what: string
  readonly keeps: boolean
  readonly answer: (stored: Resource, base: string) => Wire
}

export interface SearchRow {
  readonly what: string
  /** Instead of the honest answer; undefined: the honest one. */
  readonly answer: (honest: () => object, resource: Resource | undefined, base: string) => Wire
  /** False: answers as if `identifier` were not in the query. */
  readonly usesIdentifier?: boolean
}

export interface ReadRow {
  readonly what: string
  readonly answer: (resource: Resource) => Wire
}

export interface ServerRows {
  readonly create: CreateRow
  readonly search: SearchRow
  readonly list: SearchRow
  readonly read: ReadRow
  readonly keepsIdentifier: boolean
  /** How it shows the content of a document. */
  readonly shows: 'data' | 'binary' | 'fhir_binary' | 'hash' | 'size' | 'nothing'
  readonly indexLagMs?: number
}

export const ourPatient = 'p1'
const prefix = '/fhir/r4/'

/** A FHIR server of one patient's documents, which misbehaves as its rows say. Only its first create misbehaves. */
export class DocumentServer {
  readonly rows: ServerRows
  readonly stored: Resource[] = []
  creates = 0
  readonly #bytes = new Map<string, Buffer>()
  readonly #storedAt = new Map<string, number>()
  readonly #now: () => number
  base = 'https://ehr.test/fhir/r4/'

  constructor(rows: ServerRows, now: () => number) {
    this.rows = rows
    this.#now = now
    this.#add(
      { ...aNote('n1', 'an old note', now() - 86_400_000 * 30) },
      Buffer.from('an old note'),
    )
    this.#add({ ...aNote('n2', 'a new note', now()) }, Buffer.from('a new note'))
  }

  /** The copies that the server keeps of what was sent, whatever it answers about them. */
  get copies(): readonly Resource[] {
    return this.stored.filter((one) => one.id.startsWith('d'))
  }

  handle({ method, path, query, body }: WireRequest): Wire {
    const [type = '', id] = path.slice(prefix.length).split('/')
    if (method === 'POST') return this.#create(JSON.parse(body) as Resource)
    if (type === 'Binary') return this.#binary(id ?? '')
    if (id !== undefined) {
      const found = this.stored.find((one) => one.id === id)
      return found === undefined
        ? { status: 404, body: outcome('not-found') }
        : this.rows.read.answer(this.#shown(found))
    }
    const byIdentifier = query.has('identifier')
    const row = byIdentifier ? this.rows.search : this.rows.list
    const visible = this.stored.filter(
      (one) => (this.#storedAt.get(one.id) ?? 0) + (this.rows.indexLagMs ?? 0) <= this.#now(),
    )
    const wanted =
      byIdentifier && row.usesIdentifier !== false
        ? visible.filter((one) =>
            valuesOf(one).includes(query.get('identifier')?.split('|')[1] ?? ''),
          )
        : visible
    const used = new URLSearchParams(query)
    if (row.usesIdentifier === false) used.delete('identifier')
    return row.answer(
      () =>
        bundleOf(
          wanted.map((one) => this.#shown(one)),
          `${this.base}${type}?${used.toString()}`,
        ),
      this.copies.at(-1),
      this.base,
    )
  }

  #create(sent: Resource): Wire {
    this.creates += 1
    const row: CreateRow = this.creates === 1 ? this.rows.create : honestCreate
    const data = Buffer.from(dataOf(sent), 'base64')
    const kept: Resource = {
      ...sent,
      id: `d${this.creates}`,
      meta: { lastUpdated: new Date(this.#now()).toISOString() },
    }
    if (!this.rows.keepsIdentifier) delete kept['identifier']
    if (row.keeps) this.#add(kept, data)
    return row.answer(this.#shown(kept), this.base)
  }

  #add(resource: Resource, bytes: Buffer): void {
    this.stored.push(resource)
    this.#bytes.set(resource.id, bytes)
    this.#storedAt.set(resource.id, this.#now())
  }

  #binary(id: string): Wire {
    const bytes = this.#bytes.get(id)
    if (bytes === undefined) return { status: 404, body: outcome('not-found') }
    return this.rows.shows === 'fhir_binary'
      ? {
          status: 200,
          body: { resourceType: 'Binary', id, data: bytes.toString('base64') },
        }
      : { status: 200, body: bytes, headers: { 'content-type': 'application/pdf' } }
  }

  #shown(resource: Resource): Resource {
    const bytes = this.#bytes.get(resource.id)
    if (bytes === undefined) return resource
    const isNote = resource.id.startsWith('n')
    const shows = isNote && this.rows.shows !== 'nothing' ? 'data' : this.rows.shows
    const attachment = {
      contentType: isNote ? 'text/plain' : 'application/pdf',
      ...(isNote ? {} : { title: 'Prior authorization request' }),
      ...{
        data: { data: bytes.toString('base64') },
        binary: { url: `Binary/${resource.id}` },
        fhir_binary: { url: `${this.base}Binary/${resource.id}` },
        hash: { hash: createHash('sha1').update(bytes).digest('base64') },
        size: { size: bytes.byteLength },
        nothing: {},
      }[shows],
    }
    return { ...resource, content: [{ attachment }] }
  }
}

export const honestCreate: CreateRow = {
  what: '201 with the resource',
  keeps: true,
  answer: (stored, base) => ({
    status: 201,
    body: stored,
    headers: { location: `${base}DocumentReference/${stored.id}/_history/1` },
  }),
}

export const outcome = (code: string, severity = 'error') => ({
  resourceType: 'OperationOutcome',
  id: 'an-outcome',
  issue: [{ severity, code }],
})

export function bundleOf(resources: readonly object[], self?: string, more: object = {}): object {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: resources.length,
    link: self === undefined ? [] : [{ relation: 'self', url: self }],
    entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })),
    ...more,
  }
}

export const aDocument = (
  identifier: string,
  over: Readonly<Record<string, unknown>> = {},
): Resource => ({
  resourceType: 'DocumentReference',
  id: 'x1',
  status: 'current',
  identifier: [{ system: documentIdentifierSystem, value: identifier }],
  subject: { reference: `Patient/${ourPatient}` },
  ...over,
})

function aNote(id: string, title: string, at: number): Resource {
  return {
    resourceType: 'DocumentReference',
    id,
    status: 'current',
    description: title,
    date: new Date(at).toISOString(),
    subject: { reference: `Patient/${ourPatient}` },
  }
}

function valuesOf(resource: Resource): readonly string[] {
  const identifiers = (resource['identifier'] ?? []) as readonly { readonly value: string }[]
  return identifiers.map((one) => one.value)
}

function dataOf(resource: Resource): string {
  const content = resource['content'] as readonly {
    readonly attachment: { readonly data: string }
  }[]
  return content[0]?.attachment.data ?? ''
}
