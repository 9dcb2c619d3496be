import type { Mode } from './mode.ts'
import { usCoreCombinations } from './us-core-combinations.ts'

/**
 * Oracle Health Millennium (Cerner): a create is answered with 201, an absolute `Location` and an empty body; it
 * requires a coded type, a document status, an encounter, a period with times, and one attachment of a listed
 * type. Other elements are not stored.
 *
 * @see
 * https://docs.oracle.com/en/industries/health/millennium-platform-apis/mfrap/op-documentreference-post.html
 */
export const oracleHealth: Mode = {
  name: 'oracle-health',
  title: 'Oracle Health Millennium',
  switches: {
    strictSearch: true,
    readOnlyFhir: false,
    fhirLag: false,
  },
  search: {
    combinations: {
      ...usCoreCombinations,
      Condition: ['patient+category?+clinical-status?+encounter?', '_id'],
      Observation: ['patient+category+date?+code?', 'patient+code+date?', '_id'],
      Procedure: ['patient+date?', '_id'],
      MedicationRequest: ['patient+intent+status?+authoredon?', 'patient+status?', '_id'],
      DocumentReference: [
        '_id',
        'patient+category?+type?+encounter?',
        'patient+category+type?+date',
        'patient+category+type?+period',
        'patient+type+date',
      ],
      ServiceRequest: ['_id', 'patient+category?+code?+status?', 'patient+category+authored'],
    },
    otherTypes: ['patient', '_id'],
    combinationRefusedStatus: 400,
    unknownParameters: 'refused',
    honoursStrictHandling: false,
    unsupported: { DocumentReference: ['identifier'] },
    mixesProvenance: false,
  },
  paging: {
    pageSize: 50,
    maxPageSize: 200,
    next: { parameter: '-pageContext', at: 'type', repeatsQuery: true },
    total: 'on_request',
  },
  create: {
    required: [
      'status',
      'docStatus',
      'type.coding.code',
      'type.coding.system',
      'subject',
      'context.encounter.reference',
      'context.period.start',
      'context.period.end',
      'content.attachment.contentType',
      'content.attachment.data',
    ],
    contentTypes: [
      'application/pdf',
      'text/plain',
      'text/richtext',
      'text/rtf',
      'text/html',
      'application/xml',
      'application/xhtml+xml',
    ],
    needsTimeInDates: true,
    needsOneAttachment: true,
    keepsIdentifier: false,
    attachments: 'binary_absolute',
    answersWithBody: false,
    location: 'absolute',
    ids: 'number',
  },
  token: { methods: ['client_secret_basic', 'private_key_jwt'], allowsWildcards: false },
  rate: { retryAfterSeconds: 'retry-after' },
  gzip: 'when_accepted',
  hasV1Api: false,
}
