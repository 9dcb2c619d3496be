import type { CombinationTable, Mode } from './mode.ts'
import { usCoreCombinations } from './us-core-combinations.ts'

/** Every search may name the resource itself, with or without the patient. */
const byIdToo: CombinationTable = Object.fromEntries(
  Object.entries(usCoreCombinations).map(([type, accepted]) => [
    type,
    [
      ...new Set([
        ...accepted,
        '_id',
        ...(accepted.some((one) => /^patient\b/.test(one)) ? ['patient+_id'] : []),
      ]),
    ],
  ]),
)

/**
 * athenahealth athenaOne: every request names its practice, no system scopes, MedicationRequest requires
 * `intent`, FHIR is read-only and documents are added through the v1 API.
 *
 * @see https://docs.athenahealth.com/api/workflows/management-class-specific-documents
 * @see https://github.com/drajer-health/eCRNow/issues/280
 */
export const athenahealth: Mode = {
  name: 'athenahealth',
  title: 'athenahealth athenaOne',
  practiceParameter: 'ah-practice',
  switches: {
    strictSearch: true,
    readOnlyFhir: true,
    fhirLag: true,
  },
  search: {
    combinations: {
      ...byIdToo,
      Patient: [
        '_id',
        'identifier',
        'name',
        'name+birthdate',
        'name+gender',
        'family+birthdate',
        'family+gender',
        'family+given',
      ],
      DocumentReference: [...(byIdToo['DocumentReference'] ?? []), 'patient+type+date'],
    },
    otherTypes: ['patient', '_id'],
    combinationRefusedStatus: 403,
    unknownParameters: 'refused',
    honoursStrictHandling: false,
    unsupported: {},
    mixesProvenance: true,
  },
  paging: {
    pageSize: 50,
    maxPageSize: 1000,
    next: { parameter: '_page', at: 'type', repeatsQuery: true },
    total: 'always',
  },
  create: {
    required: [],
    contentTypes: undefined,
    needsTimeInDates: false,
    needsOneAttachment: false,
    keepsIdentifier: true,
    attachments: 'inline',
    answersWithBody: true,
    location: 'versioned',
    ids: 'athenahealth',
  },
  token: {
    methods: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
    allowsWildcards: false,
  },
  rate: {
    limitPerSecond: 'x-ratelimit-limit-second',
    remainingPerSecond: 'x-ratelimit-remaining-second',
    limitPerDay: 'x-ratelimit-limit-day',
    remainingPerDay: 'x-ratelimit-remaining-day',
    retryAfterSeconds: 'retry-after',
  },
  gzip: 'never',
  hasV1Api: true,
}
