import { isObject, type Json, type JsonObject } from '../client/parse-resource.ts'
import { objectsAt, referencedId, textAt, textsAt } from '../to-clinical-bundle/fields.ts'
import {
  hasUnknownModifier,
  isEnteredInError,
  isProhibited,
} from '../to-clinical-bundle/modifiers.ts'

/** The resources of a search, sorted by whether they may be used. */
export interface Screened {
  readonly kept: readonly JsonObject[]
  /** Resources of other types that the EHR included. */
  readonly others: readonly JsonObject[]
  /** Resources of other patients: dropped (invariant 5). */
  readonly otherPatientCount: number
  /** Their patient reference cannot be resolved (identifier or display only, or contained): dropped, and the outcome is `partial`. */
  readonly unresolvedCount: number
  /** Resources of the searched type that could not be parsed: dropped, and the outcome is `partial`. */
  readonly malformedCount: number
  /** Set if the server says that its answer is incomplete. */
  readonly warning: string | undefined
}

/**
 * Issue types which mean that resources are missing. Warnings of other types (an unknown parameter, a hint) do not affect completeness.
 *
 * @see https://hl7.org/fhir/R4/valueset-issue-type.html
 */
const incompleteIssueTypes: ReadonlySet<string> = new Set([
  'incomplete',
  'too-costly',
  'too-long',
  'timeout',
  'throttled',
  'suppressed',
  'security',
  'login',
  'forbidden',
  'expired',
  'transient',
  'lock-error',
  'no-store',
  'exception',
])

export function screen(
  resources: readonly JsonObject[],
  resourceType: string,
  patientId: string,
): Screened {
  const kept: JsonObject[] = []
  const others: JsonObject[] = []
  // A resource that several searches returned counts once.
  const seen = new Set<string>()
  let otherPatientCount = 0
  let unresolvedCount = 0
  let malformedCount = 0
  let warning: string | undefined
  for (const resource of resources) {
    const id = `${String(resource['resourceType'])}/${String(resource['id'])}`
    if (resource['id'] !== undefined && seen.has(id)) continue
    seen.add(id)
    if (resource['resourceType'] === 'OperationOutcome') {
      if (objectsAt(resource, 'issue').some(meansIncomplete))
        warning = 'the EHR says that its answer is incomplete'
    } else if (resource['resourceType'] !== resourceType) {
      others.push(resource)
    } else if (!hasShape(resource)) {
      malformedCount += 1
    } else if (hasUnresolvedPatient(resource)) {
      unresolvedCount += 1
    } else if (!isAboutPatient(resource, patientId)) {
      otherPatientCount += 1
    } else if (!isEnteredInError(resource) && !isProhibited(resource)) {
      kept.push(resource)
    }
  }
  return { kept, others, otherPatientCount, unresolvedCount, malformedCount, warning }
}

function meansIncomplete(issue: JsonObject): boolean {
  const severity = textAt(issue, 'severity')
  if (severity === 'fatal' || severity === 'error') return true
  return incompleteIssueTypes.has(textAt(issue, 'code') ?? '')
}

const patientFields = ['subject', 'patient', 'beneficiary']

/** Whether its patient is given, but not as a reference that can be resolved. */
function hasUnresolvedPatient(resource: JsonObject): boolean {
  if (resource['resourceType'] === 'Patient') return false
  const named = patientFields.flatMap((field) => objectsAt(resource, field))
  return (
    named.length > 0 &&
    named.every((one) => {
      const reference = textAt(one, 'reference')
      return reference === undefined || reference.startsWith('#')
    })
  )
}

/** Whether the resource references this patient. False for a resource without a patient reference. */
export function isAboutPatient(resource: JsonObject, patientId: string): boolean {
  if (resource['resourceType'] === 'Patient') return resource['id'] === patientId
  const references = patientFields.flatMap((field) => textsAt(resource, `${field}.reference`))
  return (
    references.length > 0 &&
    references.every(
      (reference) =>
        referencedId(reference, 'Patient') === patientId || reference === `urn:uuid:${patientId}`,
    )
  )
}

function hasShape(resource: JsonObject): boolean {
  return (
    textAt(resource, 'id') !== undefined &&
    isPlain(resource['code']) &&
    !hasUnknownModifier(resource)
  )
}

/** A `code` that is a list or a string is not valid FHIR, so its meaning is unknown. */
function isPlain(code: Json): boolean {
  return code === undefined || code === null || isObject(code)
}
