import { z } from 'zod'
import { resourceSource } from './clinical-bundle.ts'
import type { Immutable } from './immutable.ts'

/**
 * A pointer into the chart that code can check again: the resource, the field, and for text the exact span.
 * `quote.start` and `quote.end` are UTF-16 offsets into the document's text, end exclusive.
 */
export const evidence = z.object({
  source: resourceSource,
  /**
   * The field of the resource as FHIRPath without indexes: `Condition.code`,
   * `DocumentReference.content.attachment`.
   */
  path: z.string(),
  /** A short description for the reviewer: a code with its display, a value with its unit. */
  summary: z.string(),
  /** When the fact was true or recorded, as written in FHIR. */
  date: z.string().optional(),
  quote: z.object({ text: z.string(), start: z.number().int(), end: z.number().int() }).optional(),
  /** `mentions`: about the subject but settles nothing; shown to the reviewer and never counted. */
  stance: z.enum(['supports', 'refutes', 'mentions']),
  /** Absent: found by the rules. `model`: proposed by a language model and checked by the rules. */
  proposedBy: z.literal('model').optional(),
})

export type Evidence = Immutable<z.infer<typeof evidence>>
