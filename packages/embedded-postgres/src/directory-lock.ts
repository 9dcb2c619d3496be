import pg from 'pg'
import type { Clock } from './clock.ts'
import { isNotListening, type ServerAddress, serverClient } from './server-client.ts'

/** Any two numbers, but the same in every release: all processes that share a directory must ask for the same lock. */
const lockKey = [0x61_75_74_68, 1]

/** The owner's death frees the lock; this is how long the server may take to notice it. */
const timeoutMs = 1_000
const retryIntervalMs = 50

/**
 * The result of asking for the lock.
 *
 * - `refused`: another process holds it.
 * - `unreachable`: no server listens.
 * - `not_now`: a server listens, but it is starting, stopping or full.
 */
export type LockAttempt = DirectoryLock | 'refused' | 'unreachable' | 'not_now'

/**
 * The right to use a directory: an advisory lock on its own connection, which ends with its owner, however that dies.
 *
 * When the server restarts its backends (one of them crashed), the connection and the lock are lost. The lock is taken again as soon
 * as the server answers.
 */
export class DirectoryLock {
  readonly #address: ServerAddress
  readonly #clock: Clock
  readonly #released = new AbortController()
  #client: pg.Client

  private constructor(address: ServerAddress, client: pg.Client, clock: Clock) {
    this.#address = address
    this.#client = client
    this.#clock = clock
    this.#watch()
  }

  static async take(
    address: ServerAddress,
    clock: Clock,
    signal: AbortSignal,
  ): Promise<LockAttempt> {
    for (let waitedMs = 0; ; waitedMs += retryIntervalMs) {
      const attempt = await ask(address)
      if (attempt instanceof pg.Client) return new DirectoryLock(address, attempt, clock)
      if (attempt !== 'refused' || waitedMs >= timeoutMs) return attempt
      await clock.sleep(retryIntervalMs, signal)
    }
  }

  /** The server is about to stop, so a lost lock is not taken again. */
  expectEnd(): void {
    this.#released.abort()
  }

  async release(): Promise<void> {
    this.expectEnd()
    await this.#client.end().catch(() => {})
  }

  #watch(): void {
    this.#client.once('end', () => {
      if (!this.#released.signal.aborted) void this.#retake()
    })
  }

  async #retake(): Promise<void> {
    const { signal } = this.#released
    while (!signal.aborted) {
      const attempt = await ask(this.#address)
      if (attempt instanceof pg.Client) {
        this.#client = attempt
        this.#watch()
        if (signal.aborted) await this.release()
        return
      }
      await this.#clock.sleep(retryIntervalMs, signal).catch(() => {})
    }
  }
}

async function ask(
  address: ServerAddress,
): Promise<pg.Client | Exclude<LockAttempt, DirectoryLock>> {
  const client = serverClient(address, 'embedded-postgres-lock')
  try {
    await client.connect()
    const { rows } = await client.query<{ locked: boolean }>(
      'select pg_try_advisory_lock($1, $2) as locked',
      lockKey,
    )
    if (rows[0]?.locked === true) return client
    await client.end()
    return 'refused'
  } catch (error) {
    await client.end().catch(() => {})
    return isNotListening(error) ? 'unreachable' : 'not_now'
  }
}
