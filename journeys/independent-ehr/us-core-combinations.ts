/**
 * The searches that a US Core server must support, by type: SHALL of 3.1.1 and 6.1, and the SHOULD of both. A server that supports no
 * others is conformant.
 *
 * @see https://hl7.org/fhir/us/core/STU6.1/CapabilityStatement-us-core-server.html
 */
export const usCoreCombinations: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Patient: [['_id'], ['identifier'], ['name'], ['birthdate', 'name'], ['gender', 'name']],
  Encounter: [
    ['_id'],
    ['patient'],
    ['date', 'patient'],
    ['patient', 'status'],
    ['class', 'patient'],
  ],
  Condition: [
    ['patient'],
    ['category', 'patient'],
    ['clinical-status', 'patient'],
    ['category', 'clinical-status', 'patient'],
  ],
  Observation: [
    ['category', 'patient'],
    ['code', 'patient'],
    ['category', 'date', 'patient'],
    ['category', 'patient', 'status'],
  ],
  Procedure: [['patient'], ['date', 'patient'], ['patient', 'status']],
  MedicationRequest: [
    ['intent', 'patient'],
    ['intent', 'patient', 'status'],
    ['encounter', 'intent', 'patient'],
    ['authoredon', 'intent', 'patient'],
  ],
  DocumentReference: [
    ['_id'],
    ['patient'],
    ['category', 'patient'],
    ['category', 'date', 'patient'],
    ['patient', 'type'],
    ['patient', 'status'],
    ['patient', 'period', 'type'],
  ],
  ServiceRequest: [
    ['_id'],
    ['patient'],
    ['category', 'patient'],
    ['code', 'patient'],
    ['category', 'authored', 'patient'],
    ['authored', 'code', 'patient'],
    ['patient', 'status'],
  ],
  Coverage: [['patient']],
  DiagnosticReport: [
    ['patient'],
    ['category', 'patient'],
    ['code', 'patient'],
    ['category', 'date', 'patient'],
    ['patient', 'status'],
  ],
  Practitioner: [['_id'], ['name'], ['identifier']],
  PractitionerRole: [['_id'], ['specialty'], ['practitioner']],
  Organization: [['_id'], ['name'], ['address']],
}
