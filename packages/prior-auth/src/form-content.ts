import { z } from 'zod'
import { answerValue } from './analysis.ts'
import type { Immutable } from './immutable.ts'

/**
 * What goes on a prior-authorization form, before any particular PDF: text by role. A role that is absent stays blank on the
 * form; nothing stands in for it (invariant 6). Signatures and attestations have no role: they are left to people (invariant 9).
 */
export const formRoles = [
  'payer.name',
  'payer.plan',
  'request.date',
  'patient.name',
  'patient.birth_date',
  'patient.gender',
  'patient.phone',
  'patient.address',
  'member.id',
  'member.group',
  'provider.name',
  'provider.npi',
  'provider.specialty',
  'provider.phone',
  'provider.fax',
  'facility.name',
  'facility.npi',
  'facility.phone',
  'facility.address',
  'service.code',
  'service.description',
  'service.start_date',
  'service.quantity',
  'diagnosis.primary_code',
  'diagnosis.primary_description',
  'diagnosis.other_codes',
  'clinical.justification',
] as const

export type FormRole = (typeof formRoles)[number]

export const formContent = z.object({
  values: z.partialRecord(z.enum(formRoles), z.string()),
  /** Absent when the order does not say: the boxes stay empty. */
  urgency: z.enum(['standard', 'urgent']).optional(),
  policy: z.object({ policyId: z.string(), title: z.string() }).optional(),
  /** The payer's questions in the policy's order, with the evidence as lines of text. */
  criteria: z.array(
    z.object({
      question: z.string(),
      answer: answerValue,
      reason: z.string(),
      evidence: z.array(z.string()),
    }),
  ),
})

export type FormContent = Immutable<z.infer<typeof formContent>>
