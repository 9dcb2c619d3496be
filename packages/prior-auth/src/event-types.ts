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

/**
 * Every event on the wire, with the data it carries: a new event is one entry here, then what `npm run docs` asks for. The first seven
 * are the seed's, field for field. Bodies hold ids and counts, never names, dates of birth or note text (invariant 7).
 *
 * The log shows a field when its schema is an id, a code, a timestamp, a number, a boolean or a list of fixed values; no other text.
 */
export const eventData = {
  EncounterDetected: z.object({ encounterId: id, patientId: id }),
  EncounterProcessingStarted: z.object({
    encounterId: id,
    patientId: id,
    workerId: id,
    attempt: z.number().int().positive().optional(),
  }),
  ClinicalDataHydrated: z.object({
    encounterId: id,
    conditionCount: z.number().int(),
    observationCount: z.number().int(),
    orderCount: z.number().int().optional(),
    /** Resource types that could not be read completely. */
    incomplete: z.array(code).optional(),
  }),
  IntelligenceAnalysisComplete: z.object({
    encounterId: id,
    recommendation,
    /** 0..1; null when the order was not assessed against a policy. */
    confidence: z.number().min(0).max(1).nullable(),
    serviceRequestId: id.optional(),
    policyId: id.optional(),
  }),
  PdfGenerated: z.object({
    encounterId: id,
    pdfSizeBytes: z.number().int(),
    serviceRequestId: id.optional(),
    pages: z.number().int().optional(),
  }),
  PA_FORM_READY: z.object({
    transactionId: id,
    encounterId: id,
    patientId: id,
    message: sentence,
    workItemId: id.optional(),
    serviceRequestId: id.optional(),
    procedureCode: code.optional(),
    review: reviewState.optional(),
  }),
  EncounterProcessingFailed: z.object({
    encounterId: id,
    /** What happened and what to do. */
    error: sentence,
    attemptCount: z.number().int().positive(),
    /** A code of docs/errors.md. */
    code: code.optional(),
    patientId: id.optional(),
  }),
  EncounterRetryScheduled: z.object({
    encounterId: id,
    error: sentence,
    attemptCount: z.number().int().positive(),
    code: code.optional(),
    patientId: id.optional(),
    nextAttemptAt: timestamp,
  }),
  EncounterProcessed: z.object({
    encounterId: id,
    patientId: id,
    workItemCount: z.number().int(),
    formCount: z.number().int(),
  }),
  EncounterReopened: z.object({ encounterId: id, patientId: id }),
  WORK_ITEM_STATUS_CHANGED: z.object({
    transactionId: id,
    encounterId: id,
    patientId: id,
    workItemId: id,
    newStatus: reviewState,
    serviceRequestId: id.optional(),
    procedureCode: code.optional(),
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
} as const

export type EventType = keyof typeof eventData

export type EventDataOf<Type extends EventType> = Immutable<z.infer<(typeof eventData)[Type]>>

/** The eventType strings, in the order in which they usually happen. */
export const eventTypes = Object.keys(eventData) as readonly EventType[]

/** Plain strings that the log may show. */
const loggedStrings: ReadonlySet<unknown> = new Set([id, code, timestamp])

function isLogged(field: z.core.$ZodType): boolean {
  if (field instanceof z.core.$ZodOptional || field instanceof z.core.$ZodNullable)
    return isLogged(field._zod.def.innerType)
  if (field instanceof z.core.$ZodArray) return isLogged(field._zod.def.element)
  return (
    field instanceof z.core.$ZodNumber ||
    field instanceof z.core.$ZodBoolean ||
    field instanceof z.core.$ZodEnum ||
    loggedStrings.has(field)
  )
}

const loggedFieldsOf = (type: EventType): readonly string[] =>
  Object.entries<z.core.$ZodType>(eventData[type].shape)
    .filter(([, field]) => isLogged(field))
    .map(([name]) => name)

const loggedFieldsByType: ReadonlyMap<EventType, readonly string[]> = new Map(
  eventTypes.map((type) => [type, loggedFieldsOf(type)]),
)

/** The fields that the log may show of any event. */
export const loggedEventFields: ReadonlySet<string> = new Set([
  ...[...loggedFieldsByType.values()].flat(),
])

/** What the log shows of an event beside its correlation id, which already names the encounter and with it the patient. */
export function toLogFields({ eventType, data }: GatewayEvent): Readonly<Record<string, unknown>> {
  const logged = loggedFieldsByType.get(eventType) ?? []
  return Object.fromEntries(
    Object.entries(data).filter(
      ([name]) => logged.includes(name) && name !== 'encounterId' && name !== 'patientId',
    ),
  )
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
