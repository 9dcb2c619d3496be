import type { JsonObject } from '../client/parse-resource.ts'
import type { ContentComparison } from './compare-content.ts'
import type { ExpectedDocument, Reconciliation } from './document-writer.ts'
import { type ChartOfDocument, type DocumentFacts, factsOf } from './verify-document.ts'

/** The result of a search, with all its pages. */
export interface ListAnswer {
  readonly resources: readonly JsonObject[]
  /** Why the result is incomplete; undefined if it is complete. */
  readonly cutOff: string | undefined
  readonly total: number | undefined
  /** The server's self link: the search as the server understood it. */
  readonly self: string | undefined
}

/** `unproven`: nothing was found, but that does not prove absence. */
export type IdentifierSearch =
  | Reconciliation
  | { readonly outcome: 'unproven'; readonly reason: string }

interface CheckedDocument extends DocumentFacts {
  readonly resource: JsonObject
}

/**
 * Interprets a search by our identifier. A document counts as present only if every detail matches. It counts as absent only if the
 * server is known to support searching by identifier, and its answer shows that it did so.
 *
 * @see https://hl7.org/fhir/R4/search.html#errors - a server may ignore a parameter that it does not know
 */
export function interpretIdentifierSearch(
  answer: ListAnswer,
  compare: (resource: JsonObject) => ContentComparison,
  expected: ExpectedDocument,
  chart: ChartOfDocument,
  searchesByIdentifier: boolean,
): IdentifierSearch {
  const documents = documentsOf(answer, expected, chart)
  const carrying = interpretCarriers(documents, compare)
  if (carrying !== undefined) return carrying
  const reason =
    whyIncomplete(answer, documents.length) ??
    (documents.length > 0 || selfLinkLacksIdentifier(answer.self)
      ? 'the EHR ignored the identifier in the search'
      : answer.resources.some((one) => one['resourceType'] === 'OperationOutcome')
        ? 'the EHR returned an OperationOutcome with the search'
        : searchesByIdentifier
          ? undefined
          : 'it is unknown whether the EHR supports searching by identifier')
  return reason === undefined ? { outcome: 'absent' } : { outcome: 'unproven', reason }
}

/** Of the documents with our identifier, the first valid one; otherwise why none is valid. Undefined if none has our identifier. */
function interpretCarriers(
  documents: readonly CheckedDocument[],
  compare: (resource: JsonObject) => ContentComparison,
): Reconciliation | undefined {
  const carriers = documents.filter((one) => one.identifier === 'ours')
  for (const one of carriers) {
    if (one.patient !== 'ours' || !one.isCurrent || one.documentId === undefined) continue
    if (compare(one.resource) === 'different') continue
    return { outcome: 'present', documentId: one.documentId, evidence: 'identifier' }
  }
  return carriers.length === 0
    ? undefined
    : {
        outcome: 'cannot_tell',
        reason:
          'a document with our identifier belongs to another patient, is not current, or has other content',
      }
}

/**
 * Interprets the list of the patient's documents since the document was sent, if the identifier search proved nothing. `contentOf`
 * compares the content of each candidate. A candidate that cannot be read leaves the result open, and so does one with our title
 * and other bytes, which the EHR may have converted.
 */
export function interpretRecentDocuments(
  answer: ListAnswer,
  contentOf: (resource: JsonObject) => ContentComparison,
  window: { readonly sinceMs: number },
  expected: ExpectedDocument,
  chart: ChartOfDocument,
): Reconciliation {
  const documents = documentsOf(answer, expected, chart)
  const carrying = interpretCarriers(documents, contentOf)
  if (carrying !== undefined) return carrying
  let reason = whyIncomplete(answer, documents.length)
  for (const one of documents.filter((each) => isCandidate(each, window))) {
    const content = contentOf(one.resource)
    if (content === 'equal') {
      if (one.patient === 'ours' && one.isCurrent && one.documentId !== undefined)
        return { outcome: 'present', documentId: one.documentId, evidence: 'content' }
      reason ??= 'a document with the same content is not current, or does not reference a patient'
    } else if (content !== 'different') {
      reason ??= 'a recent document of the patient cannot be read'
    } else if (one.hasOurTitle) {
      reason ??= 'a recent document has our title and other content'
    }
  }
  return reason === undefined ? { outcome: 'absent' } : { outcome: 'cannot_tell', reason }
}

/** The documents whose content must be compared. */
export function candidatesOf(
  answer: ListAnswer,
  window: { readonly sinceMs: number },
  expected: ExpectedDocument,
  chart: ChartOfDocument,
): readonly JsonObject[] {
  return documentsOf(answer, expected, chart)
    .filter((one) => isCandidate(one, window))
    .map((one) => one.resource)
}

/** A document without a timestamp is always a candidate. */
function isCandidate(one: CheckedDocument, { sinceMs }: { readonly sinceMs: number }): boolean {
  if (one.identifier !== 'none' || one.patient === 'another') return false
  return one.times.length === 0 || one.times.some((time) => time >= sinceMs)
}

function documentsOf(
  { resources }: ListAnswer,
  expected: ExpectedDocument,
  chart: ChartOfDocument,
): readonly CheckedDocument[] {
  return resources
    .map((resource) => ({ resource, ...factsOf(resource, expected, chart) }))
    .filter((one) => one.isDocument)
}

function whyIncomplete({ cutOff, total }: ListAnswer, count: number): string | undefined {
  if (cutOff !== undefined) return `the list of documents is incomplete: ${cutOff}`
  if (total !== undefined && total > count)
    return `the EHR counts ${total} documents and returned ${count}`
  return undefined
}

/** A self link without the parameter shows that the server did not use it. */
function selfLinkLacksIdentifier(self: string | undefined): boolean {
  return self !== undefined && !/[?&]identifier(?::[a-z-]+)?=/i.test(self)
}
