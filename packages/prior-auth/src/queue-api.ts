import { z } from 'zod'
import type { Immutable } from './immutable.ts'
import { reviewState } from './work-item.ts'

/** The JSON of the work queue. The page of the queue loads this file and nothing of the review page's. */

/** How far a form is with the payer, as a person entered it. Null before it was sent. */
export const payerState = z.enum(['sent', 'more_information_asked', 'approved', 'denied'])

/** Where an order stands, as people say it. `stageOf` derives it. */
export const orderStage = z.enum([
  'needs_information',
  /** A person was asked for what the chart lacks, and has not answered yet. */
  'information_asked',
  'not_met',
  'no_criteria',
  'not_required',
  'ready_to_sign',
  /** Approved, and on its way to the chart. */
  'filing',
  /** Approved, and not in the chart: a person must act. */
  'filing_failed',
  /** In the chart; nobody has sent it to the payer. */
  'to_send',
  'waiting_for_payer',
  'more_information_asked',
  'authorized',
  'denied',
  'closed',
  'superseded',
])

export const queueView = z.enum([
  'mine',
  'open',
  'needs_information',
  'information_asked',
  'no_criteria',
  'ready_to_sign',
  'to_send',
  'waiting_for_payer',
  'failed',
  'all',
])

export const queueSort = z.enum(['due', 'patient', 'order', 'payer', 'provider', 'updated'])

/** What people recognize an order by. */
export const orderDetails = z.object({
  patientName: z.string().nullable(),
  /** As in FHIR: `1957-08-30`, or less precise. */
  birthDate: z.string().nullable(),
  /** The practice's medical record number (MRN). */
  recordNumber: z.string().nullable(),
  memberId: z.string().nullable(),
  payerName: z.string().nullable(),
  planName: z.string().nullable(),
  /** Who ordered. */
  providerName: z.string().nullable(),
  /** The day for which the service is ordered, `YYYY-MM-DD`. */
  plannedOn: z.string().nullable(),
  urgency: z.enum(['standard', 'urgent']).nullable(),
})

/** What somebody was asked for, and has not answered yet. */
export const informationRequest = z.object({
  /** A person of the practice by their label, or anybody else by name: "the patient". */
  of: z.string(),
  what: z.string(),
  /** `YYYY-MM-DD`. */
  dueOn: z.string().nullable(),
  by: z.string(),
  at: z.string(),
})

/** Why an approved form is not in the chart, for the people who work on the order. */
export const filingFailure = z.object({
  /** One of docs/errors.md; null when none was recorded. */
  code: z.string().nullable(),
  /** What happened, a sentence. */
  what: z.string(),
  /** Who can do what about it, a sentence. */
  remedy: z.string(),
  /** It may be in the chart, and a person must look and say so. */
  needsDecision: z.boolean(),
})

