import type { JsonObject } from '../client/parse-resource.ts'
import { objectsAt, textAt } from '../to-clinical-bundle/fields.ts'
import type { ContentComparison } from './compare-content.ts'
import type { ExpectedDocument, Verification } from './document-writer.ts'

/** Our system of document identifiers; the value names the approval. Documents with it are never evidence for another request. */
export const documentIdentifierSystem = 'https://authscript.dev/identifiers/prior-auth-document'

/** The chart that a document must be in. */
export interface ChartOfDocument {
  readonly patientId: string
  readonly fhirBaseUrl: string
}

/** The relevant properties of one resource. */
export interface DocumentFacts {
  readonly isDocument: boolean
  readonly documentId: string | undefined
  /** `unknown`: no patient reference, or one that may be to another server. */
  readonly patient: 'ours' | 'another' | 'unknown'
  readonly isCurrent: boolean
  /** `another`: it has an identifier of our system with another value. */
  readonly identifier: 'ours' | 'another' | 'none'
  readonly hasOurTitle: boolean
  /** All its timestamps, in milliseconds. */
  readonly times: readonly number[]
}

export function factsOf(
  resource: JsonObject,
  expected: ExpectedDocument,
  chart: ChartOfDocument,
): DocumentFacts {
  const identifiers = [
    ...objectsAt(resource, 'identifier'),
    ...objectsAt(resource, 'masterIdentifier'),
  ].filter((one) => textAt(one, 'system') === documentIdentifierSystem)
  const titles = [textAt(resource, 'description'), textAt(resource, 'content.attachment.title')]
  const times = [
    textAt(resource, 'date'),
    textAt(resource, 'meta.lastUpdated'),
    textAt(resource, 'content.attachment.creation'),
  ].map((text) => Date.parse(text ?? ''))
  return {
    isDocument: resource['resourceType'] === 'DocumentReference',
    documentId: textAt(resource, 'id'),
    patient: patientOf(textAt(resource, 'subject.reference'), chart),
    isCurrent:
      textAt(resource, 'status') === 'current' &&
      textAt(resource, 'docStatus') !== 'entered-in-error',
    identifier: identifiers.some((one) => textAt(one, 'value') === expected.identifier)
      ? 'ours'
      : identifiers.length > 0
        ? 'another'
        : 'none',
    hasOurTitle: titles.includes(expected.title),
    times: times.filter((time) => !Number.isNaN(time)),
  }
}

/** Accepts a relative reference, or an absolute one under our base with any scheme, each with or without a version. */
export function patientOf(
  reference: string | undefined,
  { patientId, fhirBaseUrl }: ChartOfDocument,
): 'ours' | 'another' | 'unknown' {
  const [, base = '', id] =
    /^(.*?)\/?Patient\/([^/?#]+)(?:\/_history\/[^/?#]+)?$/.exec(reference ?? '') ?? []
  if (id === undefined) return 'unknown'
  if (base !== '' && withoutScheme(base) !== withoutScheme(fhirBaseUrl)) return 'unknown'
  return id === patientId ? 'ours' : 'another'
}

const withoutScheme = (url: string) => url.replace(/^https?:/i, '').replace(/\/+$/, '')

/**
 * Whether this resource is our document. Its id came from the EHR's answer to our create, or from a person.
 * Equal bytes prove it. Only here an equal size is enough too, because the EHR itself named the id.
 */
export function verifyDocument(
  resource: JsonObject,
  content: ContentComparison,
  expected: ExpectedDocument,
  chart: ChartOfDocument,
): Verification {
  const facts = factsOf(resource, expected, chart)
  if (!facts.isDocument)
    return { verdict: 'cannot_tell', reason: 'the answer is not a DocumentReference' }
  if (facts.patient === 'another') return { verdict: 'not_ours', reason: 'another_patient' }
  if (!facts.isCurrent) return { verdict: 'not_ours', reason: 'not_current' }
  if (facts.identifier === 'another') return { verdict: 'not_ours', reason: 'another_document' }
  if (content === 'different') return { verdict: 'not_ours', reason: 'another_content' }
  if (facts.patient === 'unknown')
    return { verdict: 'cannot_tell', reason: 'the document does not reference a patient' }
  if (facts.identifier === 'ours') return { verdict: 'ours', evidence: 'identifier' }
  if (content === 'equal' || content === 'same_size')
    return { verdict: 'ours', evidence: 'content' }
  return { verdict: 'cannot_tell', reason: 'neither its identifier nor its content can be read' }
}
