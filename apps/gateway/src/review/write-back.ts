import type { EncounterRef } from '@authscript/prior-auth'
import { type Clock, timeLimit } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type {
  DocumentEvidence,
  DocumentToWrite,
  DocumentWriter,
  ExpectedDocument,
  Reconciliation,
} from '../fhir/documents/document-writer.ts'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { Job, Lease } from '../jobs/job.ts'
import type { Store } from '../store/store.ts'
import type { WriteBackKey, WriteBackRow } from '../store/write-backs.ts'
import { type ApprovedDocument, approvedDocumentOf } from './documents/approved-document.ts'
import { recordInChart } from './record-in-chart.ts'
import {
  WriteBackFormChangedError,
  WriteBackInFlightError,
  WriteBackLeaseLostError,
  WriteBackNotSentError,
} from './review-errors.ts'

type WriteBackLease = Lease<Job & WriteBackKey>

export interface WriteBackDependencies {
  readonly store: Store
  readonly queue: DurableQueue
  /** A document that is written to the EHR may be in the chart without our knowing it: the answer may be lost. */
  readonly documents: DocumentWriter
  /** What the chart must contain after a document was written. */
  readonly expectedOf: (document: DocumentToWrite) => ExpectedDocument
  /**
   * How long after `markSending` a document may still arrive at the EHR. Sending is aborted after half of this time; after all of it, a
   * search shows whether the document arrived.
   */
  readonly inFlightMs: number
  readonly clock: Clock
}

const source = 'WriteBack'

/**
 * In multiples of `inFlightMs`. The EHR's index may lag behind, so a document is searched for twice before its absence, or our
 * doubt, counts. If the EHR probably has it and does not show it, it is searched for three times before a person is asked.
 */
const settledAfter = 2
const doubtedAfter = 4

/**
 * Writes one approved form into the chart once, even if a process ends in between.
 *
 *   begin ──► an earlier one on its way? wait ──► search for it ──► present: record it
 *     never sent, or it failed and is proven absent ──► mark as sending ──► send ──► verify ──► record
 *     sent before, and the EHR says that it has it, said nothing, or gives no proof ──► stop: a person decides
 *
 * After a crash the mark shows that a document may be on its way: the next attempt waits until it must have arrived or failed, then searches.
 */
export async function writeBack(
  lease: WriteBackLease,
  dependencies: WriteBackDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { store, documents, inFlightMs, clock } = dependencies
  const { workItemId, version, run } = lease.job
  const ref = refOf(lease)
  const begun = await begin(lease, dependencies)
  if (begun === undefined) return
  const { row, stands } = begun

  const sendingForMs = await store.writeBacks.sendingForMs(lease.job)
  if (sendingForMs !== undefined && sendingForMs < inFlightMs)
    throw new WriteBackInFlightError(workItemId, inFlightMs - sendingForMs)

  const form = await approvedForm(lease, row, dependencies)
  const document = form && {
    identifier: row.identifier,
    title: documents.title,
    pdf: form.pdf,
    createdAt: clock.now(),
  }
  const expected = expectedFor(row, document, dependencies)
  const found = await search(ref, row, expected, documents, signal)
  if (found.outcome === 'present') {
    await record(lease, found, dependencies)
    return
  }
  if (sendingForMs !== undefined) {
    const doubt = found.outcome === 'cannot_tell' ? found.reason : doubtOf(row)
    const isNowhere = found.outcome === 'absent' && doubt !== undefined
    const waitMs = (isNowhere ? doubtedAfter : settledAfter) * inFlightMs - sendingForMs
    if (waitMs > 0)
      throw new WriteBackInFlightError(workItemId, Math.min(waitMs, settledAfter * inFlightMs))
    if (doubt !== undefined) {
      await stopForDecision(lease, row, doubt, dependencies)
      return
    }
  }
  if (!stands) {
    await withdraw(lease, dependencies)
    return
  }
  if (document === undefined) throw new WriteBackFormChangedError(workItemId, version)
  if ((await dependencies.queue.touch([lease])).length > 0)
    throw new WriteBackLeaseLostError(workItemId)
  // The last check before an effect that cannot be undone: the approval is still valid, and the row is marked as sending.
  const sent = sentRecordOf(document, expected, documents)
  const mayBeSent = await store.transaction(
    source,
    async (transaction) =>
      (await transaction.workItems.isApproved(workItemId, version)) &&
      (await transaction.writeBacks.markSending(lease.job, run, sent)),
  )
  if (!mayBeSent) {
    await withdraw(lease, dependencies)
    return
  }
  await record(lease, await send(lease, document, expected, dependencies, signal), dependencies)
}

