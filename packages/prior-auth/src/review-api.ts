import { z } from 'zod'
import { answerValue } from './answer-value.ts'
import { americanDate } from './american-date.ts'
import { workItemView } from './api.ts'
import { evidence } from './evidence.ts'
import { type FormContent, formChoices, formContent, formRoles } from './form-content.ts'
import type { Immutable } from './immutable.ts'
import {
  filingFailure,
  informationRequest,
  orderDetails,
  type OrderStage,
  orderStage,
  type PayerState,
  payerState,
} from './queue-api.ts'
import { sendingMethod } from './sent-api.ts'
import { problem } from './session-api.ts'
import { isDrafted, type ReviewState } from './work-item.ts'

/** The JSON by which people work on one order: what they see of it, and what they change. */

/** What a page that is printed shows: orders, or an encounter without any. */
export const printRequest = z.union([
  z.strictObject({ workItemIds: z.array(z.string().min(1).max(64)).min(1).max(500) }),
  z.strictObject({
    practiceId: z.string().min(1).max(64),
    encounterId: z.string().min(1).max(200),
  }),
])

const reason = z.string().trim().min(1).max(1000)

/** A person's answer to one question. `evidence` is a sentence of the note that the person selected. */
export const answerChangeRequest = z.strictObject({
  answer: answerValue,
  reason,
  evidence: evidence.optional(),
})

/** A box of the form that a person may fill: `values.facility.name`, `choices.review`, `services.0.quantity`. */
export const formField = z.string().max(100).refine(isFormField, 'must be a box of the form')

const serviceKeys = ['code', 'description', 'start', 'end', 'quantity'] as const
const diagnosisKeys = ['code', 'description'] as const
/** Of services, and of diagnoses. */
const maxRows = 12
const rowKeys: Readonly<Record<string, readonly string[]>> = {
  services: serviceKeys,
  diagnoses: diagnosisKeys,
}

function isFormField(field: string): boolean {
  const [kind, ...rest] = field.split('.')
  const name = rest.join('.')
  switch (kind) {
    case 'values':
      return (formRoles as readonly string[]).includes(name)
    case 'choices':
      return Object.hasOwn(formChoices, name)
    case 'services':
    case 'diagnoses': {
      const [row, key] = rest
      return (
        rest.length === 2 &&
        /^\d{1,2}$/.test(row ?? '') &&
        Number(row) < maxRows &&
        rowKeys[kind]?.includes(key ?? '') === true
      )
    }
    default:
      return false
  }
}

/** Values by field; null removes what a person typed, so that the chart's value counts again. Dates may be ISO 8601. */
export const formEntriesRequest = z.strictObject({
  entries: z
    .record(formField, z.string().trim().min(1).max(2000).nullable())
    .superRefine((entries, context) => {
      for (const [field, value] of Object.entries(entries)) {
        const options = optionsOf(field)
        if (options === undefined || value === null || options.includes(value)) continue
        context.addIssue({
          code: 'custom',
          path: [field],
          message: `expected one of ${options.join(', ')}`,
        })
      }
    }),
})

/** The options of a choice; undefined for a text. */
function optionsOf(field: string): readonly string[] | undefined {
  const choice = field.startsWith('choices.') ? field.slice('choices.'.length) : ''
  return Object.entries(formChoices).find(([name]) => name === choice)?.[1]
}

/** Questions without a yes, or answered no, need a reason. */
export const approveRequest = z.strictObject({
  reason: reason.optional(),
  /** Draws the caller's own stored signature in the form's box for it. Only the signer asks for it, each time (invariant 9). */
  placeSignature: z.boolean().optional(),
})
export const closeRequest = z.strictObject({ reason: reason.optional() })
/** `owner` is the clinician. */
export const handOverRequest = z.strictObject({ owner: z.string().min(1).max(200) })
/** `mentions`: labels of people who are asked to look. */
export const noteRequest = z.strictObject({
  text: z.string().trim().min(1).max(4000),
  mentions: z.array(z.string().min(1).max(200)).max(20).optional(),
})

const day = z.iso.date()

