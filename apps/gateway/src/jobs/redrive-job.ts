import { sql } from 'kysely'
import type { DeadLetterRow } from '../store/dead-letters.ts'
import type { Store, StoreTransaction } from '../store/store.ts'
import type { DurableQueue } from './durable-queue.ts'
import type { JobKinds } from './job-kinds.ts'
import { payloadSql, toJob } from './job-of-row.ts'

/**
 * Queues what failed after its last retry again, as the next run of its row; false when it was already changed by someone else.
 *
 * @throws {TypeError} no kind has this name
 */
export async function redriveJob(
  letter: Pick<DeadLetterRow, 'kind' | 'ordinal' | 'run' | 'work_item_id'>,
  {
    kinds,
    store,
    queue,
  }: { readonly kinds: JobKinds; readonly store: Store; readonly queue: DurableQueue },
  /** Written in the same transaction. */
  alongside?: (transaction: StoreTransaction) => Promise<void>,
): Promise<boolean> {
  const kind = kinds.of(letter)
  const { table, stateColumn } = kind.rows
  return store.transaction('Operator', async (transaction) => {
    const { rows } = await sql<Record<string, unknown>>`
      update ${sql.table(table)} r
         set ${sql.ref(stateColumn)} = 'queued', run = run + 1, attempt_count = 0, retry_count = 0, next_attempt_at = null,
             error_code = null, error_reason = null, finished_at = null
       where ordinal = ${letter.ordinal} and run = ${letter.run} and ${sql.ref(stateColumn)} = 'failed'
   returning ${payloadSql(kind, 'r')}`.execute(transaction.db)
    const [row] = rows
    if (row === undefined) return false
    const job = toJob(kind, row)
    await queue.enqueue(job, transaction.db)
    await alongside?.(transaction)
    const { practiceId, patientId, encounterId } = job
    const workItemId = letter.work_item_id ?? undefined
    transaction.acted({ subjects: [{ practiceId, patientId, encounterId, workItemId }] })
    return true
  })
}
