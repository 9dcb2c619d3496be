import { isObject, type Json, type JsonObject } from '../client/limits.ts'
import { objectsAt, referencedId, textAt, textsAt } from '../to-clinical-bundle/fields.ts'
import {
  hasUnknownModifier,
  isEnteredInError,
  isProhibited,
} from '../to-clinical-bundle/modifiers.ts'

/** The resources of a search, sorted by what may be done with them. */
export interface Screened {
  readonly kept: readonly JsonObject[]
  /** Other types, mixed in on purpose. */
  readonly others: readonly JsonObject[]
  /** Belonging to another patient: dropped (invariant 5). */
  readonly strangers: number
  /** The patient is named by identifier or display only, or is contained: dropped, and the kind is not complete. */
  readonly unplaced: number
  /** Of the asked type and not understandable: dropped, and the kind is not complete. */
  readonly malformed: number
  /** What the server says is missing. */
  readonly warning: string | undefined
}

/**
 * Issue types that say that something was left out. A warning of another type (an unknown parameter, a hint) says nothing about what came.
 *
 * @see https://hl7.org/fhir/R4/valueset-issue-type.html
 */
const lessening: ReadonlySet<string> = new Set([
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
  // One that several searches brought counts once.
  const seen = new Set<string>()
  let strangers = 0
  let unplaced = 0
  let malformed = 0
  let warning: string | undefined
  for (const resource of resources) {
    const id = `${String(resource['resourceType'])}/${String(resource['id'])}`
    if (resource['id'] !== undefined && seen.has(id)) continue
    seen.add(id)
    if (resource['resourceType'] === 'OperationOutcome') {
      if (objectsAt(resource, 'issue').some(isLessening))
        warning = 'the EHR says that its answer is not whole'
    } else if (resource['resourceType'] !== resourceType) {
      others.push(resource)
    } else if (!hasShape(resource)) {
      malformed += 1
    } else if (isUnplaced(resource)) {
      unplaced += 1
    } else if (!isAboutPatient(resource, patientId)) {
      strangers += 1
    } else if (!isEnteredInError(resource) && !isProhibited(resource)) {
      kept.push(resource)
    }
  }
  return { kept, others, strangers, unplaced, malformed, warning }
}

function isLessening(issue: JsonObject): boolean {
  const severity = textAt(issue, 'severity')
  if (severity === 'fatal' || severity === 'error') return true
  return lessening.has(textAt(issue, 'code') ?? '')
}

const patientFields = ['subject', 'patient', 'beneficiary']

/** Names its patient, but not by a reference that can be followed. */
function isUnplaced(resource: JsonObject): boolean {
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

/** Whether the resource says that it is about this patient. One that says nothing is nobody's. */
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

/** A code that is a list or a text is not FHIR: what it means cannot be known. */
function isPlain(code: Json): boolean {
  return code === undefined || code === null || isObject(code)
}
