import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { TableCopyError } from './errors.ts'
import { backedUpTables, type TableLayout } from './backed-up-tables.ts'

/** Rows in COPY's text format, one per line. @see https://www.postgresql.org/docs/18/sql-copy.html - Text Format */
export type RowText = AsyncIterable<Buffer>

/** A digest of a table's rows: equal on two servers only if the rows are equal. */
export interface TableDigest {
  readonly name: string
  readonly rowCount: number
  readonly sha256: string
}

/** The table's rows in their order. If it is not read to its end, its connection is closed: COPY cannot be cancelled otherwise. */
export async function* readTable(
  client: pg.Client,
  { name, columns }: TableLayout,
): AsyncGenerator<Buffer> {
  const order = backedUpTables.find((kept) => kept.name === name)?.order ?? []
  const rows: Readable = client.query(
    copyTo(
      `copy (select ${listed(columns)} from ${pg.escapeIdentifier(name)} order by ${order.join(', ')}) to stdout`,
    ),
  )
  let isWhole = false
  try {
    for await (const chunk of rows) yield chunk as Buffer
    isWhole = true
  } catch (error) {
    throw withoutRow(name, error)
  } finally {
    if (!isWhole) client.connection.stream.destroy()
  }
}

/** Returns how many rows the server accepted. */
export async function loadTable(
  client: pg.Client,
  { name, columns }: TableLayout,
  rows: RowText,
  signal: AbortSignal,
): Promise<number> {
  const sink = client.query(
    copyFrom(`copy ${pg.escapeIdentifier(name)} (${listed(columns)}) from stdin`),
  )
  try {
    await pipeline(rows, sink, { signal })
  } catch (error) {
    throw withoutRow(name, error)
  }
  return sink.rowCount
}

export async function digestTable(
  client: pg.Client,
  layout: TableLayout,
  signal: AbortSignal,
): Promise<TableDigest> {
  const meter = new RowMeter(layout.name)
  for await (const chunk of readTable(client, layout)) {
    signal.throwIfAborted()
    meter.take(chunk)
  }
  return meter.digest()
}

/** Counts and digests the rows that pass. */
export class RowMeter {
  readonly #name: string
  readonly #hash = createHash('sha256')
  #rowCount = 0

  constructor(name: string) {
    this.#name = name
  }

  take(chunk: Buffer): void {
    this.#hash.update(chunk)
    this.#rowCount += countLines(chunk)
  }

  async *watch(rows: RowText): AsyncGenerator<Buffer> {
    for await (const chunk of rows) {
      this.take(chunk)
      yield chunk
    }
  }

  digest(): TableDigest {
    return { name: this.#name, rowCount: this.#rowCount, sha256: this.#hash.digest('hex') }
  }
}

const lineFeed = 0x0a

/** A line feed inside of a value is written as `\n`, so each one ends a row. */
function countLines(chunk: Buffer): number {
  let count = 0
  for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, at + 1)) count++
  return count
}

const listed = (columns: readonly string[]) => columns.map(pg.escapeIdentifier).join(', ')

/** PostgreSQL's message and detail quote the row. */
function withoutRow(table: string, error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError) || /^(08|53|57)/.test(error.code ?? '')) return error
  return new TableCopyError(table, error.code ?? 'unknown', { cause: error })
}
