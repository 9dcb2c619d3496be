import { isObject, type Json } from '../client/parse-resource.ts'
import { objectsAt, textAt } from '../to-clinical-bundle/fields.ts'

/** Parses the answer to a DocumentReference create. Pure functions, so that every answer is a row of a test table. */
export interface CreateAnswer {
  readonly status: number
  readonly location: string | undefined
  readonly contentLocation: string | undefined
  /** Undefined if it is empty or not JSON. */
  readonly body: Json
}

export type CreateReading =
  /** The EHR accepted the document. `documentId` is absent if the answer names no id. */
  | { readonly outcome: 'created'; readonly documentId?: string }
  | { readonly outcome: 'unknown'; readonly reason: string }

/** Statuses that acknowledge the document, with any body. */
const acknowledging: ReadonlySet<number> = new Set([201, 202, 204])

/** The id of the body, or else of `Location` or `Content-Location`. The body counts only if it is a DocumentReference. */
export function readCreateAnswer(answer: CreateAnswer): CreateReading {
  const documentId =
    idOfDocument(answer.body) ??
    idOfLocation(answer.location) ??
    idOfLocation(answer.contentLocation)
  if (documentId !== undefined) return { outcome: 'created', documentId }
  if (acknowledging.has(answer.status)) return { outcome: 'created' }
  const what = isErrorOutcome(answer.body) ? 'an OperationOutcome with errors' : 'no document'
  return { outcome: 'unknown', reason: `status ${answer.status} with ${what}` }
}

function idOfDocument(body: Json): string | undefined {
  if (!isObject(body) || body['resourceType'] !== 'DocumentReference') return undefined
  const id = textAt(body, 'id')
  return id !== undefined && idShape.test(id) ? id : undefined
}

const idShape = /^[A-Za-z0-9\-._]{1,128}$/

/**
 * The id in a URL that is absolute, relative or versioned. Only type and id count, because a proxy may change the host.
 *
 * @see https://hl7.org/fhir/R4/http.html#create - `Location: [base]/[type]/[id]/_history/[vid]`
 */
export function idOfLocation(location: string | undefined): string | undefined {
  const [, id] =
    /(?:^|\/)DocumentReference\/([^/?#]+)(?:\/_history\/[^/?#]+)?\/?(?:[?#].*)?$/.exec(
      location?.trim() ?? '',
    ) ?? []
  return id !== undefined && idShape.test(id) && !id.startsWith('_') ? id : undefined
}

function isErrorOutcome(body: Json): boolean {
  return (
    isObject(body) &&
    body['resourceType'] === 'OperationOutcome' &&
    objectsAt(body, 'issue').some((issue) =>
      ['error', 'fatal'].includes(textAt(issue, 'severity') ?? ''),
    )
  )
}
