import type { EhrBehaviour } from '../behaviour.ts'
import { anyR4Parameters, r4Parameters } from './r4-parameters.ts'

/**
 * athenahealth: the certified FHIR API is read-only and wants the practice, its slash not encoded, on every request; searches without
 * an accepted combination get 403 with the list of them; MedicationRequest needs the intent and has Provenance mixed in. Documents are
 * added by its own v1 API.
 *
 * @see https://docs.athenahealth.com/api/workflows/management-class-specific-documents
 * @see https://github.com/drajer-health/eCRNow/issues/280
 */
export const athenahealth: EhrBehaviour = {
  name: 'athenahealth',
  practiceParameter: { name: 'ah-practice', value: 'Organization/a-1.Practice-{practiceId}' },
  search: {
    unknownParameters: 'refused',
    refusal: 403,
    parameters: {
      ...r4Parameters,
      DocumentReference: ['_id', 'patient', 'category', 'type', 'date', 'period', 'status'],
    },
    anyParameters: anyR4Parameters,
    combinations: {
      Patient: [['_id'], ['identifier'], ['name'], ['family', 'birthdate'], ['family', 'gender']],
      Encounter: [['patient'], ['_id']],
      ServiceRequest: [['patient'], ['_id']],
      MedicationRequest: [['patient', 'intent'], ['_id']],
      Observation: [['patient'], ['_id']],
      Condition: [['patient'], ['_id']],
      Procedure: [['patient'], ['_id']],
      DocumentReference: [['patient'], ['_id']],
      Coverage: [['patient'], ['_id']],
    },
    pageSize: 10,
    pageLimit: 100,
    nextLink: 'absolute',
    total: 'of_all',
    mixedIn: { MedicationRequest: 'Provenance' },
  },
  documents: {
    writer: 'v1',
    requires: [],
    keepsIdentifier: false,
    content: 'binary_url',
    answer: { stores: false, status: 403, body: 'error_outcome', location: 'none' },
  },
}
