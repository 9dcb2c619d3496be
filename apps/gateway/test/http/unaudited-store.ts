import { Acting } from '../../src/store/acting.ts'
import type { Store, StoreTransaction } from '../../src/store/store.ts'

/** What the audit trail asks of a store, for servers that are tested without a database: nothing is kept. */
export function unauditedStore(
  tables: Partial<StoreTransaction> = {},
): Pick<Store, 'acting' | 'record' | 'transaction'> {
  const acting = new Acting()
  return {
    acting,
    async record(act) {
      act.isRecorded = true
    },
    async transaction(_source, work) {
      const { current } = acting
      if (current !== undefined) current.isRecorded = true
      const ignored = { acted: () => undefined, actedFor: () => undefined }
      return work({ ...tables, ...ignored } as StoreTransaction)
    },
  }
}
