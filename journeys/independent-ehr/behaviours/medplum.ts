import type { EhrBehaviour } from '../behaviour.ts'
import { anyR4Parameters, r4Parameters } from './r4-parameters.ts'

/**
 * Medplum: unknown parameters refused with 400, create answered with the resource and `Location`, identifiers kept and searchable.
 *
 * @see https://github.com/medplum/medplum/pull/3514
 */
export const medplum: EhrBehaviour = {
  name: 'medplum',
  search: {
    unknownParameters: 'refused',
    refusal: 400,
    parameters: r4Parameters,
    anyParameters: anyR4Parameters,
    combinations: {},
    pageSize: 20,
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
    answer: { stores: true, status: 201, body: 'resource', location: 'absolute' },
  },
}