/** What the chart lacks, and who is asked for it: a person of the practice by their label, or anybody else by name. */
export const askRequest = z.strictObject({
  of: z.string().trim().min(1).max(200),
  what: z.string().trim().min(1).max(1000),
  dueOn: day.optional(),
})

/** `answered`: what the person said, which goes to the history; `withdrawn`: it is not needed any more. */
export const askResult = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('answered'), answer: z.string().trim().min(1).max(4000) }),
  z.strictObject({ outcome: z.literal('withdrawn'), reason: reason.optional() }),
])

/** What happened between the practice and the payer, entered by a person. */
export const payerStepRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sent'),
    on: day,
    method: sendingMethod,
    reference: z.string().trim().max(200).optional(),
  }),
  z.strictObject({ kind: z.literal('more_information_asked'), on: day, what: reason }),
  z.strictObject({
    kind: z.literal('approved'),
    on: day,
    authorizationNumber: z.string().trim().min(1).max(100),
    validFrom: day.optional(),
    validTo: day.optional(),
    units: z.string().trim().max(100).optional(),
  }),
  z.strictObject({ kind: z.literal('denied'), on: day, reason }),
])

export const historyKind = z.enum([
  'drafted',
  'answer_changed',
  'answer_restored',
  'form_changed',
  'assigned',
  'handed_over',
  'note',
  'information_asked',
  'information_answered',
  'information_withdrawn',
  'attached',
  'attachment_removed',
  'approved',
  'closed',
  'reopened',
  'superseded',
  'in_chart',
  'sent',
  'sent_undone',
  'more_information_asked',
  'authorized',
  'denied',
  'reprocessed',
])

/** What a line of the history says in addition to its kind. */
export const historyData = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))

export const historyEntry = z.object({
  version: z.number().int(),
  at: z.string(),
  /** The label of the person; null for the gateway itself. */
  actor: z.string().nullable(),
  kind: historyKind,
  data: historyData,
})

export const workItemHistory = z.object({ items: z.array(historyEntry) })

const codedLine = z.object({
  resourceId: z.string(),
  text: z.string(),
  code: z.string().nullable(),
  date: z.string().nullable(),
  status: z.string().nullable(),
})

/** What was read from the chart for this encounter, for people to check the answers against. */
export const workItemSource = z.object({
  readAt: z.string(),
  documents: z.array(
    z.object({
      resourceId: z.string(),
      title: z.string(),
      date: z.string().nullable(),
      /** Null when it could not be read; `unreadReason` says why. Quotes of answers are offsets into it. */
      text: z.string().nullable(),
      unreadReason: z.string().nullable(),
    }),
  ),
  problems: z.array(codedLine),
  medications: z.array(codedLine),
  procedures: z.array(codedLine),
  results: z.array(codedLine),
})

/** A file that travels with the form. */
export const attachmentView = z.object({
  attachmentId: z.string(),
  name: z.string(),
  type: z.enum(['pdf', 'png', 'jpeg']),
  /** Of the person's file. */
  sizeBytes: z.number().int(),
  pages: z.number().int(),
  addedBy: z.string(),
  addedAt: z.string(),
})

export const attachmentLimitsView = z.object({
  maxFileBytes: z.number().int(),
  maxFiles: z.number().int(),
})

/** The longest name of a file that is kept whole. */
const maxNameLength = 200

/** The name of a person's file as it is shown and printed: one line without folders, never empty, and not too long for a label. */
export function attachmentName(given: string, type: 'pdf' | 'png' | 'jpeg'): string {
  const [last = ''] = given.split(/[/\\]/).slice(-1)
  const name = last
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (name === '') return `file.${type}`
  const characters = [...name]
  if (characters.length <= maxNameLength) return name
  const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? ''
  return `${characters.slice(0, maxNameLength - ending.length - 1).join('')}…${ending}`
}

/** Whether a clinician has stored a picture of their signature. */
export const signatureView = z.object({
  signature: z.object({ addedAt: z.string() }).nullable(),
})

const faxNumber = z
  .string()
  .trim()
  .max(40)
  .regex(/^$|\d.*\d.*\d/, 'must be a fax number')

const oneLine = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\n\r]*$/, 'must be one line')