/** One order of the work queue, with what its row shows. */
export const queueRow = orderDetails.extend({
  workItemId: z.string(),
  practiceId: z.string(),
  encounterId: z.string(),
  patientId: z.string(),
  /** The day by which it must be with the payer: the planned day; of an urgent order at the latest 72 hours after the signature. */
  dueOn: z.string().nullable(),
  orderDescription: z.string().nullable(),
  procedureCode: z.string().nullable(),
  questionCount: z.number().int(),
  openQuestionCount: z.number().int(),
  owner: z.string().nullable(),
  /** A note asks the caller to look at it, and they have not read it yet. */
  mentionsMe: z.boolean(),
  review: reviewState,
  payerState: payerState.nullable(),
  stage: orderStage,
  /** Null when nobody is asked for anything. */
  informationRequest: informationRequest.nullable(),
  /** Null while nothing has failed. */
  failure: filingFailure.nullable(),
  policyTitle: z.string().nullable(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
})

export const queuePage = z.object({
  items: z.array(queueRow),
  nextCursor: z.string().nullable(),
  /** All orders that match, on every page. */
  total: z.number().int(),
})

export const queueSummary = z.object({
  /** The number of orders in each view. */
  views: z.record(queueView, z.number().int()),
  /** Encounters that have no orders yet. */
  encounters: z.object({ inProgress: z.number().int(), failed: z.number().int() }),
  /** What the filters offer. */
  payers: z.array(z.string()),
  providers: z.array(z.string()),
  owners: z.array(z.string()),
  /** Who may approve orders, and so may get one to sign. */
  clinicians: z.array(z.string()),
})

/** What the address of the queue says: a view, a search, filters and a sort. A filter of an empty text means orders that have none. */
export const queueSearch = z.strictObject({
  view: queueView.optional(),
  q: z.string().max(200).optional(),
  payer: z.string().max(300).optional(),
  provider: z.string().max(300).optional(),
  owner: z.string().max(300).optional(),
  sort: queueSort.optional(),
  direction: z.enum(['asc', 'desc']).optional(),
})

/** Of an address, what a view keeps: not the search text, which mostly names a patient. */
const savedSearch = queueSearch.transform((search): Omit<typeof search, 'q'> => {
  const { q, ...kept } = search
  return q === undefined ? search : kept
})

const savedViewNameLength = 60
/** What one person may keep. */
export const maxSavedViews = 50

const savedViewFields = {
  name: z
    .string()
    .trim()
    .min(1, 'Give the view a name.')
    .max(savedViewNameLength, `A name has at most ${savedViewNameLength} characters.`),
  search: savedSearch,
  /** The practice whose people see it too; null for one's own. */
  sharedWith: z.string().min(1).max(100).nullable(),
}

export const savedViewRequest = z.strictObject(savedViewFields)

/** What is left out stays as it is. */
export const savedViewChange = z.strictObject(savedViewFields).partial()

/** A search of the queue that somebody gave a name. */
export const savedView = z.object({
  viewId: z.string(),
  name: z.string(),
  // A later release may know more filters.
  search: queueSearch.omit({ q: true }).strip(),
  savedBy: z.string(),
  sharedWith: z.string().nullable(),
  /** The caller saved it, or may tidy it up because whoever saved it is gone. */
  canChange: z.boolean(),
  /** Whoever saved it has no credential and no open session any more. */
  isOrphan: z.boolean(),
})

export const savedViews = z.object({ items: z.array(savedView) })

/** `owner: null` gives the orders back. */
export const assignRequest = z.strictObject({
  workItemIds: z.array(z.string().min(1).max(64)).min(1).max(200),
  owner: z.string().min(1).max(200).nullable(),
})

/** What each order's owner was before, so that the assignment can be undone. */
export const assignResult = z.object({
  changed: z.array(z.object({ workItemId: z.string(), previousOwner: z.string().nullable() })),
})

export type PayerState = z.infer<typeof payerState>
export type OrderStage = z.infer<typeof orderStage>
export type QueueView = z.infer<typeof queueView>
export type QueueSort = z.infer<typeof queueSort>
export type OrderDetails = Immutable<z.infer<typeof orderDetails>>
export type QueueRow = Immutable<z.infer<typeof queueRow>>
export type QueuePage = Immutable<z.infer<typeof queuePage>>
export type QueueSummary = Immutable<z.infer<typeof queueSummary>>
export type InformationRequest = Immutable<z.infer<typeof informationRequest>>
export type AssignRequest = Immutable<z.infer<typeof assignRequest>>
export type AssignResult = Immutable<z.infer<typeof assignResult>>
export type FilingFailure = Immutable<z.infer<typeof filingFailure>>
export type QueueSearch = z.infer<typeof queueSearch>
/** What a saved view shows, without a search text. */
export type SavedSearch = Omit<QueueSearch, 'q'>
export type SavedView = Immutable<z.infer<typeof savedView>>
export type SavedViewRequest = Immutable<z.infer<typeof savedViewRequest>>
export type SavedViewChange = Immutable<z.infer<typeof savedViewChange>>
