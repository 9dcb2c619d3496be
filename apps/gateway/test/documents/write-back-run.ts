import { GatewayError } from '../../src/errors.ts'
import type { DocumentWriter } from '../../src/fhir/documents/document-writer.ts'
import { expectedOf, hashOf } from '../../src/fhir/documents/expected-document.ts'
import type { Lease } from '../../src/jobs/job.ts'
import { type WriteBackDependencies, writeBack } from '../../src/review/write-back.ts'
import type { WriteBackJob } from '../../src/review/write-back-job.ts'
import type { WriteBackRow } from '../../src/store/write-backs.ts'

const never = new AbortController().signal
export const approvedPdf = Buffer.from('%PDF-1.7 the form that was approved')
export const approvedIdentifier = 'wi-1.v1'
const inFlightMs = 40_000
const maxAttempts = 8

export interface RunEnd {
  readonly state: WriteBackRow['state']
  readonly documentId: string | null
  readonly row: WriteBackRow
  readonly errors: readonly string[]
}

/** A clock that only the run moves. */
export class RunClock {
  ms = Date.parse('2026-11-28T12:00:00Z')
  readonly now = () => new Date(this.ms)
  readonly random = () => 0
  readonly sleep = () => Promise.resolve()
}

/**
 * Runs the real write-back with rows in memory: it is retried as by the queue, after the waits that it asks for, until it has ended. If its
 * last attempt fails, it is `failed`, as `jobs/conclude-lease.ts` records it.
 */
export async function runWriteBack(
  documents: DocumentWriter,
  clock: RunClock,
  ref: { readonly practiceId: string; readonly patientId: string; readonly encounterId: string } = {
    practiceId: '195900',
    patientId: 'p1',
    encounterId: 'v1',
  },
): Promise<RunEnd> {
  let row = aRow()
  const dependencies = inMemory()
  const errors: string[] = []
  const job: WriteBackJob = { kind: 'write_back', ...ref, workItemId: 'wi-1', version: 1, run: 1 }
  const lease: Lease<WriteBackJob> = { job, queue: 'q', fence: { id: 'l', retryCount: 0 } }
  for (let failures = 0; ['queued', 'writing'].includes(row.state); ) {
    try {
      await writeBack(lease, dependencies, never)
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      errors.push(error.code)
      clock.ms += error.retryAfterMs ?? 60_000
      if (error.code === 'write_back_in_flight') continue
      failures += 1
      if (error.kind === 'permanent' || failures >= maxAttempts) row = { ...row, state: 'failed' }
    }
  }
  return { state: row.state, documentId: row.document_id, row, errors }

  function inMemory(): WriteBackDependencies {
    const change = (changes: Partial<WriteBackRow>) => {
      row = { ...row, ...changes }
      return row
    }
    const tables = {
      writeBacks: {
        find: async () => row,
        transition: async (_key: unknown, state: WriteBackRow['state'], changes: object) =>
          change({ ...changes, state }),
        sendingForMs: async () =>
          row.sending_since === null ? undefined : clock.ms - row.sending_since.getTime(),
        async markSending(_key: unknown, _run: number, sent: WriteBackRow['sent']) {
          change({
            sending_since: clock.now(),
            first_sent_at: row.first_sent_at ?? clock.now(),
            sent_count: row.sent_count + 1,
            sent,
            acknowledged: false,
            unanswered: false,
            claimed_document_id: null,
          })
          return true
        },
        markAcknowledged: async (_key: unknown, _run: number, id: string | undefined) =>
          change({ acknowledged: true, claimed_document_id: id ?? null }),
        markUnanswered: async () => change({ unanswered: true }),
        clearSending: async () =>
          change({ sending_since: null, sent_count: Math.max(0, row.sent_count - 1) }),
      },
      workItems: {
        form: async () => ({
          version: 1,
          pdf: approvedPdf,
          sha256: hashOf('sha256', approvedPdf),
          document: null,
          document_sha256: null,
        }),
        isApproved: async () => true,
        markInChart: async () => undefined,
      },
      failures: { add: async () => undefined },
      emit: () => undefined,
      actedFor: () => undefined,
      db: undefined,
    }
    const store = {
      ...tables,
      transaction: (_source: string, work: (transaction: typeof tables) => unknown) => work(tables),
    }
    const queue = { touch: async () => [], settle: async () => true }
    return {
      // The part of the store and the queue that a write-back uses; a wrong use shows as a TypeError.
      store: store as never,
      queue: queue as never,
      documents,
      expectedOf,
      inFlightMs,
      clock,
    }
  }
}

function aRow(): WriteBackRow {
  const row = {
    work_item_id: 'wi-1',
    version: 1,
    identifier: approvedIdentifier,
    form_sha256: hashOf('sha256', approvedPdf),
    state: 'queued',
    run: 1,
    attempt_count: 0,
    sending_since: null,
    first_sent_at: null,
    sent: null,
    sent_count: 0,
    acknowledged: false,
    unanswered: false,
    claimed_document_id: null,
    document_id: null,
  }
  // The columns that a write-back reads.
  return row as unknown as WriteBackRow
}
