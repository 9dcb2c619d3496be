import type { EhrBehaviour } from '../behaviour.ts'
import { usCoreCombinations } from '../us-core-combinations.ts'

/**
 * A server that is conformant to US Core and takes nothing more: its required combinations and no others. US Core says nothing of
 * creating documents; this one keeps what it is given.
 */
export const usCore: EhrBehaviour = {
  name: 'us-core',
  search: {
    unknownParameters: 'refused',
    refusal: 403,
    parameters: Object.fromEntries(
      Object.entries(usCoreCombinations).map(([type, combinations]) => [
        type,
        [...new Set(combinations.flat())],
      ]),
    ),
    anyParameters: ['_id', 'patient'],
    combinations: usCoreCombinations,
    exactCombinations: true,
    pageSize: 20,
    pageLimit: 100,
    nextLink: 'relative',
    total: 'of_all',
  },
  documents: {
    writer: 'fhir',
    requires: ['subject'],
    keepsIdentifier: true,
    content: 'data',
    answer: { stores: true, status: 201, body: 'resource', location: 'absolute' },
  },
}
