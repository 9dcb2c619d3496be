import type { Mode } from './mode.ts'
import { anyKnown } from './us-core-combinations.ts'

/**
 * HAPI FHIR: unknown parameters are refused with the list of known ones, next links point to the server's base
 * URL (`?_getpages=`), created resources are answered with the body and a versioned `Location`.
 *
 * @see https://github.com/hapifhir/hapi-fhir/issues/7086
 */
export const hapi: Mode = {
  name: 'hapi',
  title: 'HAPI FHIR',
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
    maxPageSize: 200,
    next: { parameter: '_getpages', at: 'root', repeatsQuery: false },
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
    location: 'versioned',
    ids: 'number',
  },
  token: {
    methods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    allowsWildcards: true,
  },
  rate: { retryAfterSeconds: 'retry-after' },
  gzip: 'when_accepted',
  hasV1Api: false,
}