/** Where an order is faxed, and who sends it. */
export const faxContact = z.strictObject({
  recipient: oneLine.min(1),
  recipientFax: faxNumber.min(1),
  sender: oneLine.min(1),
  senderPhone: oneLine,
  senderFax: faxNumber,
})

/** What the dialog of a fax begins with. `isRemembered`: somebody of the practice typed it for this payer. */
export const faxContactView = z.object({
  recipient: z.string(),
  recipientFax: z.string(),
  sender: z.string(),
  senderPhone: z.string(),
  senderFax: z.string(),
  isRemembered: z.boolean(),
})

/** One work item as its review page shows it. The answers are the ones that count: a person's before the chart's. */
export const reviewView = workItemView.extend({
  ...orderDetails.shape,
  gender: z.string().nullable(),
  owner: z.string().nullable(),
  /** A note asks the caller to look at it, and they have not read it yet. */
  mentionsMe: z.boolean(),
  stage: orderStage,
  /** See QueueRow. */
  dueOn: z.string().nullable(),
  informationRequest: informationRequest.nullable(),
  /** Why the approved form is not in the chart; null while nothing has failed. */
  filingFailure: filingFailure.nullable(),
  payerState: payerState.nullable(),
  closedReason: z.string().nullable(),
  /** What the rules concluded, before people changed answers; null when the order was not assessed. */
  chartVerdict: answerValue.nullable(),
  /** Changed answers, by criterion. `applies` is false when the chart's answer has changed since. */
  answerChanges: z.array(
    z.object({
      criterionId: z.string(),
      chartAnswer: answerValue,
      answer: answerValue,
      reason: z.string(),
      changedBy: z.string(),
      changedAt: z.string(),
      applies: z.boolean(),
    }),
  ),
  formEntries: z.array(
    z.object({
      field: z.string(),
      value: z.string(),
      enteredBy: z.string(),
      enteredAt: z.string(),
    }),
  ),
  attachments: z.array(attachmentView),
  attachmentLimits: attachmentLimitsView,
  /** Whether the form has a box that is known to be for the requesting provider's signature. */
  hasSignatureBox: z.boolean(),
  /** Of what goes to the chart: the form and the attachments. */
  documentPages: z.number().int(),
  /** What the form says now: every box of this form that a person may type, by FormField; empty for a blank one. */
  formValues: z.record(z.string(), z.string()),
  /** What each box of the form is for, by its name in the PDF: a FormField, or `criteria.3` where the third question stands. */
  boxPurposes: z.record(z.string(), z.string()),
  /** What people typed last on orders of the same provider, for boxes that are the same on most of them, by FormField. Offered, never filled in. */
  rememberedEntries: z.record(z.string(), z.string()),
  /** Boxes that the payer requires and nothing is known for, as FormFields. */
  missingFields: z.array(z.string()),
})

/** Why a change was refused with 412: what others did since the version that the person saw, oldest first. */
export const staleProblem = problem.extend({
  /** The label of the person who changed it last; null when the gateway did. */
  changedBy: z.string().nullable(),
  changes: z.array(historyEntry),
})

/** Where an order stands. A person must act on a write-back that failed or waits for a decision. */
export function stageOf(item: {
  readonly review: ReviewState
  readonly payerState: PayerState | null
  readonly filingNeedsPerson: boolean
  readonly isHandedOver: boolean
  readonly isInformationAsked: boolean
}): OrderStage {
  if (item.isInformationAsked && isDrafted(item.review)) return 'information_asked'
  switch (item.review) {
    case 'approved':
      return item.filingNeedsPerson ? 'filing_failed' : 'filing'
    case 'submitted':
      return item.payerState === null ? 'to_send' : payerStages[item.payerState]
    case 'ready_for_review':
      return 'ready_to_sign'
    case 'missing_data':
      return item.isHandedOver ? 'ready_to_sign' : 'needs_information'
    case 'requirements_not_met':
      return item.isHandedOver ? 'ready_to_sign' : 'not_met'
    case 'no_policy':
      return 'no_criteria'
    default:
      return item.review
  }
}

const payerStages = {
  sent: 'waiting_for_payer',
  more_information_asked: 'more_information_asked',
  approved: 'authorized',
  denied: 'denied',
} as const satisfies Record<PayerState, OrderStage>

