import { processingState } from './encounter.ts'
import { z } from 'zod'
import { analysis, recommendation } from './analysis.ts'
import { resourceCompleteness } from './completeness.ts'
import { encounterView } from './encounter.ts'
import { fhirId, practiceId } from './ids.ts'
import type { Immutable } from './immutable.ts'
import { orderType } from './order.ts'
import { reviewState } from './work-item.ts'

/** The JSON of the gateway's HTTP surface, shared with the dashboard. Times are ISO 8601, `confidence` is 0..1. */

export const registrationRequest = z.strictObject({
  patientId: fhirId,
  encounterId: fhirId,
  practiceId,
})

export const registrationView = z.object({
  practiceId: z.string(),
  patientId: z.string(),
  encounterId: z.string(),
  registeredAt: z.string(),
  lastPolledAt: z.string().nullable(),
  /** The status from the EHR (`in-progress`, `finished`); null before the first successful poll. */
  encounterStatus: z.string().nullable(),
  /** The last poll's error code, null after a success. */
  lastErrorCode: z.string().nullable(),
  /** `open`: waiting for the signature; `signed`: watched in case it is re-opened; `ended`: no longer polled. */
  watch: z.enum(['open', 'signed', 'ended']),
  /** Why polling ended early, which an operator must correct. Null otherwise. */
  endCode: z.string().nullable(),
  /** When polling ended; null while the encounter is polled. */
  endedAt: z.string().nullable(),
  /** Who ended the watch; null when no person did. */
  endedBy: z.string().nullable(),
  /** When the EHR is asked next, at the earliest; null when it is no longer polled. */
  nextPollAt: z.string().nullable(),
  /** Since when the EHR does not give the encounter: it does not know it, or it may not be read. */
  refusedSince: z.string().nullable(),
  /** How far the encounter is in the gateway; null before it was signed, and in the answer to a registration. */
  processing: processingState.nullable(),
  /** Why it could not be read, as for operators: codes and ids. */
  errorReason: z.string().nullable(),
  /** The same for the people of the clinic: what happened, and who can do what about it. */
  failure: z.object({ what: z.string(), remedy: z.string() }).nullable(),
})

export const workItemSummary = z.object({
  workItemId: z.string(),
  practiceId: z.string(),
  encounterId: z.string(),
  patientId: z.string(),
  patientInitials: z.string().nullable(),
  serviceRequestId: z.string(),
  orderType,
  procedureCode: z.string().nullable(),
  orderDescription: z.string().nullable(),
  policyId: z.string().nullable(),
  policyTitle: z.string().nullable(),
  review: reviewState,
  recommendation: recommendation.nullable(),
  confidence: z.number().min(0).max(1).nullable(),
  version: z.number().int(),
  hasForm: z.boolean(),
  /** Its approved form may be in the chart, and a person must decide whether it is. */
  needsDecision: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
})

/** An approved form that is being written to the chart. */
export const writeBackView = z.object({
  version: z.number().int(),
  state: z.enum(['queued', 'writing', 'written', 'failed', 'withdrawn', 'ambiguous']),
  /** Incremented by each redrive and each decision to send again. */
  run: z.number().int(),
  /** It may be in the chart and will not be checked automatically again: `POST …/write-back/resolve` decides. */
  needsDecision: z.boolean(),
  approvedBy: z.string(),
  approvedAt: z.string(),
  attemptCount: z.number().int(),
  nextAttemptAt: z.string().nullable(),
  documentId: z.string().nullable(),
  /**
   * How the document was recognized: it has our identifier, it has the bytes that were sent, or a person
   * confirmed it.
   */
  documentEvidence: z.enum(['identifier', 'content', 'person']).nullable(),
  errorCode: z.string().nullable(),
  errorReason: z.string().nullable(),
  /** The last document that was sent without being refused; null before. */
  sent: z
    .object({
      title: z.string(),
      sizeBytes: z.number().int(),
      sha256: z.string(),
      /** Where it was sent: `DocumentReference`, `documents/admin`. */
      destination: z.string(),
      identifier: z.string(),
      count: z.number().int(),
      firstSentAt: z.string(),
      lastSentAt: z.string(),
    })
    .nullable(),
  /** Decisions by people, oldest first. */
  decisions: z.array(
    z.object({
      decision: z.enum(['present', 'send_again']),
      documentId: z.string().nullable(),
      decidedBy: z.string(),
      decidedAt: z.string(),
      /** Whether the EHR confirmed the document; null if there was nothing to confirm. */
      confirmed: z.boolean().nullable(),
    }),
  ),
})

