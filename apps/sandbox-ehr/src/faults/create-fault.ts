import { z } from 'zod'

/**
 * How a create is stored and answered, as independent options that can be combined. Absent options behave as in
 * the mode. The v1 API uses `status`, `stored` (not the FHIR-only values) and `v1Body`.
 */
export const createFaultSchema = z.strictObject({
  status: z.number().int().min(200).max(299).optional(),
  body: z
    .enum(['resource', 'none', 'outcome', 'provenance', 'wrong_id', 'without_id', 'bundle', 'text'])
    .optional(),
  location: z
    .enum([
      'none',
      'relative',
      'relative_versioned',
      'path',
      'absolute',
      'versioned',
      'other_host',
      'other_type',
      'other_id',
      'empty',
      'garbage',
    ])
    .optional(),
  stored: z
    .enum([
      'as_sent',
      'not_at_all',
      'twice',
      'without_identifier',
      'other_bytes',
      'cut_bytes',
      'without_attachment',
      'entered_in_error',
      'other_patient',
    ])
    .optional(),
  /** `refused`: `{success: false, errormessage}`, although it may be stored. */
  v1Body: z
    .enum(['object', 'array', 'none', 'refused', 'without_id', 'wrong_id', 'text'])
    .optional(),
})

export type CreateFault = z.infer<typeof createFaultSchema>
