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

/** A request that the audit trail has to have a row of. */
export interface Act {
  readonly actor: Actor
  /** The action in the table of operations. */
  readonly action: AuditAction
  readonly operation: string
  /** Set when its row is committed, or was committed within this minute. */
  isRecorded: boolean
}

/** Which request the code that runs belongs to, so that a transaction deep inside can say who acts. Jobs belong to none. */
export class Acting {
  readonly #storage = new AsyncLocalStorage<Act>()

  run<Result>(act: Act, work: () => Result): Result {
    return this.#storage.run(act, work)
  }

  get current(): Act | undefined {
    return this.#storage.getStore()
  }
}
