const types = [
  'Patient',
  'Encounter',
  'Condition',
  'Observation',
  'Procedure',
  'MedicationRequest',
  'Medication',
  'DocumentReference',
  'Binary',
  'ServiceRequest',
  'Coverage',
  'DiagnosticReport',
  'Practitioner',
  'PractitionerRole',
  'Organization',
] as const

/**
 * The scopes that the chart reads and the write-back need; athenahealth grants nothing that is not listed.
 *
 * @see https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html - SMART v2 system scopes
 */
export function defaultScopes(writer: 'fhir' | 'athena_v1'): readonly string[] {
  const creates = writer === 'fhir' ? 'DocumentReference' : undefined
  return [
    ...[...types, ...(writer === 'fhir' ? ['DeviceRequest'] : [])].map(
      (type) => `system/${type}.${type === creates ? 'crs' : 'rs'}`,
    ),
    // athenahealth has no DeviceRequest, and refuses unknown scopes. One scope covers its whole own API.
    ...(writer === 'athena_v1' ? ['athena/service/Athenanet.MDP.*'] : []),
  ]
}
