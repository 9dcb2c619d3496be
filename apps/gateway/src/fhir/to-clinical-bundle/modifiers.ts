import type { Json, JsonObject } from '../client/parse-resource.ts'
import { objectsAt, textAt, valuesAt } from './fields.ts'
import { statusAt, verificationStatusOf } from './status.ts'

/** Elements that reverse the meaning of a resource. @see https://hl7.org/fhir/R4/conformance-rules.html#isModifier */

export function isEnteredInError(resource: JsonObject): boolean {
  return (
    statusAt(resource, 'status') === 'entered-in-error' ||
    verificationStatusOf(resource) === 'entered-in-error'
  )
}

/** Extensions that mean "not", from before FHIR had an element for it. */
const negations = /(?:do-?not-?perform|not-?done|negat(?:ed|ion))$/i

/** Whether the resource says that something must not be done, or was not done. */
export function isProhibited(resource: JsonObject): boolean {
  return (
    ['doNotPerform', 'notGiven', 'notDone'].some((field) => isTrue(resource[field])) ||
    objectsAt(resource, 'modifierExtension').some(
      (one) => negations.test(textAt(one, 'url') ?? '') && isTrue(one['valueBoolean']),
    )
  )
}

/**
 * Whether any part of the resource has an unknown modifier extension, which may reverse its meaning. A known one with the value `false`
 * changes nothing.
 */
export function hasUnknownModifier(resource: JsonObject): boolean {
  const open: Json[] = [resource]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue
    if (Array.isArray(value)) {
      open.push(...(value as readonly Json[]))
      continue
    }
    for (const key of Object.keys(value)) {
      const inner = (value as JsonObject)[key]
      if (key === 'modifierExtension') {
        if (valuesAt(value, key).some(isUnknown)) return true
      } else if (key !== 'contained' && typeof inner === 'object') open.push(inner)
    }
  }
  return false
}

function isUnknown(extension: Json): boolean {
  return !negations.test(textAt(extension, 'url') ?? '')
}

function isTrue(value: Json): boolean {
  return value === true || (typeof value === 'string' && value.trim().toLowerCase() === 'true')
}