/**
 * A person's decision about a document that may be in the chart; `run` is the run of the write-back that the
 * person saw.
 */
export const writeBackResolution = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('present'),
    documentId: fhirId,
    run: z.number().int().positive().optional(),
  }),
  z.strictObject({
    decision: z.literal('send_again'),
    run: z.number().int().positive().optional(),
  }),
])

export const workItemView = workItemSummary.extend({
  transactionId: z.string(),
  analysis,
  completeness: z.array(resourceCompleteness),
  form: z
    .object({
      sizeBytes: z.number().int(),
      pages: z.number().int(),
      /** Roles whose text continues on the addendum page. */
      continuedRoles: z.array(z.string()),
      filledAt: z.string(),
    })
    .nullable(),
  /** The write-back of the newest approval; null before the first approval. */
  writeBack: writeBackView.nullable(),
})

export const encounterDetail = encounterView.extend({
  completeness: z.array(resourceCompleteness),
  workItems: z.array(workItemSummary),
})

/** A permanent failure: an encounter, or an approved form that was not written to the chart. */
export const deadLetterView = z.object({
  deadLetterId: z.string(),
  /** The kind of its job: `encounter`, `write_back`. */
  kind: z.string(),
  practiceId: z.string(),
  encounterId: z.string(),
  workItemId: z.string().nullable(),
  code: z.string(),
  reason: z.string(),
  attemptCount: z.number().int(),
  failedAt: z.string(),
  /** Previous failures, newest first. */
  history: z.array(
    z.object({
      run: z.number().int(),
      attemptCount: z.number().int(),
      code: z.string(),
      reason: z.string(),
      failedAt: z.string(),
      nextAttemptAt: z.string().nullable(),
    }),
  ),
})

export const orchestratorView = z.object({
  workerCount: z.number().int(),
  busyWorkers: z.number().int(),
  queuedCount: z.number().int(),
  waitingCount: z.number().int(),
  maxBacklog: z.number().int(),
  paused: z.boolean(),
  subscriberCount: z.number().int(),
  /** How long the oldest queued task has waited for a worker. */
  oldestQueuedAgeMs: z.number(),
  /** What this node's load requires; an external autoscaler uses `scaling.wantedWorkers`. */
  scaling: z.object({
    wantedWorkers: z.number().int(),
    reason: z.string(),
    arrivalsPerSecond: z.number(),
    serviceMs: z.number(),
    utilisation: z.number(),
  }),
})

const ehrAbility = z.object({
  resourceType: z.string(),
  can: z.enum(['yes', 'no', 'unknown']),
  /** Why not, and the consequence for the gateway. */
  reason: z.string().nullable(),
})

/** What the gateway can read and write at its EHR, according to the EHR. */
export const ehrView = z.object({
  profile: z.string(),
  title: z.string(),
  fhirVersion: z.string().nullable(),
  software: z.string().nullable(),
  /** When the EHR last described itself; null before the first answer. */
  checkedAt: z.string().nullable(),
  /** Why the EHR could not be queried; null when it answered. */
  errorCode: z.string().nullable(),
  missingScopes: z.array(z.string()),
  reads: z.array(ehrAbility),
  write: ehrAbility,
})

export type RegistrationRequest = Immutable<z.infer<typeof registrationRequest>>
export type RegistrationView = Immutable<z.infer<typeof registrationView>>
export type EncounterDetail = Immutable<z.infer<typeof encounterDetail>>
export type WorkItemSummary = Immutable<z.infer<typeof workItemSummary>>
export type WorkItemView = Immutable<z.infer<typeof workItemView>>
export type WriteBackView = Immutable<z.infer<typeof writeBackView>>
export type WriteBackResolution = Immutable<z.infer<typeof writeBackResolution>>
export type DeadLetterView = Immutable<z.infer<typeof deadLetterView>>
export type EhrView = Immutable<z.infer<typeof ehrView>>
export type OrchestratorView = Immutable<z.infer<typeof orchestratorView>>
