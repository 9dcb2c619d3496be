import { resolve } from 'node:path'
import { requireDatabase } from '../backup/database-access.ts'
import { systemClock } from '../clock.ts'
import { readDatabaseConfig } from '../config.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '../store/database.ts'
import { openRunningDatabase } from '../store/embedded-database.ts'
import { createStore, type Store } from '../store/store.ts'
import { jobKinds } from '../wiring/job-kinds.ts'
import { StatusUnknownError } from './status-errors.ts'

const requestTimeoutMs = 20_000

/**
 * Works on the database of a running gateway. Starts and migrates nothing.
 *
 * @throws {StatusUnknownError} no gateway runs there, or the database is of an earlier release
 */
export async function withRunningStore<Result>(
  configFile: string,
  work: (store: Store, db: Database['db']) => Promise<Result>,
): Promise<Result> {
  await using access = await reachRunning(readDatabaseConfig(configFile))
  const database = await connectDatabase(access.connection, {
    poolSize: 2,
    onError: () => undefined,
  })
  try {
    return await work(
      createStore(database.db, { clock: systemClock, jobKinds: jobKinds.all }),
      database.db,
    )
  } catch (error) {
    throw isOlderSchema(error)
      ? new StatusUnknownError(
          'the database is of an earlier release; start a gateway of this release on it once',
        )
      : error
  } finally {
    await database.close()
  }
}

/** `undefined_table`. */
const isOlderSchema = (error: unknown): boolean =>
  error instanceof Error &&
  [error, error.cause].some((one) => one instanceof Error && 'code' in one && one.code === '42P01')

async function reachRunning({
  Url,
  Directory,
}: ReturnType<typeof readDatabaseConfig>): Promise<
  AsyncDisposable & { readonly connection: DatabaseConnection }
> {
  if (Url !== undefined)
    return { connection: { connectionString: Url }, async [Symbol.asyncDispose]() {} }
  await requireDatabase(Directory, {
    clock: systemClock,
    signal: AbortSignal.timeout(requestTimeoutMs),
  })
  const running = await openRunningDatabase(Directory)
  if (running === 'absent' || running === 'not_now')
    throw new StatusUnknownError(
      running === 'absent'
        ? `no gateway runs on ${resolve(Directory)}; start it, or name another configuration with --config`
        : `the gateway on ${resolve(Directory)} is starting or stopping, or its database died and is about to be started again; try again`,
    )
  const { connection, close } = running
  return { connection, [Symbol.asyncDispose]: async () => close() }
}
