import { z } from 'zod'
import { recommendation } from './analysis.ts'
import type { Immutable } from './immutable.ts'
import { reviewState } from './work-item.ts'

/**
 * Every event on the wire, with the data it carries. The first seven are the seed's, field for field; bodies hold ids and
 * counts, never names, dates of birth or note text (invariant 7).
 */
export const eventData = {
  EncounterDetected: z.object({ encounterId: z.string(), patientId: z.string() }),
  EncounterProcessingStarted: z.object({
    encounterId: z.string(),
    patientId: z.string(),
    workerId: z.string(),
    attempt: z.number().int().positive().optional(),
  }),
  ClinicalDataHydrated: z.object({
    encounterId: z.string(),
    conditionCount: z.number().int(),
    observationCount: z.number().int(),
    orderCount: z.number().int().optional(),
    /** Resource types that could not be read completely. */
    incomplete: z.array(z.string()).optional(),
  }),
  IntelligenceAnalysisComplete: z.object({
    encounterId: z.string(),
    recommendation,
    /** 0..1; null when the order was not judged against a policy. */
    confidence: z.number().min(0).max(1).nullable(),
    serviceRequestId: z.string().optional(),
    policyId: z.string().optional(),
  }),
  PdfGenerated: z.object({
    encounterId: z.string(),
    pdfSizeBytes: z.number().int(),
    serviceRequestId: z.string().optional(),
    pages: z.number().int().optional(),
  }),
  PA_FORM_READY: z.object({
    transactionId: z.string(),
    encounterId: z.string(),
    patientId: z.string(),
    message: z.string(),
    workItemId: z.string().optional(),
    serviceRequestId: z.string().optional(),
    procedureCode: z.string().optional(),
    review: reviewState.optional(),
  }),
  EncounterProcessingFailed: z.object({
    encounterId: z.string(),
    /** For people: what happened and what to do; ids and numbers only. */
    error: z.string(),
    attemptCount: z.number().int().positive(),
    /** A code of docs/errors.md. */
    code: z.string().optional(),
    patientId: z.string().optional(),
  }),
  EncounterRetryScheduled: z.object({
    encounterId: z.string(),
    error: z.string(),
    attemptCount: z.number().int().positive(),
    code: z.string().optional(),
    patientId: z.string().optional(),
    nextAttemptAt: z.string(),
  }),
  EncounterProcessed: z.object({
    encounterId: z.string(),
    patientId: z.string(),
    workItemCount: z.number().int(),
    formCount: z.number().int(),
  }),
  EncounterReopened: z.object({ encounterId: z.string(), patientId: z.string() }),
  WORK_ITEM_STATUS_CHANGED: z.object({
    transactionId: z.string(),
    encounterId: z.string(),
    patientId: z.string(),
    workItemId: z.string(),
    newStatus: reviewState,
    serviceRequestId: z.string().optional(),
    procedureCode: z.string().optional(),
  }),
  WriteBackRetryScheduled: z.object({
    encounterId: z.string(),
    workItemId: z.string(),
    error: z.string(),
    attemptCount: z.number().int().positive(),
    code: z.string(),
    nextAttemptAt: z.string(),
  }),
  WriteBackFailed: z.object({
    encounterId: z.string(),
    workItemId: z.string(),
    error: z.string(),
    attemptCount: z.number().int().positive(),
    code: z.string(),
  }),
  WriteBackNeedsDecision: z.object({
    encounterId: z.string(),
    workItemId: z.string(),
    error: z.string(),
    code: z.string(),
    sentCount: z.number().int().positive(),
  }),
  WriteBackDecided: z.object({
    encounterId: z.string(),
    workItemId: z.string(),
    decision: z.enum(['present', 'send_again']),
  }),
} as const

export type EventType = keyof typeof eventData

export type EventDataOf<Type extends EventType> = Immutable<z.infer<(typeof eventData)[Type]>>

/** The eventType strings, in the order of the journey. */
export const eventTypes = Object.keys(eventData) as readonly EventType[]

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
