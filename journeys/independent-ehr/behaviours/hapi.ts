import type { EhrBehaviour } from '../behaviour.ts'
import { anyR4Parameters, r4Parameters } from './r4-parameters.ts'

/**
 * HAPI FHIR, the JPA server: every parameter of R4, unknown ones refused with 400 (HAPI-0524), create answered with the resource and
 * a versioned `Location`, an expired page with 410.
 *
 * @see https://github.com/hapifhir/hapi-fhir/issues/7086
 */
export const hapi: EhrBehaviour = {
  name: 'hapi',
  search: {
    unknownParameters: 'refused',
    refusal: 400,
    parameters: r4Parameters,
    anyParameters: anyR4Parameters,
    combinations: {},
    pageSize: 20,
    pageLimit: 200,
    nextLink: 'absolute',
    total: 'of_all',
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
