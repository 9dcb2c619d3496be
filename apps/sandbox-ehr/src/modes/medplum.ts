import type { Mode } from './mode.ts'
import { anyKnown } from './us-core-combinations.ts'

/**
 * Medplum: any search by known parameters, unknown ones refused, `total` only on request.
 *
 * @see https://www.medplum.com/docs/search
 */
export const medplum: Mode = {
  name: 'medplum',
  title: 'Medplum',
  switches: {
    strictSearch: true,
    readOnlyFhir: false,
    fhirLag: false,
  },
  search: {
    combinations: {},
    otherTypes: anyKnown,
    combinationRefusedStatus: 400,
    unknownParameters: 'refused',
    honoursStrictHandling: false,
    unsupported: {},
    mixesProvenance: false,
  },
  paging: {
    pageSize: 20,
    maxPageSize: 1000,
    next: { parameter: '_cursor', at: 'type', repeatsQuery: true },
    total: 'on_request',
  },
  create: {
    required: ['status', 'content.attachment'],
    contentTypes: undefined,
    needsTimeInDates: false,
    needsOneAttachment: false,
    keepsIdentifier: true,
    attachments: 'inline',
    answersWithBody: true,
    location: 'absolute',
    ids: 'uuid',
  },
  token: {
    methods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    allowsWildcards: true,
  },
  rate: { retryAfterSeconds: 'retry-after' },
  gzip: 'when_accepted',
  hasV1Api: false,
}
