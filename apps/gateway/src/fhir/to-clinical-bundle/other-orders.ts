import { codeSystem, canonicalSystem } from '@authscript/prior-auth'
import type { Json, JsonObject } from '../client/parse-resource.ts'
import { objectsAt, present, textAt, textsAt } from './fields.ts'
import { containedIn } from './people/named.ts'

/**
 * A DeviceRequest or MedicationRequest with the field names of a ServiceRequest, so that all orders are parsed by the same code.
 * `product` is the Medication that the request references instead of a code.
 *
 * @see https://hl7.org/fhir/R4/devicerequest.html
 * @see https://hl7.org/fhir/R4/medicationrequest.html
 */
export function asServiceRequest(resource: JsonObject, product?: JsonObject): JsonObject {
  const [dispense] = objectsAt(resource, 'dispenseRequest')
  return {
    ...resource,
    ...present({
      code: codeOf(resource, product),
      occurrencePeriod: resource['occurrencePeriod'] ?? dispense?.['validityPeriod'],
      quantityQuantity: dispense?.['quantity'],
    }),
  }
}

function codeOf(resource: JsonObject, product: JsonObject | undefined): Json {
  const [own] = [
    ...objectsAt(resource, 'codeCodeableConcept'),
    ...objectsAt(resource, 'medicationCodeableConcept'),
  ]
  if (own !== undefined) return own
  const [reference] = [
    ...objectsAt(resource, 'codeReference'),
    ...objectsAt(resource, 'medicationReference'),
  ]
  if (reference === undefined) return undefined
  const text = textAt(reference, 'reference')
  const target = product ?? (text?.startsWith('#') ? containedIn(resource, text) : undefined)
  const display = textAt(reference, 'display')
  // A Device has a `type`, a Medication a `code`.
  return (
    target?.['code'] ?? target?.['type'] ?? (display === undefined ? undefined : { text: display })
  )
}

/** SNOMED CT: into a vein, into the epidural space, into a joint. */
const clinicRoutes: ReadonlySet<string> = new Set(['47625008', '404820008', '12579009'])

/** Categories of medications that a clinician gives. `community` and `discharge` are filled at a pharmacy. */
const clinicCategories: ReadonlySet<string> = new Set(['inpatient', 'outpatient'])

const procedureSystems: ReadonlySet<string> = new Set([codeSystem.cpt, codeSystem.hcpcs])

/**
 * Whether a MedicationRequest orders something that a clinician gives, mainly infusions: these are billed with HCPCS codes and authorized
 * by the medical plan. Pharmacy prescriptions belong to the pharmacy benefit and do not count as orders. `resource` is the result of
 * `asServiceRequest`.
 */
export function isGivenByClinician(resource: JsonObject): boolean {
  const systems = textsAt(resource, 'code.coding.system')
  if (systems.some((system) => procedureSystems.has(canonicalSystem(system) ?? system))) return true
  if (textsAt(resource, 'category.coding.code').some((code) => clinicCategories.has(code)))
    return true
  if (
    textsAt(resource, 'dosageInstruction.route.coding.code').some((code) => clinicRoutes.has(code))
  )
    return true
  return [
    ...textsAt(resource, 'dosageInstruction.route.text'),
    ...textsAt(resource, 'dosageInstruction.route.coding.display'),
    ...textsAt(resource, 'dosageInstruction.text'),
  ].some((text) => /\b(?:infus(?:e|ed|ion)|intravenous(?:ly)?|iv)\b/i.test(text))
}
