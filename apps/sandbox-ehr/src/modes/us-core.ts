import type { Mode } from './mode.ts'
import { usCoreCombinations } from './us-core-combinations.ts'

/**
 * A server that does only what US Core requires: the required searches, next links that hide the query, a
 * document profile that requires a category, and an identifier that is stored but cannot be searched.
 *
 * @see https://hl7.org/fhir/us/core/StructureDefinition-us-core-documentreference.html
 */
export const usCore: Mode = {
  name: 'us-core',
  title: 'Any FHIR R4 server that follows US Core',
  switches: {
    strictSearch: true,
    readOnlyFhir: false,
    fhirLag: false,
  },
  search: {
    combinations: usCoreCombinations,
    otherTypes: ['_id'],
    combinationRefusedStatus: 400,
    unknownParameters: 'refused',
    honoursStrictHandling: true,
    unsupported: { DocumentReference: ['identifier'] },
    mixesProvenance: false,
  },
  paging: {
    pageSize: 20,
    maxPageSize: 100,
    next: { parameter: '_cursor', at: 'type', repeatsQuery: false },
    total: 'on_request',
  },
  create: {
    required: ['status', 'type', 'category', 'subject', 'content.attachment.contentType'],
    contentTypes: undefined,
    needsTimeInDates: false,
    needsOneAttachment: false,
    keepsIdentifier: true,
    attachments: 'inline',
    answersWithBody: false,
    location: 'absolute',
    ids: 'uuid',
  },
  token: {
    methods: ['client_secret_basic', 'private_key_jwt'],
    allowsWildcards: true,
  },
  rate: { retryAfterSeconds: 'retry-after' },
  gzip: 'when_accepted',
  hasV1Api: false,
}
