import { z } from 'zod'
import { analysis, recommendation } from './analysis.ts'
import { resourceCompleteness } from './completeness.ts'
import { processingState } from './encounter.ts'
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
  /** The EHR's word (`in-progress`, `finished`); null before the first successful poll. */
  encounterStatus: z.string().nullable(),
  /** The last poll's error code, null after a success. */
  lastErrorCode: z.string().nullable(),
  /** `open`: waiting for the signature; `signed`: watched for a re-open; `ended`: not polled any more. */
  watch: z.enum(['open', 'signed', 'ended']),
  /** Why the watch ended before its time: what an operator has to correct. Null otherwise. */
  endCode: z.string().nullable(),
})

export const encounterView = z.object({
  practiceId: z.string(),
  encounterId: z.string(),
  patientId: z.string(),
  /** Two or three letters, for recognising a row; null until the chart was read. */
  patientInitials: z.string().nullable(),
  processing: processingState,
  attemptCount: z.number().int(),
  /** When a failure that may pass with time is tried again; null when none waits. */
  nextAttemptAt: z.string().nullable(),
  errorCode: z.string().nullable(),
  errorReason: z.string().nullable(),
  workItemCount: z.number().int(),
  detectedAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
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
  /** Its approved form may be in the chart, and a person has to say whether it is. */
  needsDecision: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
})

/** An approved form on its way into the chart. */
export const writeBackView = z.object({
  version: z.number().int(),
  state: z.enum(['queued', 'writing', 'written', 'failed', 'withdrawn', 'ambiguous']),
  /** Counts redrives and decisions to send again. */
  run: z.number().int(),
  /** It may be in the chart, and nothing tries to find out any more: `POST …/write-back/resolve` decides. */
  needsDecision: z.boolean(),
  approvedBy: z.string(),
  approvedAt: z.string(),
  attemptCount: z.number().int(),
  nextAttemptAt: z.string().nullable(),
  documentId: z.string().nullable(),
  /** By what the document counts as ours: it carries our identifier, it has the bytes that were sent, or a person said so. */
  documentEvidence: z.enum(['identifier', 'content', 'person']).nullable(),
  errorCode: z.string().nullable(),
  errorReason: z.string().nullable(),
  /** What was sent last without being refused; null before. */
  sent: z
    .object({
      title: z.string(),
      sizeBytes: z.number().int(),
      sha256: z.string(),
      /** Where it went: `DocumentReference`, `documents/admin`. */
      destination: z.string(),
      identifier: z.string(),
      count: z.number().int(),
      firstSentAt: z.string(),
      lastSentAt: z.string(),
    })
    .nullable(),
  /** What people decided about it, oldest first. */
  decisions: z.array(
    z.object({
      decision: z.enum(['present', 'send_again']),
      documentId: z.string().nullable(),
      decidedBy: z.string(),
      decidedAt: z.string(),
      /** Whether the EHR confirmed the document; null where there was nothing to confirm. */
      confirmed: z.boolean().nullable(),
    }),
  ),
})

/** What a person decides about a document that may be in the chart; `run` is the write-back's, as the person saw it. */
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
  /** The newest approval's; null before the first. */
  writeBack: writeBackView.nullable(),
})

export const encounterDetail = encounterView.extend({
  completeness: z.array(resourceCompleteness),
  workItems: z.array(workItemSummary),
})

export const role = z.enum(['clinician', 'staff', 'operator', 'service'])

export const sessionView = z.object({
  label: z.string(),
  roles: z.array(role),
  practiceIds: z.array(z.string()),
  expiresAt: z.string(),
})

/** `token` is the one-time sign-in link's, `apiKey` a credential of the configuration; exactly one of them. */
export const sessionRequest = z.union([
  z.strictObject({ token: z.string().min(1).max(200) }),
  z.strictObject({ apiKey: z.string().min(1).max(200) }),
])

/** What failed for good: a visit, or an approved form that did not get into the chart. */
export const deadLetterView = z.object({
  deadLetterId: z.string(),
  kind: z.enum(['encounter', 'write_back']),
  practiceId: z.string(),
  encounterId: z.string(),
  workItemId: z.string().nullable(),
  code: z.string(),
  reason: z.string(),
  attemptCount: z.number().int(),
  failedAt: z.string(),
  /** What went wrong before, newest first. */
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
  /** How long the first task in the queue has waited for a worker. */
  oldestQueuedAgeMs: z.number(),
  /** What the load of this node calls for: `scaling.wantedWorkers` is the figure for a scaler outside. */
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
  /** Why not, and what follows for the gateway. */
  reason: z.string().nullable(),
})

/** What the gateway can read and write at its EHR, as far as the EHR says so. */
export const ehrView = z.object({
  profile: z.string(),
  title: z.string(),
  fhirVersion: z.string().nullable(),
  software: z.string().nullable(),
  /** When the EHR last said what it serves; null before the first answer. */
  checkedAt: z.string().nullable(),
  /** Why it could not be asked; null when it answered. */
  errorCode: z.string().nullable(),
  missingScopes: z.array(z.string()),
  reads: z.array(ehrAbility),
  write: ehrAbility,
})

/** RFC 9457. `code` is one of docs/errors.md. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  /** What was found and what is allowed, by path into the request. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})

/** A page of a list; pass `nextCursor` back as `?cursor=` for the next one, null at the end. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}

export type RegistrationRequest = Immutable<z.infer<typeof registrationRequest>>
export type RegistrationView = Immutable<z.infer<typeof registrationView>>
export type EncounterView = Immutable<z.infer<typeof encounterView>>
export type EncounterDetail = Immutable<z.infer<typeof encounterDetail>>
export type WorkItemSummary = Immutable<z.infer<typeof workItemSummary>>
export type WorkItemView = Immutable<z.infer<typeof workItemView>>
export type WriteBackView = Immutable<z.infer<typeof writeBackView>>
export type WriteBackResolution = Immutable<z.infer<typeof writeBackResolution>>
export type Role = z.infer<typeof role>
export type SessionView = Immutable<z.infer<typeof sessionView>>
export type SessionRequest = Immutable<z.infer<typeof sessionRequest>>
export type DeadLetterView = Immutable<z.infer<typeof deadLetterView>>
export type EhrView = Immutable<z.infer<typeof ehrView>>
export type OrchestratorView = Immutable<z.infer<typeof orchestratorView>>
export type Problem = Immutable<z.infer<typeof problem>>
