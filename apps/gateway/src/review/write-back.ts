import { correlationIdOf, type EncounterRef } from '@authscript/prior-auth'
import { type Clock, timeLimit } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type { DurableQueue } from '../jobs/durable-queue.ts'
import type { Lease, WriteBackJob } from '../jobs/job.ts'
import type { Store } from '../store/store.ts'
import type { WriteBackRow } from '../store/write-backs.ts'
import {
  WriteBackFormChangedError,
  WriteBackInFlightError,
  WriteBackLeaseLostError,
} from './review-errors.ts'

/** The EHR as this room needs it: where the one ambiguous effect of the product happens. */
export interface DocumentStore {
  /** The id of the document with this identifier in the patient's chart, if it is there. */
  findDocument(
    ref: EncounterRef,
    identifier: string,
    signal: AbortSignal,
  ): Promise<string | undefined>
  /** Creates it. Rejects with an error of kind `ambiguous` when it may have been created all the same, and only then. */
  createDocument(
    ref: EncounterRef,
    document: {
      readonly identifier: string
      readonly title: string
      readonly pdf: Uint8Array
      readonly createdAt: Date
    },
    signal: AbortSignal,
  ): Promise<string>
}

export interface WriteBackDependencies {
  readonly store: Store
  readonly queue: DurableQueue
  readonly documents: DocumentStore
  /** How long after the note a document may still arrive; sending is given up after half of it. Then a search tells whether it did. */
  readonly inFlightMs: number
  readonly clock: Clock
}

/**
 * Brings one approved form into the chart, once, whatever dies on the way.
 *
 *   begin ──► an earlier one on its way? wait ──► search ──► found: record it
 *                                                    └─────► note that we send ──► create ──► record
 *
 * A crash after the note leaves one that may be on its way: the next attempt waits until it must have arrived or failed, then searches.
 */
export async function writeBack(
  lease: Lease<WriteBackJob>,
  dependencies: WriteBackDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { store, documents, inFlightMs, clock } = dependencies
  const { workItemId, version, run, practiceId, patientId, encounterId } = lease.job
  const ref = { practiceId, patientId, encounterId }
  const row = await begin(lease, dependencies)
  if (row === undefined) return

  const sendingForMs = await store.writeBacks.sendingForMs(lease.job)
  if (sendingForMs !== undefined && sendingForMs < inFlightMs)
    throw new WriteBackInFlightError(workItemId, inFlightMs - sendingForMs)

  const { identifier } = row
  const found = await documents.findDocument(ref, identifier, signal)
  if (found !== undefined) {
    await record(lease, found, dependencies)
    return
  }
  const form = await store.workItems.form({ practiceIds: [practiceId] }, workItemId)
  if (form === undefined || form.version !== version || form.sha256 !== row.form_sha256)
    throw new WriteBackFormChangedError(workItemId, version)
  const { pdf } = form
  if ((await dependencies.queue.touch([lease])).length > 0)
    throw new WriteBackLeaseLostError(workItemId)
  // The last look before what cannot be taken back: the approval still stands, and nobody sends without a note of it.
  const mayBeSent = await store.transaction(
    async (transaction) =>
      (await transaction.workItems.isApproved(workItemId, version)) &&
      (await transaction.writeBacks.markSending(lease.job, run)),
  )
  if (!mayBeSent) {
    await begin(lease, dependencies)
    return
  }
  await record(lease, await send(), dependencies)

  async function send(): Promise<string> {
    const document = {
      identifier,
      title: 'Prior authorization request',
      pdf,
      createdAt: clock.now(),
    }
    // Waiting for a turn at the EHR counts too: what is sent late would arrive after others have searched.
    using limit = timeLimit(signal, inFlightMs / 2)
    try {
      return await documents.createDocument(ref, document, limit.signal)
    } catch (error) {
      const mayArrive = error instanceof GatewayError && error.kind === 'ambiguous'
      if (!mayArrive) await store.writeBacks.clearSending(lease.job, run)
      throw error
    }
  }
}

/** Undefined when there is nothing to do: done already, or the approval no longer stands. */
async function begin(
  lease: Lease<WriteBackJob>,
  { store, queue, clock }: WriteBackDependencies,
): Promise<WriteBackRow | undefined> {
  const { workItemId, version, run } = lease.job
  return store.transaction(async (transaction) => {
    const row = await transaction.writeBacks.find(lease.job)
    const isOpen = row !== undefined && row.run === run && ['queued', 'writing'].includes(row.state)
    const stands = isOpen && (await transaction.workItems.isApproved(workItemId, version))
    if (isOpen && stands) {
      return transaction.writeBacks.transition(
        lease.job,
        'writing',
        { attempt_count: row.attempt_count + 1, next_attempt_at: null },
        run,
      )
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

/** The document is in the chart. No signal from here on: finishing is cheaper than stopping. */
async function record(
  lease: Lease<WriteBackJob>,
  documentId: string,
  { store, queue, clock }: WriteBackDependencies,
): Promise<void> {
  const { workItemId, version, run, practiceId, patientId, encounterId } = lease.job
  await store.transaction(async (transaction) => {
    const now = clock.now()
    const ours = await queue.settle(lease, transaction.db)
    const row = await transaction.writeBacks.transition(
      lease.job,
      'written',
      {
        document_id: documentId,
        finished_at: now,
        sending_since: null,
        error_code: null,
        error_reason: null,
      },
      run,
    )
    if (!ours || row === undefined) throw new WriteBackLeaseLostError(workItemId)
    // Approving took the item one version further; whatever came after it is left to people.
    const item = await transaction.workItems.review(workItemId, version + 1, 'submitted', now)
    if (item === undefined) return
    transaction.emit({
      eventType: 'WORK_ITEM_STATUS_CHANGED',
      practiceId,
      correlationId: correlationIdOf(encounterId),
      timestamp: now.toISOString(),
      source: 'WriteBack',
      data: {
        transactionId: item.transaction_id,
        encounterId,
        patientId,
        workItemId,
        newStatus: 'submitted',
        serviceRequestId: item.service_request_id,
      },
    })
  })
}
