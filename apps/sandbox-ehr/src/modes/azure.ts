import type { Mode } from './mode.ts'
import { anyKnown } from './us-core-combinations.ts'

/**
 * Microsoft Azure Health Data Services: an unknown parameter is ignored, all other matches are returned, and an
 * OperationOutcome entry (`search.mode: outcome`) reports it; with `Prefer: handling=strict` it is refused. Ten
 * entries per page, a continuation token, no `total` unless requested.
 *
 * @see https://github.com/microsoft/fhir-server/issues/1050
 * @see https://github.com/microsoft/fhir-server/issues/1731
 */
export const azure: Mode = {
  name: 'azure',
  title: 'Microsoft Azure Health Data Services',
  switches: {
    strictSearch: true,
    readOnlyFhir: false,
    fhirLag: false,
  },
  search: {
    combinations: {},
    otherTypes: anyKnown,
    combinationRefusedStatus: 400,
    unknownParameters: 'ignored_with_outcome',
    honoursStrictHandling: true,
    unsupported: {},
    mixesProvenance: false,
  },
  paging: {
    pageSize: 10,
    maxPageSize: 1000,
    next: { parameter: 'ct', at: 'type', repeatsQuery: true },
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
    ids: 'uuid',
  },
  token: {
    methods: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
    allowsWildcards: true,
  },
  rate: { retryAfterSeconds: 'retry-after', retryAfterMs: 'x-ms-retry-after-ms' },
  gzip: 'when_accepted',
  hasV1Api: false,
}
