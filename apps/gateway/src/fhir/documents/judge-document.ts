import type { JsonObject } from '../client/limits.ts'
import { objectsAt, textAt } from '../to-clinical-bundle/fields.ts'
import type { ContentComparison } from './compare-content.ts'
import type { ExpectedDocument, Verification } from './document-writer.ts'

/** Ours, so that a document says which approval it is of. Documents that carry it are never evidence for another request. */
export const documentIdentifierSystem = 'https://authscript.dev/identifiers/prior-auth-document'

/** Whose chart a document has to be in. */
export interface ChartOfDocument {
  readonly patientId: string
  readonly fhirBaseUrl: string
}

/** What one resource says of itself. */
export interface DocumentFacts {
  readonly isDocument: boolean
  readonly documentId: string | undefined
  /** `unknown`: nobody is named, or by a reference that may be another server's. */
  readonly patient: 'ours' | 'another' | 'unknown'
  readonly isCurrent: boolean
  /** `another`: it carries an identifier of our system with another value. */
  readonly identifier: 'ours' | 'another' | 'none'
  readonly hasOurTitle: boolean
  /** Every time it states, in milliseconds. */
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

/** Relative, absolute under our base (whatever its scheme), each with or without a version. */
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
 * Whether the resource that the EHR gave under an id that it named for our document, or that a person named, is that document.
 * Equal bytes decide; a number of bytes does only here, where the id is the EHR's own word.
 */
export function judgeNamedDocument(
  resource: JsonObject,
  content: ContentComparison,
  expected: ExpectedDocument,
  chart: ChartOfDocument,
): Verification {
  const facts = factsOf(resource, expected, chart)
  if (!facts.isDocument)
    return { verdict: 'cannot_tell', reason: 'the answer is no DocumentReference' }
  if (facts.patient === 'another') return { verdict: 'not_ours', reason: 'another_patient' }
  if (!facts.isCurrent) return { verdict: 'not_ours', reason: 'not_current' }
  if (facts.identifier === 'another') return { verdict: 'not_ours', reason: 'another_document' }
  if (content === 'different') return { verdict: 'not_ours', reason: 'another_content' }
  if (facts.patient === 'unknown')
    return { verdict: 'cannot_tell', reason: 'the document does not say whose it is' }
  if (facts.identifier === 'ours') return { verdict: 'ours', evidence: 'identifier' }
  if (content === 'equal' || content === 'same_size')
    return { verdict: 'ours', evidence: 'content' }
  return { verdict: 'cannot_tell', reason: 'neither its identifier nor its content can be read' }
}
