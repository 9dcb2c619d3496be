import pg from 'pg'
import { systemClock } from '../src/clock.ts'
import { onServer, type TestConnection } from './on-server.ts'

/** Each waits for its answer before it inserts again; together they give the server commits to group. */
const clients = 4
const retryPauseMs = 10

/** Inserts rows over whatever breaks, and remembers which of them the server acknowledged. */
export class RowWriter {
  readonly #pool: pg.Pool
  readonly #acknowledged: number[] = []
  readonly #stopping = new AbortController()
  readonly #lanes: Promise<unknown>
  readonly #payload: string
  #next = 1
  #onAcknowledged: () => void = () => {}

  private constructor(connection: TestConnection, payload: string) {
    this.#pool = new pg.Pool({ ...connection, ssl: false, max: clients })
    this.#pool.on('error', () => {})
    this.#pool.on('connect', (client) => client.on('error', () => {}))
    this.#payload = payload
    this.#lanes = Promise.all(Array.from({ length: clients }, () => this.#write()))
  }

  static async start(
    connection: TestConnection,
    options: { payloadBytes?: number } = {},
  ): Promise<RowWriter> {
    await onServer(connection, (client) =>
      client.query('create table kept (n int primary key, payload text not null)'),
    )
    return new RowWriter(connection, 'x'.repeat(options.payloadBytes ?? 100))
  }

  /** The rows that were acknowledged until now. */
  promised(): readonly number[] {
    return [...this.#acknowledged]
  }

  /** Resolves once that many more rows are acknowledged. */
  async grow(by: number): Promise<void> {
    const goal = this.#acknowledged.length + by
    while (this.#acknowledged.length < goal) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#onAcknowledged = resolve
      await promise
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#lanes
    if (!this.#pool.ended) await this.#pool.end()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  async #write(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      const n = this.#next++
      try {
        await this.#pool.query('insert into kept values ($1, $2)', [n, this.#payload])
        this.#acknowledged.push(n)
        this.#onAcknowledged()
      } catch {
        // What became of this row is not known, and not asked: it was not promised.
        await systemClock.sleep(retryPauseMs, signal).catch(() => {})
      }
    }
  }
}

/** Rows that were promised and are not there. */
export async function missingRows(
  connection: TestConnection,
  promised: readonly number[],
): Promise<readonly number[]> {
  const sql =
    'select n from unnest($1::int[]) as promised (n) where not exists (select from kept where kept.n = promised.n)'
  const { rows } = await onServer(connection, (client) =>
    client.query<{ n: number }>(sql, [promised]),
  )
  return rows.map(({ n }) => n)
}