/**
 * Why a document that the EHR does not show may still be there: a server that accepted it, or did not answer, may take longer to list it
 * than anyone waits. Undefined after a failure that the EHR reported, and after the end of our own process, which says nothing about the
 * EHR.
 */
function doubtOf({ acknowledged, unanswered }: WriteBackRow): string | undefined {
  if (acknowledged) return 'it accepted the document and does not show it'
  return unanswered ? 'it gave no clear answer and does not show the document' : undefined
}

interface Found {
  readonly documentId: string
  readonly evidence: DocumentEvidence
}

/** Sends the document. A positive answer counts only if the document can be verified. */
async function send(
  lease: WriteBackLease,
  document: DocumentToWrite,
  expected: ExpectedDocument,
  { store, documents, inFlightMs }: WriteBackDependencies,
  signal: AbortSignal,
): Promise<Found> {
  const { workItemId, run } = lease.job
  const ref = refOf(lease)
  // Waiting for the rate limit counts, too: a document that is sent late would arrive after the search of another attempt.
  using limit = timeLimit(signal, inFlightMs / 2)
  const answer = await documents.send(ref, document, limit.signal)
  switch (answer.outcome) {
    case 'refused': {
      await store.writeBacks.clearSending(lease.job, run)
      const isCutOff = limit.isOver && !signal.aborted && !(answer.error instanceof GatewayError)
      throw isCutOff ? new WriteBackNotSentError(workItemId) : answer.error
    }
    case 'failed':
      throw answer.error
    case 'unanswered':
      // If we stopped waiting ourselves, a missing answer proves nothing.
      if (!signal.aborted) await store.writeBacks.markUnanswered(lease.job, run)
      throw answer.error
    case 'created': {
      const { documentId } = answer
      await store.writeBacks.markAcknowledged(lease.job, run, documentId)
      if (documentId !== undefined) {
        const verification = await documents.verify(ref, documentId, expected, signal)
        if (verification.verdict === 'ours') return { documentId, evidence: verification.evidence }
      }
      const found = await documents
        .reconcile(ref, { expected, sentSince: document.createdAt }, signal)
        .catch((error: unknown) => {
          if (error instanceof GatewayError) return undefined
          throw error
        })
      if (found?.outcome === 'present') return found
      throw new WriteBackInFlightError(workItemId, inFlightMs)
    }
    default:
      return answer satisfies never
  }
}

/** Checks the document with the id that the EHR named, if it named one; then searches. */
async function search(
  ref: EncounterRef,
  row: WriteBackRow,
  expected: ExpectedDocument,
  documents: DocumentWriter,
  signal: AbortSignal,
): Promise<Reconciliation> {
  const { claimed_document_id: documentId, first_sent_at: sentSince } = row
  if (documentId !== null) {
    const verification = await documents.verify(ref, documentId, expected, signal)
    if (verification.verdict === 'ours')
      return { outcome: 'present', documentId, evidence: verification.evidence }
  }
  return documents.reconcile(
    ref,
    { expected, ...(sentSince === null ? {} : { sentSince }) },
    signal,
  )
}

/** The form that was approved, if it is still the stored one. */
async function approvedForm(
  { job: { practiceId, workItemId, version } }: WriteBackLease,
  row: WriteBackRow,
  { store }: WriteBackDependencies,
): Promise<ApprovedDocument | undefined> {
  const form = await store.workItems.form({ practiceIds: [practiceId] }, workItemId)
  const approved = form && approvedDocumentOf(form)
  return form?.version === version && approved?.sha256 === row.form_sha256 ? approved : undefined
}

function expectedFor(
  row: WriteBackRow,
  document: DocumentToWrite | undefined,
  { expectedOf, documents: { title } }: WriteBackDependencies,
): ExpectedDocument {
  const { identifier } = row
  if (row.sent !== null) return { identifier, ...row.sent }
  if (document !== undefined) return expectedOf(document)
  return { identifier, title, sha256: row.form_sha256 }
}

function sentRecordOf(
  { title, pdf }: DocumentToWrite,
  { sha256, sha1 = '' }: ExpectedDocument,
  { destination }: DocumentWriter,
) {
  return { title, sizeBytes: pdf.byteLength, sha256, sha1, destination }
}

