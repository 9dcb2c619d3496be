import { z } from 'zod'
import { resourceSource } from './clinical-bundle.ts'
import type { Immutable } from './immutable.ts'

/**
 * A pointer into the chart that a machine can re-read: the resource, the field, and for text the exact span.
 * `quote.start` and `quote.end` are UTF-16 offsets into the document's text, end exclusive.
 */
export const evidence = z.object({
  source: resourceSource,
  /** The field in the resource, as FHIRPath without indexes: `Condition.code`, `DocumentReference.content.attachment`. */
  path: z.string(),
  /** What was found there, in a few words for the reviewer: a code with its display, a value with its unit. */
  summary: z.string(),
  /** When the fact was true or recorded, as FHIR wrote it. */
  date: z.string().optional(),
  quote: z.object({ text: z.string(), start: z.number().int(), end: z.number().int() }).optional(),
  /** `mentions`: it speaks of the matter and settles nothing; shown so that a person can read it, and never counted. */
  stance: z.enum(['supports', 'refutes', 'mentions']),
  /** Who pointed at it: the rules, when absent, or a language model whose pointer the rules have checked. */
  proposedBy: z.literal('model').optional(),
})

export type Evidence = Immutable<z.infer<typeof evidence>>
