import { z } from 'zod'
import { answerValue } from './answer-value.ts'
import type { Immutable } from './immutable.ts'

/**
 * The content of a prior-authorization form, independent of any PDF. Absent values stay blank on the form and
 * are never replaced (invariant 6). Signatures and attestations are not included: people add them (invariant 9).
 */

/** Text with one value per form, by the role that a form's map gives to its box. */
export const formRoles = [
  'payer.name',
  'payer.plan',
  'payer.phone',
  'payer.fax',
  'submission.date',
  'review.urgentReason',
  'request.previousAuth',
  'patient.name',
  'patient.firstName',
  'patient.lastName',
  'patient.birthDate',
  'patient.phone',
  'patient.address',
  'patient.street',
  'patient.city',
  'patient.state',
  'patient.zip4',
  'coverage.memberId',
  'coverage.group',
  'coverage.subscriberName',
  'requester.name',
  'requester.npi',
  'requester.taxonomy',
  'requester.specialty',
  'requester.phone',
  'requester.fax',
  'requester.directPhone',
  'requester.contactName',
  'requester.contactPhone',
  'requester.benefitCode',
  'requester.organization',
  'requester.organizationNpi',
  'requester.organizationPhone',
  'requester.address',
  'requester.street',
  'requester.city',
  'requester.state',
  'requester.zip4',
  'servicing.name',
  'servicing.npi',
  'servicing.taxonomy',
  'servicing.specialty',
  'servicing.phone',
  'servicing.fax',
  'pcp.name',
  'pcp.phone',
  'pcp.fax',
  'facility.name',
  'facility.npi',
  'facility.taxId',
  'facility.taxonomy',
  'facility.benefitCode',
  'facility.contact',
  'facility.phone',
  'facility.fax',
  'facility.address',
  'facility.street',
  'facility.city',
  'facility.state',
  'facility.zip4',
  'setting.otherText',
  'icdVersion',
  'clinical.narrative',
] as const

/** What a form asks with checkboxes or a list of options. */
export const formChoices = {
  'patient.gender': ['male', 'female', 'other', 'unknown'],
  review: ['standard', 'urgent'],
  request: ['initial', 'renewal'],
  setting: [
    'inpatient',
    'outpatient',
    'office',
    'observation',
    'home',
    'daySurgery',
    'emergency',
    'other',
  ],
  action: ['ct', 'cta', 'mri', 'mra', 'pet', 'cardiacNuclear', 'updateCodes', 'other'],
} as const

export type FormRole = (typeof formRoles)[number]
export type FormChoice = keyof typeof formChoices
export type ImagingAction = (typeof formChoices.action)[number]
export type CareSetting = (typeof formChoices.setting)[number]

export const formContent = z.object({
  /** The patient of this form, directly from the chart; the finished PDF is checked against it. */
  subject: z.object({
    practiceId: z.string(),
    patientId: z.string(),
    serviceRequestId: z.string(),
    name: z.string().optional(),
    birthDate: z.string().optional(),
    memberId: z.string().optional(),
  }),
  values: z.partialRecord(z.enum(formRoles), z.string()),
  choices: z.object({
    'patient.gender': z.enum(formChoices['patient.gender']).optional(),
    /** Absent if the order does not say; the boxes stay empty. */
    review: z.enum(formChoices.review).optional(),
    request: z.enum(formChoices.request).optional(),
    setting: z.enum(formChoices.setting).optional(),
    action: z.enum(formChoices.action).optional(),
  }),
  /** One per row of the form, in order; a code never shares a box with another. */
  services: z.array(
    z.object({
      code: z.string().optional(),
      description: z.string().optional(),
      start: z.string().optional(),
      end: z.string().optional(),
      quantity: z.string().optional(),
    }),
  ),
  /** The first is the main one. */
  diagnoses: z.array(z.object({ code: z.string().optional(), description: z.string().optional() })),
  /** Which other roles the requesting provider has, by the ids of the chart: some forms expect "Same" there. */
  requesterIs: z.object({ servicing: z.boolean(), pcp: z.boolean() }),
  policy: z.object({ policyId: z.string(), title: z.string() }).optional(),
  /** The payer's questions in policy order, with the evidence as lines of text. */
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
