import { isObject, type Json, type JsonObject } from '../client/parse-resource.ts'
import { textAt, valuesAt } from '../to-clinical-bundle/fields.ts'

/** Parses the answers of athenahealth's v1 document routes. Pure functions, so that every answer is a row of a test table. */

export type AddedReading =
  /** The API accepted the document. `documentId` is absent if the answer names no id. */
  | { readonly outcome: 'created'; readonly documentId?: string }
  /** The API rejected the document. */
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'unknown'; readonly reason: string }

const idNames = ['documentid', 'clinicaldocumentid', 'adminid'] as const

/** `{documentid}`, `{success, clinicaldocumentid, errormessage}`, a list of one of them; ids as numbers or text, 0 for none. */
export function readAdded(body: Json): AddedReading {
  const answers: readonly Json[] = Array.isArray(body) ? (body as readonly Json[]) : [body]
  const [answer] = answers
  if (answers.length !== 1 || answer === undefined || !isObject(answer))
    return { outcome: 'unknown', reason: 'the answer names no document' }
  const documentId = idOf(answer)
  const [success] = valuesAt(answer, 'success')
  const failed = success === false || success === 'false' || success === 0 || success === '0'
  if (documentId !== undefined && !failed) return { outcome: 'created', documentId }
  if (failed && documentId === undefined) return { outcome: 'refused' }
  if (success === true || success === 'true') return { outcome: 'created' }
  return { outcome: 'unknown', reason: 'the answer names no document' }
}

export interface ListedDocument {
  readonly documentId: string | undefined
  /** The fields that can contain our identifier, as far as the list has them. */
  readonly texts: readonly string[]
  /** Whether the entry has a field that always contains our identifier. */
  readonly hasNote: boolean
  readonly isCurrent: boolean
  readonly patientId: string | undefined
}

export interface ListedPage {
  readonly documents: readonly ListedDocument[]
  readonly total: number | undefined
  readonly hasNext: boolean
}

/** A page of `…/documents/{class}`: a list named after the class, with `totalcount` and `next`. Undefined for anything else. */
export function readListedPage(body: Json): ListedPage | undefined {
  if (Array.isArray(body)) return pageOf(body as readonly Json[], undefined, false)
  if (!isObject(body)) return undefined
  const lists = Object.values(body).filter((one) => Array.isArray(one))
  const total = numberOf(body['totalcount'])
  const hasNext = typeof body['next'] === 'string' && body['next'] !== ''
  if (lists.length === 1) return pageOf(lists[0] as readonly Json[], total, hasNext)
  return lists.length === 0 && total === 0 ? pageOf([], 0, hasNext) : undefined
}

function pageOf(list: readonly Json[], total: number | undefined, hasNext: boolean) {
  return list.every((one) => isObject(one))
    ? { documents: list.map((one) => listed(one)), total, hasNext }
    : undefined
}

/** One document: the object itself, or a list with only this object. */
export function readListedDocument(body: Json): ListedDocument | undefined {
  const [one, ...others] = Array.isArray(body) ? (body as readonly Json[]) : [body]
  if (one === undefined || !isObject(one) || others.length > 0) return undefined
  return idOf(one) === undefined ? undefined : listed(one)
}

function listed(document: JsonObject): ListedDocument {
  const texts = ['internalnote', 'originalfilename', 'description', 'documentdata'].flatMap(
    (name) => textAt(document, name) ?? [],
  )
  return {
    documentId: idOf(document),
    texts,
    hasNote: Object.hasOwn(document, 'internalnote') || Object.hasOwn(document, 'originalfilename'),
    isCurrent: !/^(?:deleted|error|entered.in.error)$/i.test(textAt(document, 'status') ?? ''),
    patientId: textOf(document['patientid']),
  }
}

/** Whether one of the texts contains exactly this identifier: `v10` does not contain `v1`. */
export function carriesIdentifier(texts: readonly string[], identifier: string): boolean {
  const whole = [identifier, fileNameOf(identifier)].map((one) =>
    one.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`),
  )
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${whole.join('|')})(?![A-Za-z0-9])`)
  return texts.some((text) => pattern.test(text))
}

const maxFileName = 200

/** A file name without extension: athenahealth accepts at most 200 characters and adds the extension itself. */
export function fileNameOf(identifier: string): string {
  return identifier.replaceAll(/[^A-Za-z0-9-]/g, '-').slice(0, maxFileName)
}

function idOf(document: JsonObject): string | undefined {
  for (const name of idNames) {
    const id = textOf(document[name])
    if (id !== undefined && /^[1-9]\d{0,17}$/.test(id)) return id
  }
  return undefined
}

function textOf(value: Json): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined
}

function numberOf(value: Json): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}
