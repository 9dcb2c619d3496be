import type { CombinationTable } from './mode.ts'

/**
 * The searches that US Core 3.1 to 8 require of every server (SHALL), for the types this sandbox serves. Also
 * `patient` with `_id` for an encounter, because `_id` is required and `patient` narrows it.
 *
 * @see https://hl7.org/fhir/us/core/CapabilityStatement-us-core-server.html
 */
export const usCoreCombinations: CombinationTable = {
  Patient: ['_id', 'identifier', 'name', 'birthdate+name', 'gender+name'],
  Encounter: ['_id', 'patient', 'patient+_id', 'patient+date'],
  Condition: ['patient', 'patient+category'],
  Observation: ['patient+category', 'patient+code', 'patient+category+date'],
  Procedure: ['patient', 'patient+date'],
  MedicationRequest: ['patient+intent', 'patient+intent+status'],
  DocumentReference: [
    '_id',
    'patient',
    'patient+category',
    'patient+category+date',
    'patient+type',
  ],
  ServiceRequest: [
    '_id',
    'patient',
    'patient+category',
    'patient+code',
    'patient+category+authored',
  ],
  DeviceRequest: ['patient'],
  DiagnosticReport: ['patient', 'patient+category', 'patient+code', 'patient+category+date'],
  Coverage: ['patient'],
  Practitioner: ['_id', 'identifier', 'name'],
  PractitionerRole: ['_id', 'practitioner', 'specialty'],
  Organization: ['_id', 'name', 'address'],
  Location: ['_id', 'name', 'address'],
}

/** A general FHIR server: any known parameters, as long as they narrow the search to a patient or a resource. */
export const anyKnown = ['patient+*', 'subject+*', '_id+*', 'identifier+*', 'name+*'] as const
