import type { JsonObject } from '../client/limits.ts'
import type { ContentComparison } from './compare-content.ts'
import type { ExpectedDocument, Reconciliation } from './document-writer.ts'
import { type ChartOfDocument, type DocumentFacts, factsOf } from './judge-document.ts'

/** What a search answered, all pages together. */
export interface ListAnswer {
  readonly resources: readonly JsonObject[]
  /** Why not everything there is was read; undefined when it was. */
  readonly cutOff: string | undefined
  readonly total: number | undefined
  /** The search as the server says it understood it. */
  readonly self: string | undefined
}

/** `unproven`: nothing was found, and that means nothing. */
export type IdentifierSearch =
  | Reconciliation
  | { readonly outcome: 'unproven'; readonly reason: string }

interface Judged extends DocumentFacts {
  readonly resource: JsonObject
}

/**
 * A search by our identifier. What it found counts only if it is ours to the last detail; that it found nothing counts only from a
 * server known to search by identifiers, whose answer shows that it did so.
 *
 * @see https://hl7.org/fhir/R4/search.html#errors - a server may ignore a parameter that it does not know
 */
export function judgeIdentifierSearch(
  answer: ListAnswer,
  compare: (resource: JsonObject) => ContentComparison,
  expected: ExpectedDocument,
  chart: ChartOfDocument,
  searchesByIdentifier: boolean,
): IdentifierSearch {
  const documents = documentsOf(answer, expected, chart)
  const carrying = judgeCarriers(documents, compare)
  if (carrying !== undefined) return carrying
  const reason =
    whyIncomplete(answer, documents.length) ??
    (documents.length > 0 || namesOtherwise(answer.self)
      ? 'the EHR ignored the identifier in the search'
      : answer.resources.some((one) => one['resourceType'] === 'OperationOutcome')
        ? 'the EHR had something to say about the search'
        : searchesByIdentifier
          ? undefined
          : 'the EHR is not known to search by identifiers')
  return reason === undefined ? { outcome: 'absent' } : { outcome: 'unproven', reason }
}

/** Those that carry our identifier: the first that is ours, else what is wrong with them. */
function judgeCarriers(
  documents: readonly Judged[],
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
          'a document carries our identifier and is of another patient, not current, or of another content',
      }
}

/**
 * The patient's documents since it was sent, where no identifier helps. `contentOf` knows the content of every document in
 * question; one that cannot be read leaves it open, and so does one of our title with other bytes, which the EHR may have converted.
 */
export function judgeRecentDocuments(
  answer: ListAnswer,
  contentOf: (resource: JsonObject) => ContentComparison,
  window: { readonly sinceMs: number },
  expected: ExpectedDocument,
  chart: ChartOfDocument,
): Reconciliation {
  const documents = documentsOf(answer, expected, chart)
  const carrying = judgeCarriers(documents, contentOf)
  if (carrying !== undefined) return carrying
  let reason = whyIncomplete(answer, documents.length)
  for (const one of documents.filter((each) => isCandidate(each, window))) {
    const content = contentOf(one.resource)
    if (content === 'equal') {
      if (one.patient === 'ours' && one.isCurrent && one.documentId !== undefined)
        return { outcome: 'present', documentId: one.documentId, evidence: 'content' }
      reason ??= 'a document of the same content is not current, or does not say whose it is'
    } else if (content !== 'different') {
      reason ??= 'a recent document of the patient cannot be read'
    } else if (one.hasOurTitle) {
      reason ??= 'a recent document has our title and another content'
    }
  }
  return reason === undefined ? { outcome: 'absent' } : { outcome: 'cannot_tell', reason }
}

/** Those whose content has to be looked at. */
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

/** What states no time may be of any. */
function isCandidate(one: Judged, { sinceMs }: { readonly sinceMs: number }): boolean {
  if (one.identifier !== 'none' || one.patient === 'another') return false
  return one.times.length === 0 || one.times.some((time) => time >= sinceMs)
}

function documentsOf(
  { resources }: ListAnswer,
  expected: ExpectedDocument,
  chart: ChartOfDocument,
): readonly Judged[] {
  return resources
    .map((resource) => ({ resource, ...factsOf(resource, expected, chart) }))
    .filter((one) => one.isDocument)
}

function whyIncomplete({ cutOff, total }: ListAnswer, count: number): string | undefined {
  if (cutOff !== undefined) return `the list of documents was cut off: ${cutOff}`
  if (total !== undefined && total > count)
    return `the EHR counts ${total} documents and gave ${count}`
  return undefined
}

/** A self link without the parameter says that it was not used. */
function namesOtherwise(self: string | undefined): boolean {
  return self !== undefined && !/[?&]identifier(?::[a-z-]+)?=/i.test(self)
}
