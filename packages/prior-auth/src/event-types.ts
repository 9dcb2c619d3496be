import { z } from 'zod'
import { recommendation } from './analysis.ts'
import type { Immutable } from './immutable.ts'
import { reviewState } from './work-item.ts'

/** An id: of ours, of the EHR's, or of a worker. */
const id = z.string()
/** A code: of docs/errors.md, of a procedure, of a resource type. */
const code = z.string()
const timestamp = z.string()
/** A sentence for people. It holds ids and numbers only, and is still never written to the log. */
const sentence = z.string()

/** Schemas of chart data, with the schema that each was made of. */
const chartFields = new WeakMap<z.core.$ZodType, z.core.$ZodType>()

/** A field that says something about a patient's chart, which operators do not get. */
function chart<Schema extends z.ZodType>(schema: Schema): Schema {
  const field = schema.meta({})
  chartFields.set(field, schema)
  return field
}

/**
 * Every event on the wire, with the data it carries: a new event is one entry here, then what `npm run docs` asks for. The first seven
 * are the seed's, field for field. Bodies hold ids and counts, never names, dates of birth or note text (invariant 7).
 *
 * The log shows a field when its schema is an id, a code, a timestamp, a number, a boolean or a list of fixed values; no other text.
 */
export const eventData = {
  EncounterDetected: z.object({ encounterId: id, patientId: chart(id) }),
  EncounterProcessingStarted: z.object({
    encounterId: id,
    patientId: chart(id),
    workerId: id,
    attempt: z.number().int().positive().optional(),
  }),
  ClinicalDataHydrated: z.object({
    encounterId: id,
    conditionCount: chart(z.number().int()),
    observationCount: chart(z.number().int()),
    orderCount: chart(z.number().int()).optional(),
    /** Resource types that could not be read completely. */
    incomplete: z.array(code).optional(),
  }),
  IntelligenceAnalysisComplete: z.object({
    encounterId: id,
    recommendation: chart(recommendation),
    /** 0..1; null when the order was not assessed against a policy. */
    confidence: chart(z.number().min(0).max(1)).nullable(),
    serviceRequestId: chart(id).optional(),
    policyId: chart(id).optional(),
  }),
  PdfGenerated: z.object({
    encounterId: id,
    pdfSizeBytes: z.number().int(),
    serviceRequestId: chart(id).optional(),
    pages: z.number().int().optional(),
  }),
  PA_FORM_READY: z.object({
    transactionId: id,
    encounterId: id,
    patientId: chart(id),
    message: chart(sentence),
    workItemId: id.optional(),
    serviceRequestId: chart(id).optional(),
    procedureCode: chart(code).optional(),
    review: chart(reviewState).optional(),
  }),
  EncounterProcessingFailed: z.object({
    encounterId: id,
    /** What happened and what to do. */
    error: sentence,
    attemptCount: z.number().int().positive(),
    /** A code of docs/errors.md. */
    code: code.optional(),
    patientId: chart(id).optional(),
  }),
  EncounterRetryScheduled: z.object({
    encounterId: id,
    error: sentence,
    attemptCount: z.number().int().positive(),
    code: code.optional(),
    patientId: chart(id).optional(),
    nextAttemptAt: timestamp,
  }),
  EncounterProcessed: z.object({
    encounterId: id,
    patientId: chart(id),
    workItemCount: z.number().int(),
    formCount: z.number().int(),
  }),
  EncounterReopened: z.object({ encounterId: id, patientId: chart(id) }),
  WORK_ITEM_STATUS_CHANGED: z.object({
    transactionId: id,
    encounterId: id,
    patientId: chart(id),
    workItemId: id,
    newStatus: chart(reviewState),
    serviceRequestId: chart(id).optional(),
    procedureCode: chart(code).optional(),
  }),
  WriteBackRetryScheduled: z.object({
    encounterId: id,
    workItemId: id,
    error: sentence,
    attemptCount: z.number().int().positive(),
    code: code,
    nextAttemptAt: timestamp,
  }),
  WriteBackFailed: z.object({
    encounterId: id,
    workItemId: id,
    error: sentence,
    attemptCount: z.number().int().positive(),
    code: code,
  }),
  WriteBackNeedsDecision: z.object({
    encounterId: id,
    workItemId: id,
    error: sentence,
    code: code,
    sentCount: z.number().int().positive(),
  }),
  WriteBackDecided: z.object({
    encounterId: id,
    workItemId: id,
    decision: z.enum(['present', 'send_again']),
  }),
  /** A person approved a form. */
  FormApproved: z.object({ encounterId: id, workItemId: id }),
  /** An approved form is in the chart. */
  FormInChart: z.object({ encounterId: id, workItemId: id }),
  /** The payer's decision was entered; which one is said by the work item. */
  PayerDecided: z.object({ encounterId: id, workItemId: id }),
  /** A practice's own system does not take notifications any more. */
  WebhookDisabled: z.object({
    encounterId: id,
    webhookId: id,
    error: sentence,
    code: code,
    attemptCount: z.number().int().positive(),
  }),
  /** A person got a work item, or gave it back. Who is not said: labels are names. */
  WorkItemAssigned: z.object({ encounterId: id, workItemId: id }),
} as const

