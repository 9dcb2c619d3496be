import type { Kysely } from 'kysely'
import { deadLetterRows } from './dead-letters.ts'
import { ehrShareRows } from './ehr-shares.ts'
import { encounterRows } from './encounters.ts'
import { eventRows, type NewEvent } from './events.ts'
import { failureRows } from './failures.ts'
import { registrationRows } from './registrations.ts'
import type { Schema } from './schema.ts'
import { sessionRows } from './sessions.ts'
import { workItemRows } from './work-items.ts'
import { writeBackRows } from './write-backs.ts'

/** The contract file of this room: the statements, by table. */
export interface Tables {
  readonly registrations: ReturnType<typeof registrationRows>
  readonly encounters: ReturnType<typeof encounterRows>
  readonly workItems: ReturnType<typeof workItemRows>
  readonly events: ReturnType<typeof eventRows>
  readonly sessions: ReturnType<typeof sessionRows>
  readonly failures: ReturnType<typeof failureRows>
  readonly deadLetters: ReturnType<typeof deadLetterRows>
  readonly writeBacks: ReturnType<typeof writeBackRows>
  readonly ehrShares: ReturnType<typeof ehrShareRows>
}

/** The tables inside one transaction, with what must happen beside the rows. */
export interface StoreTransaction extends Tables {
  /** Announces an event if, and only when, the transaction commits. */
  emit(event: NewEvent): void
  /** For the durable queue, which enqueues and settles in the transaction of the rows it speaks of. */
  readonly db: Kysely<Schema>
}

export interface Store extends Tables {
  /**
   * Runs `work` in one transaction. Events are written as its last statement, because their sequence is taken under a lock that
   * is held until commit: readers see sequences in order, and nobody waits for a lock around somebody else's I/O.
   */
  transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result>
}

export function createStore(db: Kysely<Schema>): Store {
  return {
    ...tables(db),
    transaction: (work) =>
      db.transaction().execute(async (trx) => {
        const rows = tables(trx)
        const events: NewEvent[] = []
        const result = await work({ ...rows, db: trx, emit: (event) => events.push(event) })
        await rows.events.append(events)
        return result
      }),
  }
}

function tables(db: Kysely<Schema>): Tables {
  return {
    registrations: registrationRows(db),
    encounters: encounterRows(db),
    workItems: workItemRows(db),
    events: eventRows(db),
    sessions: sessionRows(db),
    failures: failureRows(db),
    deadLetters: deadLetterRows(db),
    writeBacks: writeBackRows(db),
    ehrShares: ehrShareRows(db),
  }
}
