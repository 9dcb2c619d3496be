import { isObject, type Json } from '../client/limits.ts'
import { objectsAt, textAt } from '../to-clinical-bundle/fields.ts'

/** What the answer to a DocumentReference create says: pure, so that every answer has its row in a table. */
export interface CreateAnswer {
  readonly status: number
  readonly location: string | undefined
  readonly contentLocation: string | undefined
  /** Undefined when it is empty or no JSON. */
  readonly body: Json
}

export type CreateReading =
  /** The EHR says that it has taken the document; `documentId` where it also says under which id. */
  | { readonly outcome: 'created'; readonly documentId?: string }
  | { readonly outcome: 'unknown'; readonly reason: string }

/** They say that the document was taken, whatever their body is. */
const acknowledging: ReadonlySet<number> = new Set([201, 202, 204])

/** The body's id, else the one in `Location` or `Content-Location`. Nothing but a DocumentReference is an id in the body. */
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
 * Absolute, relative or versioned; behind a proxy also of another host: the type and id count alone.
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
