import type { SteadyClock } from '../clock.ts'
import { connectDatabase, type DatabaseConnection, migrate } from '../store/database.ts'
import { startEmbeddedDatabase } from '../store/embedded-database.ts'
import { DatabaseMovedError, relocationRows } from '../store/relocations.ts'
import { type CopyConnection, inTransaction, openCopyConnection } from './copy-connection.ts'
import { requireDatabase } from './database-access.ts'
import { prepareSchema, refuseAsTarget, type Target, takeTarget } from './empty-target.ts'
import { DatabaseNotEmptyError, RelocationMismatchError } from './errors.ts'
import { setPositions, type TableLayout } from './backed-up-tables.ts'
import { inSnapshot, type Snapshot } from './snapshot.ts'
import { digestTable, loadTable, readTable, RowMeter, type TableDigest } from './table-copy.ts'

export interface RelocationReport {
  /** `resumed`: an earlier call had copied everything; `finished`: it had also marked the folder. */
  readonly outcome: 'moved' | 'resumed' | 'finished'
  readonly target: string
  readonly tables: readonly TableDigest[]
}

export interface RelocationOptions {
  readonly directory: string
  /** The key that names the directory, as the operator wrote it. @default 'Database.Directory' */
  readonly directoryKey?: string
  readonly target: DatabaseConnection
  readonly clock: SteadyClock
  readonly signal: AbortSignal
}

/**
 * Moves everything from a folder to a server: both sides are compared before the target commits, and the folder is marked, so that
 * no gateway starts on it again. If it is killed at any point, it can be run again.
 *
 * @throws {EmbeddedDatabaseError} a gateway runs on the directory
 * @throws {DatabaseMovedError} the folder was moved elsewhere before
 * @throws {DatabaseNotEmptyError} the target has rows, and they are not the folder's
 * @throws {RelocationMismatchError} what arrived is not what was sent
 */
export async function relocate(options: RelocationOptions): Promise<RelocationReport> {
  const { directory, clock, signal } = options
  await requireDatabase(directory, { clock, signal })
  await using server = await startEmbeddedDatabase({
    directory,
    clock,
    signal,
    ...(options.directoryKey === undefined ? {} : { directoryKey: options.directoryKey }),
  })
  await bringUpToDate(server.connection)
  await using source = await openCopyConnection(server.connection)
  await using target = await openCopyConnection(options.target)
  const relocations = relocationRows(source.db)
  const earlier = await relocations.latest()
  if (earlier !== undefined) {
    if (earlier.target !== target.place)
      throw new DatabaseMovedError(earlier.target, earlier.moved_at)
    return { outcome: 'finished', target: target.place, tables: [] }
  }
  await refuseAsTarget(source)
  const report = await bringTo(source, target, signal)
  await relocations.record(target.place)
  return report
}

/** Does what the start of a gateway does. */
async function bringUpToDate(connection: DatabaseConnection): Promise<void> {
  const database = await connectDatabase(connection, { poolSize: 1, onError: () => undefined })
  try {
    await migrate(database.db)
  } finally {
    await database.close()
  }
}

function bringTo(
  source: CopyConnection,
  targetConnection: CopyConnection,
  signal: AbortSignal,
): Promise<RelocationReport> {
  return inSnapshot(source, (snapshot) =>
    inTransaction(targetConnection, async (target) => {
      const found = await takeTarget(target)
      if (found.occupiedTables.length > 0) {
        const tables = await compare({ source, target, found, snapshot, signal })
        return { outcome: 'resumed', target: target.place, tables }
      }
      await prepareSchema(target, found, snapshot.migrations)
      const sent: TableDigest[] = []
      for (const table of snapshot.tables) sent.push(await copy(source, target, table, signal))
      await setPositions(target.db, snapshot.tables, snapshot.positions)
      const arrived = await digestAll(target, snapshot.tables, signal)
      const differing = namesOfDiffering(sent, arrived)
      if (differing.length > 0) throw new RelocationMismatchError(target.place, differing)
      signal.throwIfAborted()
      return { outcome: 'moved', target: target.place, tables: arrived }
    }),
  )
}

async function copy(
  source: CopyConnection,
  target: CopyConnection,
  table: TableLayout,
  signal: AbortSignal,
): Promise<TableDigest> {
  const meter = new RowMeter(table.name)
  await loadTable(target.client, table, meter.watch(readTable(source.client, table)), signal)
  return meter.digest()
}

/** If an earlier call was killed after the copy, the target has exactly the folder's rows; any other rows are not ours. */
async function compare({
  source,
  target,
  found,
  snapshot,
  signal,
}: {
  readonly source: CopyConnection
  readonly target: CopyConnection
  readonly found: Target
  readonly snapshot: Snapshot
  readonly signal: AbortSignal
}): Promise<readonly TableDigest[]> {
  const foreign = new DatabaseNotEmptyError(
    target.place,
    found.occupiedTables,
    'It is not what the folder holds either; name an empty database',
  )
  if (found.migrations.join() !== snapshot.migrations.join()) throw foreign
  const arrived = await digestAll(target, snapshot.tables, signal)
  const kept = await digestAll(source, snapshot.tables, signal)
  if (namesOfDiffering(kept, arrived).length > 0) throw foreign
  return arrived
}

async function digestAll(
  { client }: CopyConnection,
  tables: readonly TableLayout[],
  signal: AbortSignal,
): Promise<readonly TableDigest[]> {
  const digests: TableDigest[] = []
  for (const table of tables) digests.push(await digestTable(client, table, signal))
  return digests
}

function namesOfDiffering(
  sent: readonly TableDigest[],
  arrived: readonly TableDigest[],
): readonly string[] {
  return sent
    .filter(
      ({ rowCount, sha256 }, index) =>
        arrived[index]?.sha256 !== sha256 || arrived[index].rowCount !== rowCount,
    )
    .map(({ name }) => name)
}
