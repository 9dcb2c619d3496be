import type { JsonObject } from '../client/limits.ts'
import { objectsAt, referencedId, textAt, textsAt } from '../to-clinical-bundle/fields.ts'

/** The resources of a search, sorted by what may be done with them. */
export interface Screened {
  readonly kept: readonly JsonObject[]
  /** Other types, mixed in on purpose. */
  readonly others: readonly JsonObject[]
  /** Belonging to another patient, or to none: dropped (invariant 5). */
  readonly strangers: number
  /** Of the asked type and not understandable: dropped, and the kind is not complete. */
  readonly malformed: number
  /** The EHR's own word that something is missing. */
  readonly warning: string | undefined
}

const troubling: ReadonlySet<string> = new Set(['fatal', 'error', 'warning'])

export function screen(
  resources: readonly JsonObject[],
  resourceType: string,
  patientId: string,
): Screened {
  const kept: JsonObject[] = []
  const others: JsonObject[] = []
  const seen = new Set<string>()
  let strangers = 0
  let malformed = 0
  let warning: string | undefined
  for (const resource of resources) {
    if (resource['resourceType'] === 'OperationOutcome') {
      if (textsAt(resource, 'issue.severity').some((severity) => troubling.has(severity))) {
        warning = 'the EHR says that its answer is not whole'
      }
    } else if (resource['resourceType'] !== resourceType) {
      others.push(resource)
    } else if (!hasShape(resource)) {
      malformed += 1
    } else if (!isAboutPatient(resource, patientId)) {
      strangers += 1
    } else if (!isEnteredInError(resource) && !seen.has(String(resource['id']))) {
      seen.add(String(resource['id']))
      kept.push(resource)
    }
  }
  return { kept, others, strangers, malformed, warning }
}

/** Whether the resource says that it is about this patient. One that says nothing is nobody's. */
export function isAboutPatient(resource: JsonObject, patientId: string): boolean {
  if (resource['resourceType'] === 'Patient') return resource['id'] === patientId
  const references = ['subject', 'patient', 'beneficiary'].flatMap((field) =>
    textsAt(resource, `${field}.reference`),
  )
  return (
    references.length > 0 &&
    references.every(
      (reference) =>
        referencedId(reference, 'Patient') === patientId || reference === `urn:uuid:${patientId}`,
    )
  )
}

function hasShape(resource: JsonObject): boolean {
  return textAt(resource, 'id') !== undefined && isPlain(resource['code'])
}

/** A code that is a list or a text is not FHIR: what it means cannot be known. */
function isPlain(code: unknown): boolean {
  return code === undefined || code === null || (typeof code === 'object' && !Array.isArray(code))
}

function isEnteredInError(resource: JsonObject): boolean {
  return (
    textAt(resource, 'status') === 'entered-in-error' ||
    objectsAt(resource, 'verificationStatus').some((status) =>
      textsAt(status, 'coding.code').includes('entered-in-error'),
    )
  )
}
