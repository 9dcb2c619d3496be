import { z } from 'zod'

/** The original spells its values in different ways: `NEED_INFO`, `needs-info`. */
const word = z.string().transform((text) =>
  text
    .trim()
    .toUpperCase()
    .replaceAll(/[\s-]+/g, '_'),
)
const share = z.number().min(0).max(1)

/** A policy has about a dozen questions. The limit matters, because each item is searched in every note. */
const maxItems = 200

const evidenceItem = z.object({
  criterion_id: z.string().min(1),
  criterion_label: z.string().nullish(),
  status: word.pipe(z.enum(['MET', 'NOT_MET', 'UNCLEAR'])),
  evidence: z.string().nullish(),
  source: z.string().nullish(),
  confidence: share.nullish(),
})

/** The answer of the original's `POST /analyze`. Additional fields are ignored; unknown values are rejected. */
export const paFormData = z.object({
  patient_dob: z.string().nullish(),
  procedure_code: z.string(),
  clinical_summary: z.string().nullish(),
  supporting_evidence: z.array(evidenceItem).max(maxItems),
  recommendation: word.pipe(
    z.enum([
      'APPROVE',
      'DENY',
      'MANUAL_REVIEW',
      'NEED_INFO',
      'NEEDS_INFO',
      'NOT_REQUIRED',
      'NO_PA_REQUIRED',
    ]),
  ),
  confidence_score: share,
  policy_id: z.string().nullish(),
  lcd_reference: z.string().nullish(),
})

export type PaFormData = z.infer<typeof paFormData>
export type EvidenceItem = z.infer<typeof evidenceItem>
