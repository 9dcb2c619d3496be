import { z } from 'zod'
import { about, integer, key, megabyte } from '../config/fields.ts'

export const attachmentsSection = about(
  z
    .strictObject({
      MaxFileBytes: key(integer(1024, 64 * megabyte).default(10 * megabyte), {
        unit: 'bytes',
        effect:
          'The largest file that a person may attach to an order. Larger ones are answered 413 before they are read completely.',
      }),
      MaxFiles: key(integer(1, 50).default(10), {
        unit: 'files',
        effect: 'How many files an order may have.',
      }),
      MaxTotalBytes: key(integer(1024, 256 * megabyte).default(20 * megabyte), {
        unit: 'bytes',
        effect:
          "The limit of all files of an order together, as they are sent. The EHR's own limit for documents should not be lower.",
      }),
    })
    .prefault({}),
  'Files that people attach to an order, and that are sent with its form.',
)
