import { z } from 'zod'
import type { Immutable } from './immutable.ts'

/**
 * How far our own processing of an encounter is. What the clinician decides is `ReviewState`, never this.
 *
 *   queued ──► running ──► processed
 *    ▲ ▲          │  │
 *    │ └──────────┘  └──► failed ──┐
 *    └─────────────────────────────┘  (redrive or reprocess; a processed one too)
 */
export const processingState = z.enum(['queued', 'running', 'processed', 'failed'])

export type ProcessingState = z.infer<typeof processingState>

/**
 * Which states may follow which. `running → queued` is a released lease or a durable retry; `processed → queued` is a reprocess or an
 * encounter that was signed again.
 */
export const processingTransitions: Readonly<Record<ProcessingState, readonly ProcessingState[]>> =
  {
    queued: ['running', 'failed'],
    running: ['processed', 'failed', 'queued'],
    processed: ['queued'],
    failed: ['queued'],
  }

export function canProcessingFollow(from: ProcessingState, to: ProcessingState): boolean {
  return processingTransitions[from].includes(to)
}

/** The states from which `to` may be reached: what a compare-and-set update has to find. */
export function processingStatesBefore(to: ProcessingState): readonly ProcessingState[] {
  return processingState.options.filter((from) => canProcessingFollow(from, to))
}

/** One encounter as the gateway's answers have it. */
export const encounterView = z.object({
  practiceId: z.string(),
  encounterId: z.string(),
  patientId: z.string(),
  /** Two or three letters to recognize a row; null until the chart has been read. */
  patientInitials: z.string().nullable(),
  processing: processingState,
  attemptCount: z.number().int(),
  /** When a temporary failure is retried; null if no retry is scheduled. */
  nextAttemptAt: z.string().nullable(),
  errorCode: z.string().nullable(),
  errorReason: z.string().nullable(),
  /** The code in words for the people of the clinic: what happened, and who can do what. */
  failure: z.object({ what: z.string(), remedy: z.string() }).nullable(),
  workItemCount: z.number().int(),
  detectedAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
})

export type EncounterView = Immutable<z.infer<typeof encounterView>>
