import type { EncounterRef } from '@authscript/prior-auth'
import { type Clock, timeLimit } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type {
  DocumentWriter,
  NotOursReason,
  Verification,
} from '../fhir/documents/document-writer.ts'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { DecisionRecord } from '../store/schema.ts'
import type { Scope } from '../store/scope.ts'
import type { Store } from '../store/store.ts'
import type { WriteBackRow } from '../store/write-backs.ts'
import { recordInChart } from './record-in-chart.ts'
import { toWriteBackJob } from './write-back-job.ts'

export type WriteBackDecision =
  | { readonly decision: 'present'; readonly documentId: string }
  | { readonly decision: 'send_again' }

export interface Resolution {
  readonly workItemId: string
  /** Of the work item, as the person saw it. */
  readonly version: number
  /** The run of the write-back, as the person saw it; absent: the current one. */
  readonly run?: number
  readonly decision: WriteBackDecision
  readonly decidedBy: string
}

export type ResolutionOutcome =
  | { readonly outcome: 'resolved' }
  | { readonly outcome: 'unknown' }
  /** It has changed since the person looked. */
  | { readonly outcome: 'stale' }
  /** Nothing waits for a decision: the write-back is in progress, or somebody else has decided. */
  | { readonly outcome: 'nothing_to_decide' }
  /** The approval is no longer valid: nothing of it may be sent. */
  | { readonly outcome: 'approval_gone' }
  /** According to the EHR, the named document is not ours. */
  | { readonly outcome: 'not_ours'; readonly reason: NotOursReason }

export interface ResolutionDependencies {
  readonly store: Store
  readonly queue: DurableQueue
  readonly documents: DocumentWriter
  readonly clock: Clock
}

/** Short, because a person waits for the answer. */
const verificationTimeoutMs = 30_000

/**
 * Carries out a person's decision about a document that may be in the chart: it is there, under this id, or it is to be sent again.
 * If the EHR says that the id belongs to another document, the decision is refused. If it says nothing, or shows other bytes than we
 * sent, the person's decision stands and is recorded as theirs.
 */
export async function resolveWriteBack(
  scope: Scope,
  resolution: Resolution,
  dependencies: ResolutionDependencies,
): Promise<ResolutionOutcome> {
  const { store } = dependencies
  const { workItemId, decision } = resolution
  const item = await store.workItems.find(scope, workItemId)
  if (item === undefined) return { outcome: 'unknown' }
  if (item.version !== resolution.version) return { outcome: 'stale' }
  const row = await store.writeBacks.latest(workItemId)
  if (row === undefined || !row.needs_decision) return { outcome: 'nothing_to_decide' }
  if (resolution.run !== undefined && resolution.run !== row.run)
    return { outcome: 'nothing_to_decide' }
  return decision.decision === 'send_again'
    ? sendAgain(row, resolution, dependencies)
    : recordPresent(row, decision.documentId, resolution, dependencies)
}

async function recordPresent(
  row: WriteBackRow,
  documentId: string,
  resolution: Resolution,
  { store, documents, clock }: ResolutionDependencies,
): Promise<ResolutionOutcome> {
  const { workItemId } = resolution
  const ref = refOf(row)
  const verification = await verify(row, documentId, documents)
  if (verification.verdict === 'not_ours' && verification.reason !== 'another_content')
    return { outcome: 'not_ours', reason: verification.reason }
  const isOurs = verification.verdict === 'ours'
  return store.transaction('Review', async (transaction) => {
    const now = clock.now()
    const written = await transaction.writeBacks.decide(
      { workItemId, version: row.version },
      'written',
      {
        document_id: documentId,
        document_evidence: isOurs ? verification.evidence : 'person',
        finished_at: now,
        sending_since: null,
        error_code: null,
        error_reason: null,
      },
      recordOf(resolution, documentId, isOurs, now),
      row.run,
    )
    if (written === undefined) return { outcome: 'nothing_to_decide' as const }
    transaction.emit(ref, 'WriteBackDecided', {
      workItemId,
      decision: resolution.decision.decision,
    })
    const filed = { workItemId, version: row.version, documentId, actor: resolution.decidedBy }
    await recordInChart(transaction, filed, now)
    return { outcome: 'resolved' as const }
  })
}

async function sendAgain(
  row: WriteBackRow,
  resolution: Resolution,
  { store, queue, clock }: ResolutionDependencies,
): Promise<ResolutionOutcome> {
  const { workItemId } = resolution
  const ref = refOf(row)
  const key = { workItemId, version: row.version }
  return store.transaction('Review', async (transaction) => {
    const now = clock.now()
    if (!(await transaction.workItems.isApproved(workItemId, row.version)))
      return { outcome: 'approval_gone' as const }
    const run = row.run + 1
    const queued = await transaction.writeBacks.decide(
      key,
      'queued',
      {
        run,
        attempt_count: 0,
        retry_count: 0,
        next_attempt_at: null,
        error_code: null,
        error_reason: null,
        finished_at: null,
        // The person has decided about the document that was sent before: the chart is still searched for it, but it no longer prevents
        // sending.
        sending_since: null,
        acknowledged: false,
        unanswered: false,
        claimed_document_id: null,
      },
      recordOf(resolution, null, null, now),
      row.run,
    )
    if (queued === undefined) return { outcome: 'nothing_to_decide' as const }
    await queue.enqueue(toWriteBackJob(ref, { ...key, run }), transaction.db)
    transaction.emit(ref, 'WriteBackDecided', {
      workItemId,
      decision: resolution.decision.decision,
    })
    return { outcome: 'resolved' as const }
  })
}

async function verify(
  row: WriteBackRow,
  documentId: string,
  documents: DocumentWriter,
): Promise<Verification> {
  const expected = {
    identifier: row.identifier,
    ...(row.sent ?? { title: '', sha256: row.form_sha256 }),
  }
  using limit = timeLimit(new AbortController().signal, verificationTimeoutMs)
  try {
    return await documents.verify(refOf(row), documentId, expected, limit.signal)
  } catch (error) {
    if (error instanceof GatewayError || limit.isOver)
      return { verdict: 'cannot_tell', reason: 'the EHR could not be asked' }
    throw error
  }
}

function recordOf(
  { decision: { decision }, decidedBy }: Resolution,
  documentId: string | null,
  confirmed: boolean | null,
  now: Date,
): DecisionRecord {
  return { decision, documentId, decidedBy, decidedAt: now.toISOString(), confirmed }
}

function refOf(row: WriteBackRow): EncounterRef {
  return {
    practiceId: row.practice_id,
    patientId: row.patient_id,
    encounterId: row.encounter_id,
  }
}