/** Who the patient is comes from the chart. People type it only where the chart does not say. */
export const identityFields = [
  'values.patient.name',
  'values.patient.firstName',
  'values.patient.lastName',
  'values.patient.birthDate',
] as const

/**
 * The form with what people typed, by FormField. A person's value replaces the chart's, but for the `identityFields`, where the chart's
 * stays. A typed name, birth date or member ID is also the one that the finished form is checked against. Rows of services and of diagnoses
 * that the chart does not have follow its last one in their order. ISO dates become American.
 *
 * @throws {z.ZodError} for a choice that is not one of its options
 */
export function withFormEntries(
  content: FormContent,
  entries: Readonly<Record<string, string>>,
): FormContent {
  const values: Record<string, unknown> = { ...content.values }
  const choices: Record<string, unknown> = { ...content.choices }
  const services: Record<string, unknown>[] = content.services.map((service) => ({ ...service }))
  const diagnoses: Record<string, unknown>[] = content.diagnoses.map((one) => ({ ...one }))
  const rowsOf = { services, diagnoses }
  const fields = Object.keys(entries)
  const indexOf = {
    services: rowIndexes('services', content.services.length, fields),
    diagnoses: rowIndexes('diagnoses', content.diagnoses.length, fields),
  }
  for (const [field, typed] of Object.entries(entries)) {
    const [kind, ...rest] = field.split('.')
    const name = rest.join('.')
    const value = isoDay.test(typed) ? americanDate(typed) : typed
    if (kind === 'values') {
      if (isIdentity(field) && values[name] !== undefined) continue
      values[name] = value
    } else if (kind === 'choices') choices[name] = value
    else if (kind === 'services' || kind === 'diagnoses') {
      const [row = '0', key = ''] = rest
      const index = indexOf[kind](Number(row))
      rowsOf[kind][index] = { ...rowsOf[kind][index], [key]: value }
    }
  }
  const subject = {
    ...content.subject,
    ...present('name', values['patient.name']),
    ...present('birthDate', values['patient.birthDate']),
    ...present('memberId', values['coverage.memberId']),
  }
  return formContent.parse({ ...content, subject, values, choices, services, diagnoses })
}

const isoDay = /^\d{4}-\d{2}-\d{2}$/

function isIdentity(field: string): boolean {
  return (identityFields as readonly string[]).includes(field)
}

function present(key: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [key]: value }
}

/** Rows that the chart has keep their place; typed ones beyond follow without a gap. */
function rowIndexes(
  kind: 'services' | 'diagnoses',
  charted: number,
  fields: readonly string[],
): (row: number) => number {
  const beyond = fields
    .map((field) => new RegExp(`^${kind}\\.(\\d+)\\.`).exec(field)?.[1])
    .flatMap((row) => (row !== undefined && Number(row) >= charted ? [Number(row)] : []))
  const rows = [...new Set(beyond)].sort((one, other) => one - other)
  return (row) => (row < charted ? row : charted + rows.indexOf(row))
}

export type AnswerChangeRequest = Immutable<z.infer<typeof answerChangeRequest>>
export type FormEntriesRequest = Immutable<z.infer<typeof formEntriesRequest>>
export type AskRequest = Immutable<z.infer<typeof askRequest>>
export type AskResult = Immutable<z.infer<typeof askResult>>
export type PayerStepRequest = Immutable<z.infer<typeof payerStepRequest>>
export type HistoryKind = z.infer<typeof historyKind>
export type HistoryData = Immutable<z.infer<typeof historyData>>
export type HistoryEntry = Immutable<z.infer<typeof historyEntry>>
export type StaleProblem = Immutable<z.infer<typeof staleProblem>>
export type WorkItemHistory = Immutable<z.infer<typeof workItemHistory>>
export type AttachmentView = Immutable<z.infer<typeof attachmentView>>
export type FaxContact = Immutable<z.infer<typeof faxContact>>
export type FaxContactView = Immutable<z.infer<typeof faxContactView>>
export type WorkItemSource = Immutable<z.infer<typeof workItemSource>>
export type ReviewView = Immutable<z.infer<typeof reviewView>>

export type PrintRequest = Immutable<z.infer<typeof printRequest>>
