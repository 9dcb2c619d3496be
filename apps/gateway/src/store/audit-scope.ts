import { AsyncLocalStorage } from 'node:async_hooks'
import type { AuditAction, Role } from '@authscript/prior-auth'

/** Who makes a request. */
export interface Actor {
  readonly personId: string | null
  /** Null for an unknown person. */
  readonly label: string | null
  readonly roles: readonly Role[]
  readonly address: string | null
  readonly requestId: string | null
}

/** A request for which the audit trail must have a row. */
export interface AuditedRequest {
  readonly actor: Actor
  /** The action in the table of operations. */
  readonly action: AuditAction
  readonly operation: string
  /** True when its row is committed, or the same was committed within this minute. */
  isRecorded: boolean
}

/** The audited request that the running code belongs to, so that every transaction knows who acts. Undefined in jobs. */
export class AuditScope {
  readonly #storage = new AsyncLocalStorage<AuditedRequest>()

  run<Result>(audited: AuditedRequest, work: () => Result): Result {
    return this.#storage.run(audited, work)
  }

  get current(): AuditedRequest | undefined {
    return this.#storage.getStore()
  }
}
