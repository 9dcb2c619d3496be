import { createDurableQueue, type DurableQueue } from '../../src/jobs/durable-queue.ts'
import {
  classifyDatabaseError,
  connectDatabase,
  type Database,
  type DatabaseConnection,
  migrate,
} from '../../src/store/database.ts'
import { withSessionLimits } from '../../src/store/session-limits.ts'
import { createStore, type Store } from '../../src/store/store.ts'

/** A node's database side, as the gateway opens it. */
export interface Node extends AsyncDisposable {
  readonly database: Database
  readonly store: Store
  readonly queue: DurableQueue
}

/** The shortest that pg-boss allows. */
export const leaseSeconds = 10

export async function openNode(
  connection: DatabaseConnection,
  {
    practiceConcurrency,
    poolSize = 10,
  }: { readonly practiceConcurrency?: number; readonly poolSize?: number } = {},
): Promise<Node> {
  const database = await connectDatabase(connection, { poolSize, onError: () => undefined })
  await migrate(database.db)
  const queue = createDurableQueue({
    connection: withSessionLimits(connection),
    db: database.db,
    leaseSeconds,
    practiceConcurrency,
    onError: () => undefined,
    classify: classifyDatabaseError,
  })
  await queue.start()
  return {
    database,
    store: createStore(database.db),
    queue,
    async [Symbol.asyncDispose]() {
      await queue.stop()
      await database.close()
    },
  }
}
