import { AuditScope } from '../../src/store/audit-scope.ts'
import type { Store, StoreTransaction } from '../../src/store/store.ts'

/** The part of a store that the audit trail uses, for servers that are tested without a database; nothing is kept. */
export function unauditedStore(
  tables: Partial<StoreTransaction> = {},
): Pick<Store, 'auditScope' | 'record' | 'transaction'> {
  const auditScope = new AuditScope()
  return {
    auditScope,
    async record(audited) {
      audited.isRecorded = true
    },
    async transaction(_source, work) {
      const { current } = auditScope
      if (current !== undefined) current.isRecorded = true
      const ignored = { acted: () => undefined, actedFor: () => undefined }
      return work({ ...tables, ...ignored } as StoreTransaction)
    },
  }
}
