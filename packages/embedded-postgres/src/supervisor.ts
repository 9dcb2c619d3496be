import type { Clock } from './clock.ts'
import {
  DatabaseFolderDamagedError,
  DatabaseFolderInUseError,
  DatabaseVersionError,
} from './errors.ts'

/** A server from its start to its end. */
export interface SupervisedServer {
  /** Resolves when it ends, with how: `exit code 1`, `SIGKILL`. */
  readonly ended: Promise<string>
  /** Ends it if it still runs, and releases what it held. */
  stop(): Promise<void>
}

/** A server that ended by itself, and the result of each restart. `attempt` counts the restarts of one outage from 1. */
export type RestartReport =
  | { readonly outcome: 'ended'; readonly how: string }
  | { readonly outcome: 'restarted'; readonly attempt: number }
  | { readonly outcome: 'restart_failed'; readonly attempt: number; readonly error: unknown }
  | { readonly outcome: 'given_up'; readonly attempt: number; readonly error: unknown }

export interface SupervisorOptions {
  /** Starts the server again in its directory; rejects as soon as the signal aborts, and then leaves nothing running. */
  restart(signal: AbortSignal): Promise<SupervisedServer>
  /** A longer outage ends the supervision. */
  readonly giveUpAfterMs: number
  readonly onRestart?: ((report: RestartReport) => void) | undefined
  readonly clock: Clock
}

/** The delay before each restart of an outage; the last one repeats. */
const delaysMs = [0, 500, 1_000, 2_000, 4_000, 8_000, 15_000]

/** A server that ran for a shorter time has not ended the outage: it may start each time and then meet the same full disk. */
const steadyAfterMs = 30_000

interface Outage {
  readonly sinceMs: number
  attempts: number
}

/**
 * Keeps a server running: one that ends by itself is started again, until `stop` is called.
 *
 * It gives up at once when another process has taken the directory or the directory is damaged, because waiting does not help. After
 * other failures (a full disk, a lack of memory) it gives up when the outage has lasted `giveUpAfterMs`.
 */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #stopping = new AbortController()
  readonly #gaveUp = Promise.withResolvers<void>()
  #server: SupervisedServer
  #upSinceMs: number
  #outage: Outage | undefined
  #restarting: Promise<void> = Promise.resolve()
  #stopped: Promise<void> | undefined

  constructor(server: SupervisedServer, options: SupervisorOptions) {
    this.#options = options
    this.#server = server
    this.#upSinceMs = options.clock.monotonicMs()
    this.#watch(server)
  }

  /** Resolves when the server is down and is not started again, although nobody called `stop`. */
  get gaveUp(): Promise<void> {
    return this.#gaveUp.promise
  }

  /** Ends the server, or the attempt to start one; a second call returns the first's promise. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop())
  }

  async #stop(): Promise<void> {
    this.#stopping.abort()
    await this.#restarting
    await this.#server.stop()
  }

  #watch(server: SupervisedServer): void {
    void server.ended.then((how) => {
      if (!this.#stopping.signal.aborted) this.#restarting = this.#restart(server, how)
    })
  }

  /** Never rejects: after an error that is not final there is another attempt. */
  async #restart(lost: SupervisedServer, how: string): Promise<void> {
    const { clock, giveUpAfterMs, restart } = this.#options
    const { signal } = this.#stopping
    const endedAtMs = clock.monotonicMs()
    if (endedAtMs - this.#upSinceMs >= steadyAfterMs) this.#outage = undefined
    const outage = (this.#outage ??= { sinceMs: endedAtMs, attempts: 0 })
    this.#report({ outcome: 'ended', how })
    for (;;) {
      const attempt = ++outage.attempts
      let server: SupervisedServer
      try {
        await clock.sleep(delayBeforeMs(attempt), signal)
        await lost.stop()
        server = await restart(signal)
      } catch (error) {
        if (signal.aborted) return
        const lastedMs = clock.monotonicMs() - outage.sinceMs
        const isOver = isFinal(error) || lastedMs >= giveUpAfterMs
        this.#report({ outcome: isOver ? 'given_up' : 'restart_failed', attempt, error })
        if (isOver) {
          this.#gaveUp.resolve()
          return
        }
        continue
      }
      this.#server = server
      this.#upSinceMs = clock.monotonicMs()
      this.#watch(server)
      this.#report({ outcome: 'restarted', attempt })
      return
    }
  }

  #report(report: RestartReport): void {
    this.#options.onRestart?.(report)
  }
}

const delayBeforeMs = (attempt: number) => delaysMs[attempt - 1] ?? Math.max(...delaysMs)

const isFinal = (error: unknown) =>
  error instanceof DatabaseFolderInUseError ||
  error instanceof DatabaseFolderDamagedError ||
  error instanceof DatabaseVersionError
