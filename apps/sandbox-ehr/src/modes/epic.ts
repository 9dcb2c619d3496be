import type { Mode } from './mode.ts'
import { usCoreCombinations } from './us-core-combinations.ts'

/**
 * Epic: unknown parameters are ignored and reported in an OperationOutcome entry, a created document is answered
 * with a relative `Location` and no body, the client's identifier is not stored, and backend services sign a
 * JWT.
 *
 * @see https://fhir.epic.com/Specifications
 */
export const epic: Mode = {
  name: 'epic',
  title: 'Epic',
  switches: {
    strictSearch: true,
    readOnlyFhir: false,
    fhirLag: false,
  },
  search: {
    combinations: {
      ...usCoreCombinations,
      Condition: ['patient+category?+clinical-status?+code?', '_id'],
      Observation: ['patient+category+date?+status?+code?', 'patient+code+date?+status?', '_id'],
      Procedure: ['patient+date?+status?', '_id'],
      MedicationRequest: ['patient+intent?+status?', 'patient+intent+status?+authoredon', '_id'],
      DocumentReference: [
        '_id',
        'patient+category?+type?+encounter?+status?',
        'patient+category+type?+date',
        'patient+category+type?+period',
        'patient+type+date',
      ],
      ServiceRequest: [
        '_id',
        'patient+category?+code?+status?+encounter?',
        'patient+category+authored',
      ],
      DeviceRequest: ['patient+status?', '_id'],
    },
    otherTypes: ['patient', '_id'],
    combinationRefusedStatus: 400,
    unknownParameters: 'ignored_with_outcome',
    honoursStrictHandling: false,
    unsupported: { DocumentReference: ['identifier'] },
    mixesProvenance: false,
  },
  paging: {
    pageSize: 100,
    maxPageSize: 1000,
    next: { parameter: 'sessionID', at: 'type', repeatsQuery: false },
    total: 'always',
  },
  create: {
    required: [
      'status',
      'docStatus',
      'type.coding.code',
      'subject',
      'context.encounter.reference',
      'content.attachment.contentType',
      'content.attachment.data',
    ],
    contentTypes: ['application/pdf', 'text/plain', 'text/rtf', 'text/html'],
    needsTimeInDates: false,
    needsOneAttachment: true,
    keepsIdentifier: false,
    attachments: 'binary',
    answersWithBody: false,
    location: 'relative',
    ids: 'opaque',
  },
  token: { methods: ['private_key_jwt', 'client_secret_basic'], allowsWildcards: true },
  rate: { retryAfterSeconds: 'retry-after' },
  gzip: 'when_accepted',
  hasV1Api: false,
}
