import pg from 'pg'
import type { Clock } from '../../../apps/gateway/src/clock.ts'
import { serverPort, serverUserName } from './server-settings.ts'

/** Any two numbers, the same in every release: the gateways of one folder must ask for the same lock. */
const lockKey = [0x61_75_74_68, 1]

/** Its owner's death frees the lock at once; this long we wait for the server to notice. */
const patienceMs = 1_000
const askEveryMs = 50

/**
 * What asking for the lock came to.
 *
 * - `refused`: another gateway has it.
 * - `unreachable`: no server listens.
 * - `not_now`: one does, but is starting, stopping or full.
 */
export type LockAttempt = FolderLock | 'refused' | 'unreachable' | 'not_now'

/**
 * The right to work in a folder: an advisory lock on a connection of its own, gone with its owner however it dies.
 *
 * When the server restarts its backends (one crashed) the lock goes with the connection; it is taken again as soon as the
 * server answers.
 */
export class FolderLock {
  readonly #host: string
  readonly #clock: Clock
  readonly #released = new AbortController()
  #client: pg.Client

  private constructor(host: string, client: pg.Client, clock: Clock) {
    this.#host = host
    this.#client = client
    this.#clock = clock
    this.#watch()
  }

  static async take(host: string, clock: Clock, signal: AbortSignal): Promise<LockAttempt> {
    for (let waitedMs = 0; ; waitedMs += askEveryMs) {
      const attempt = await ask(host)
      if (attempt instanceof pg.Client) return new FolderLock(host, attempt, clock)
      if (attempt !== 'refused' || waitedMs >= patienceMs) return attempt
      await clock.sleep(askEveryMs, signal)
    }
  }

  /** The server is about to stop; the lock is not taken again. */
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
      const attempt = await ask(this.#host)
      if (attempt instanceof pg.Client) {
        this.#client = attempt
        this.#watch()
        if (signal.aborted) await this.release()
        return
      }
      await this.#clock.sleep(askEveryMs, signal).catch(() => {})
    }
  }
}

async function ask(host: string): Promise<pg.Client | Exclude<LockAttempt, FolderLock>> {
  const client = serverClient(host, 'authscript-gateway-folder-lock')
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
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ECONNREFUSED' ? 'unreachable' : 'not_now'
  }
}

/** A connection to the server itself, not to the gateway's database. Advisory locks count per database: it is always this one. */
export function serverClient(host: string, applicationName: string): pg.Client {
  const client = new pg.Client({
    host,
    port: serverPort,
    user: serverUserName,
    database: 'postgres',
    application_name: applicationName,
    // Said, so that PGSSLMODE of whoever started us does not matter.
    ssl: false,
  })
  // A server that stops says so here; unheard, the event would end the process. `end` follows.
  client.on('error', () => {})
  return client
}
