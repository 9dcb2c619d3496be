import { type Answer, resourceAnswer } from './answers.ts'
import type { EhrBehaviour } from './behaviour.ts'

const readTypes = [
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
  'DeviceRequest',
  'DiagnosticReport',
  'Coverage',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
] as const

/** What a server of this behaviour says of itself. */
export function capabilityStatement({ name, search, documents }: EhrBehaviour): Answer {
  return resourceAnswer(200, {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-01-01',
    kind: 'instance',
    software: { name: `independent test EHR, as ${name}` },
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        resource: readTypes.map((type) => ({
          type,
          interaction: [
            { code: 'read' },
            { code: 'search-type' },
            ...(type === 'DocumentReference' && documents.writer === 'fhir'
              ? [{ code: 'create' }]
              : []),
          ],
          searchParam: (search.parameters[type] ?? search.anyParameters).map((parameter) => ({
            name: parameter,
            type: parameter === 'date' ? 'date' : 'token',
          })),
        })),
      },
    ],
  })
}
