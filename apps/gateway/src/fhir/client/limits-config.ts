import { z } from 'zod'
import { about, integer, key, megabyte } from '../../config/fields.ts'

export const limitsSection = about(
  z
    .strictObject({
      MaxBodyBytes: key(integer(1024, 512 * megabyte).default(16 * megabyte), {
        unit: 'bytes',
        effect: 'The largest answer of the EHR, unpacked. A larger one is refused.',
      }),
      MaxPages: key(integer(1, 100_000).default(200), {
        unit: 'pages',
        effect: 'Pages of one search. Further ones count as unread.',
      }),
      MaxHistoryPages: key(integer(1, 100_000).default(20), {
        unit: 'pages',
        effect:
          'Pages of one search that has no date. A longer history is read as far back as `ClinicalQuery` says.',
      }),
      MaxEntries: key(integer(1, 10_000_000).default(50_000), {
        unit: 'resources',
        effect: 'Resources of one search. Further ones count as unread.',
      }),
      MaxSearchBytes: key(integer(1024, 4096 * megabyte).default(32 * megabyte), {
        unit: 'bytes',
        effect: 'All pages of one search together. Further pages count as unread.',
      }),
      MaxDepth: key(integer(4, 10_000).default(100), {
        unit: 'levels',
        effect: 'How deep the JSON of an answer may be nested.',
      }),
      // The densest FHIR has one node in 16 bytes: the default is a page of MaxBodyBytes and a tenth. The worst JSON of that many
      // takes about 110 MB (docs/decisions/0019).
      MaxNodes: key(integer(1000, 100_000_000).default(1_200_000), {
        unit: 'objects, lists and values',
        effect:
          'How many one answer may have, and about as many all pages of one search. The default takes at most 110 MB of memory.',
      }),
      MaxDocumentBytes: key(integer(1024, 512 * megabyte).default(2 * megabyte), {
        unit: 'bytes',
        effect: 'The largest attachment of a note. A larger one counts as unread.',
      }),
      MaxDocuments: key(integer(1, 10_000).default(50), {
        unit: 'documents',
        effect: 'Notes read of one chart, the newest first.',
      }),
    })
    .prefault({}),
  'How much of an answer is read. The limits protect the memory of the gateway; raise one only for genuine charts that exceed it.',
)
