import type { EhrBehaviour } from '../behaviour.ts'
import { anyR4Parameters, r4Parameters } from './r4-parameters.ts'

/**
 * Oracle Health (Cerner): unknown parameters refused; a document needs a coded type, an encounter and a period with times, is answered
 * by an empty 201 with `Location`, keeps no identifier of the client's, and has its content behind a Binary.
 *
 * @see https://docs.oracle.com/en/industries/health/millennium-platform-apis/mfrap/op-documentreference-post.html
 * @see https://fhir.cerner.com/millennium/r4/base/diagnostics/document-reference/
 */
export const oracleHealth: EhrBehaviour = {
  name: 'oracle-health',
  search: {
    unknownParameters: 'refused',
    refusal: 400,
    parameters: {
      ...r4Parameters,
      Encounter: ['_id', 'patient', 'subject', 'date', 'status', 'identifier'],
      MedicationRequest: ['_id', 'patient', 'intent', 'status'],
      DocumentReference: ['_id', 'patient', 'category', 'type', 'date', 'period', 'encounter'],
      ServiceRequest: ['_id', 'patient'],
      Coverage: ['_id', 'patient'],
    },
    anyParameters: anyR4Parameters,
    combinations: {
      Encounter: [['patient'], ['subject'], ['_id']],
      Observation: [['patient'], ['subject'], ['_id']],
      DocumentReference: [['patient'], ['_id']],
      MedicationRequest: [['patient'], ['_id']],
    },
    pageSize: 10,
    pageLimit: 200,
    nextLink: 'absolute',
    total: 'none',
  },
  documents: {
    writer: 'fhir',
    requires: ['subject', 'coded_type', 'encounter', 'period', 'doc_status'],
    keepsIdentifier: false,
    content: 'binary_url',
    answer: { stores: true, status: 201, body: 'none', location: 'absolute' },
  },
}
