import { systemClock } from '../../src/clock.ts'
import { createDurableQueue, type DurableQueue } from '../../src/jobs/durable-queue.ts'
import type { JobKinds } from '../../src/jobs/job-kinds.ts'
import {
  classifyDatabaseError,
  connectDatabase,
  type Database,
  type DatabaseConnection,
  migrate,
} from '../../src/store/database.ts'
import { withSessionLimits } from '../../src/store/session-limits.ts'
import { createStore, type Store } from '../../src/store/store.ts'
import { jobKinds } from '../../src/wiring/job-kinds.ts'

/** The database connections of a node, opened as the gateway opens them. */
export interface Node extends AsyncDisposable {
  readonly database: Database
  readonly store: Store
  readonly queue: DurableQueue
  readonly connection: DatabaseConnection
}

/** The shortest that pg-boss allows. */
export const leaseSeconds = 10

export async function openNode(
  connection: DatabaseConnection,
  {
    practiceConcurrency,
    poolSize = 10,
    kinds = jobKinds,
    onError = () => undefined,
  }: {
    readonly practiceConcurrency?: number
    readonly poolSize?: number
    readonly kinds?: JobKinds
    /** Is called with the errors that the queue reports. */
    onError?(this: void, error: unknown): void
  } = {},
): Promise<Node> {
  const database = await connectDatabase(connection, { poolSize, onError: () => undefined })
  await migrate(database.db)
  const queue = createDurableQueue({
    connection: withSessionLimits(connection),
    db: database.db,
    kinds,
    leaseSeconds,
    practiceConcurrency,
    onError,
    classify: classifyDatabaseError,
  })
  await queue.start()
  return {
    connection,
    database,
    store: createStore(database.db, { clock: systemClock, jobKinds: kinds.all }),
    queue,
    async [Symbol.asyncDispose]() {
      await queue.stop()
      await database.close()
    },
  }
}