/** Undefined if there is nothing to do: it is done already, or the approval no longer stands and nothing was sent. */
async function begin(
  lease: WriteBackLease,
  { store, queue, clock }: WriteBackDependencies,
): Promise<{ readonly row: WriteBackRow; readonly stands: boolean } | undefined> {
  const { workItemId, version, run } = lease.job
  return store.transaction(source, async (transaction) => {
    const row = await transaction.writeBacks.find(lease.job)
    const isOpen = row !== undefined && row.run === run && ['queued', 'writing'].includes(row.state)
    const stands = isOpen && (await transaction.workItems.isApproved(workItemId, version))
    // What was sent has to be found even if its approval no longer stands.
    if (isOpen && (stands || row.sending_since !== null)) {
      const writing = await transaction.writeBacks.transition(
        lease.job,
        'writing',
        { attempt_count: row.attempt_count + 1, next_attempt_at: null },
        run,
      )
      return writing && { row: writing, stands }
    }
    if (!(await queue.settle(lease, transaction.db))) throw new WriteBackLeaseLostError(workItemId)
    if (isOpen)
      await transaction.writeBacks.transition(
        lease.job,
        'withdrawn',
        { finished_at: clock.now() },
        run,
      )
    return undefined
  })
}

/** Ends a write-back whose approval no longer stands. Its document is not in the chart. */
async function withdraw(
  lease: WriteBackLease,
  { store, queue, clock }: WriteBackDependencies,
): Promise<void> {
  const { workItemId, run } = lease.job
  await store.transaction(source, async (transaction) => {
    if (!(await queue.settle(lease, transaction.db))) throw new WriteBackLeaseLostError(workItemId)
    await transaction.writeBacks.transition(
      lease.job,
      'withdrawn',
      { finished_at: clock.now(), sending_since: null },
      run,
    )
  })
}

/** The document may be in the chart, and the EHR gives no proof: nothing is sent until a person has decided. */
async function stopForDecision(
  lease: WriteBackLease,
  row: WriteBackRow,
  why: string,
  { store, queue, clock }: WriteBackDependencies,
): Promise<void> {
  const { workItemId, run } = lease.job
  const code = 'ehr_write_ambiguous'
  const reason = `the document was sent and may be in the chart, and the EHR gives no way to find out (${why}); a person decides`
  await store.transaction(source, async (transaction) => {
    const now = clock.now()
    const isHeld = await queue.settle(lease, transaction.db)
    const stopped = await transaction.writeBacks.transition(
      lease.job,
      'ambiguous',
      { error_code: code, error_reason: reason, finished_at: now },
      run,
    )
    if (!isHeld || stopped === undefined) throw new WriteBackLeaseLostError(workItemId)
    const attemptCount = Math.max(1, row.attempt_count)
    await transaction.failures.add(
      { ref: refOf(lease), kind: lease.job.kind, workItemId, run, attemptCount, code, reason },
      now,
    )
    transaction.emit(lease.job, 'WriteBackNeedsDecision', {
      workItemId,
      error: reason,
      code,
      sentCount: stopped.sent_count,
    })
  })
}

/** Records that the document is in the chart. Takes no signal: finishing is cheaper than stopping. */
async function record(
  lease: WriteBackLease,
  { documentId, evidence }: Found,
  { store, queue, clock }: WriteBackDependencies,
): Promise<void> {
  const { workItemId, version, run } = lease.job
  await store.transaction(source, async (transaction) => {
    const now = clock.now()
    const isHeld = await queue.settle(lease, transaction.db)
    const row = await transaction.writeBacks.transition(
      lease.job,
      'written',
      {
        document_id: documentId,
        document_evidence: evidence,
        finished_at: now,
        sending_since: null,
        error_code: null,
        error_reason: null,
      },
      run,
    )
    if (!isHeld || row === undefined) throw new WriteBackLeaseLostError(workItemId)
    await recordInChart(transaction, { workItemId, version, documentId }, now)
    transaction.actedFor(
      { label: row.approved_by },
      { action: 'send', detail: 'chart', subjects: [{ ...refOf(lease), workItemId }] },
    )
  })
}

function refOf({ job: { practiceId, patientId, encounterId } }: WriteBackLease): EncounterRef {
  return { practiceId, patientId, encounterId }
}
