import type { EhrBehaviour } from '../behaviour.ts'
import { anyR4Parameters, r4Parameters } from './r4-parameters.ts'

/**
 * Epic: unknown parameters are left out with an OperationOutcome among the results, which also comes along otherwise; observations
 * need a category or a code; notes are created with a coded type, an encounter and `docStatus`, answered by 201 with `Location` and
 * nothing else, under Epic's own identifiers; content is behind a Binary.
 *
 * @see https://fhir.epic.com/Specifications
 * @see https://open.epic.com/Clinical/Document
 */
export const epic: EhrBehaviour = {
  name: 'epic',
  search: {
    unknownParameters: 'ignored_with_outcome',
    refusal: 400,
    parameters: {
      ...r4Parameters,
      Encounter: ['_id', 'patient', 'subject', 'date', 'class', 'type', 'identifier'],
      DocumentReference: [
        '_id',
        'patient',
        'subject',
        'category',
        'type',
        'date',
        'period',
        'status',
        'encounter',
      ],
      ServiceRequest: ['_id', 'patient', 'subject', 'category', 'code', 'status', 'encounter'],
    },
    anyParameters: anyR4Parameters,
    combinations: {
      Observation: [
        ['patient', 'category'],
        ['patient', 'code'],
        ['subject', 'category'],
        ['subject', 'code'],
        ['_id'],
      ],
      Encounter: [['patient'], ['subject'], ['_id']],
      DocumentReference: [['patient'], ['subject'], ['_id']],
      ServiceRequest: [['patient'], ['subject'], ['_id']],
      MedicationRequest: [['patient'], ['subject'], ['_id']],
      Coverage: [['patient'], ['beneficiary'], ['_id']],
    },
    pageSize: 50,
    pageLimit: 1000,
    nextLink: 'absolute',
    total: 'of_page',
    outcomeInEvery: true,
  },
  documents: {
    writer: 'fhir',
    requires: ['subject', 'coded_type', 'encounter', 'doc_status'],
    keepsIdentifier: false,
    content: 'binary_url',
    answer: { stores: true, status: 201, body: 'none', location: 'relative' },
  },
}
