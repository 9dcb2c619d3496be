import type { EhrBehaviour } from '../behaviour.ts'
import { anyR4Parameters, r4Parameters } from './r4-parameters.ts'

/**
 * Microsoft's FHIR server: what it does not know is left out and said in an OperationOutcome among the results, no total unless asked
 * for, ten entries a page, links with a continuation token.
 *
 * @see https://github.com/microsoft/fhir-server/issues/1050
 * @see https://github.com/microsoft/fhir-server/issues/1731
 */
export const azure: EhrBehaviour = {
  name: 'azure',
  search: {
    unknownParameters: 'ignored_with_outcome',
    refusal: 400,
    parameters: r4Parameters,
    anyParameters: anyR4Parameters,
    combinations: {},
    pageSize: 10,
    pageLimit: 1000,
    nextLink: 'absolute',
    total: 'none',
  },
  documents: {
    writer: 'fhir',
    requires: [],
    keepsIdentifier: true,
    content: 'data',
    conditionalCreate: true,
    answer: { stores: true, status: 201, body: 'resource', location: 'absolute_versioned' },
  },
}