export type EventType = keyof typeof eventData

export type EventDataOf<Type extends EventType> = Immutable<z.infer<(typeof eventData)[Type]>>

/** The eventType strings, in the order in which they usually happen. */
export const eventTypes = Object.keys(eventData) as readonly EventType[]

function unwrap(field: z.core.$ZodType): z.core.$ZodType {
  if (field instanceof z.core.$ZodOptional || field instanceof z.core.$ZodNullable)
    return unwrap(field._zod.def.innerType)
  return chartFields.get(field) ?? field
}

function isChartData(field: z.core.$ZodType): boolean {
  if (field instanceof z.core.$ZodOptional || field instanceof z.core.$ZodNullable)
    return isChartData(field._zod.def.innerType)
  return chartFields.has(field)
}

/** Plain strings that the log may show. */
const loggedStrings: ReadonlySet<unknown> = new Set([id, code, timestamp])

function isLogged(wrapped: z.core.$ZodType): boolean {
  const field = unwrap(wrapped)
  if (field instanceof z.core.$ZodArray) return isLogged(field._zod.def.element)
  return (
    field instanceof z.core.$ZodNumber ||
    field instanceof z.core.$ZodBoolean ||
    field instanceof z.core.$ZodEnum ||
    loggedStrings.has(field)
  )
}

/** For each event, the names of the fields that `isIn` holds for. */
function fieldsByType(
  isIn: (field: z.core.$ZodType) => boolean,
): ReadonlyMap<EventType, readonly string[]> {
  return new Map(
    eventTypes.map((type) => [
      type,
      Object.entries<z.core.$ZodType>(eventData[type].shape)
        .filter(([, field]) => isIn(field))
        .map(([name]) => name),
    ]),
  )
}

const loggedFieldsByType = fieldsByType(isLogged)
const chartFieldsByType = fieldsByType(isChartData)

/** The fields that the log may show of any event. */
export const loggedEventFields: ReadonlySet<string> = new Set([
  ...[...loggedFieldsByType.values()].flat(),
])

/** What the log shows of an event in addition to its correlation id, which already names the encounter and with it the patient. */
export function toLogFields({ eventType, data }: GatewayEvent): Readonly<Record<string, unknown>> {
  const logged = loggedFieldsByType.get(eventType) ?? []
  return Object.fromEntries(
    Object.entries(data).filter(
      ([name]) => logged.includes(name) && name !== 'encounterId' && name !== 'patientId',
    ),
  )
}

/** The data of an event for operators: ids, counts and errors of the work, and nothing from the chart. */
export function withoutChartData({
  eventType,
  data,
}: GatewayEvent): Readonly<Record<string, unknown>> {
  const hidden = chartFieldsByType.get(eventType) ?? []
  return Object.fromEntries(Object.entries(data).filter(([name]) => !hidden.includes(name)))
}

/**
 * One event as stored and as streamed. `id` is a UUID, `timestamp` ISO 8601; `sequence` grows by commit order within one
 * database, so a reader that resumes after `n` misses nothing.
 */
export type GatewayEvent<Type extends EventType = EventType> = {
  readonly [Each in Type]: {
    readonly id: string
    readonly sequence: number
    readonly eventType: Each
    readonly practiceId: string
    readonly correlationId: string
    readonly timestamp: string
    readonly source: string
    readonly data: EventDataOf<Each>
  }
}[Type]

export const gatewayEvent = z.object({
  id: z.string(),
  sequence: z.number().int().nonnegative(),
  eventType: z.enum(eventTypes as [EventType, ...EventType[]]),
  practiceId: z.string(),
  correlationId: z.string(),
  timestamp: z.string(),
  source: z.string(),
  data: z.record(z.string(), z.unknown()),
})
