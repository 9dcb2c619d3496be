import type { SteadyClock } from '../../../apps/gateway/src/clock.ts'
import {
  DatabaseFolderDamagedError,
  DatabaseFolderInUseError,
  DatabaseVersionError,
} from './errors.ts'

/** One life of the server. */
export interface ServerRun {
  /** Resolves when it ends, with how: `exit code 1`, `SIGKILL`. */
  readonly ended: Promise<string>
  /** Ends it if it still runs, and lets go of what it held. */
  leave(): Promise<void>
}

/** What became of a server that ended on its own; `attempt` counts the restarts of one outage from 1. */
export type RestartReport =
  | { readonly outcome: 'ended'; readonly how: string }
  | { readonly outcome: 'restarted'; readonly attempt: number }
  | { readonly outcome: 'restart_failed'; readonly attempt: number; readonly error: unknown }
  | { readonly outcome: 'given_up'; readonly attempt: number; readonly error: unknown }

export interface SupervisorOptions {
  /** Starts the server again in its folder; rejects as soon as the signal aborts, and then leaves nothing running. */
  restart(signal: AbortSignal): Promise<ServerRun>
  /** An outage that lasts longer is not waited for. */
  readonly giveUpAfterMs: number
  readonly onRestart?: ((report: RestartReport) => void) | undefined
  readonly clock: SteadyClock
}

/** The pause before each restart of an outage; the last one repeats. */
const pausesMs = [0, 500, 1_000, 2_000, 4_000, 8_000, 15_000]

/** A server that ran less long has not ended the outage: it may come up each time, and each time run into the full disk. */
const steadyAfterMs = 30_000

interface Outage {
  readonly sinceMs: number
  attempts: number
}

/**
 * Keeps a server running: one that ends by itself is started again, until it is asked to stop.
 *
 * It gives up when the folder has become another gateway's or is damaged, which waiting does not mend, and after
 * `giveUpAfterMs` of an outage that it might have mended: a full disk, a lack of memory.
 */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #stopping = new AbortController()
  readonly #gaveUp = Promise.withResolvers<void>()
  #run: ServerRun
  #upSinceMs: number
  #outage: Outage | undefined
  #restarting: Promise<void> = Promise.resolve()
  #stopped: Promise<void> | undefined

  constructor(run: ServerRun, options: SupervisorOptions) {
    this.#options = options
    this.#run = run
    this.#upSinceMs = options.clock.monotonicMs()
    this.#watch(run)
  }

  /** Resolves when the server is down and stays down without having been asked to. */
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
    await this.#run.leave()
  }

  #watch(run: ServerRun): void {
    void run.ended.then((how) => {
      if (!this.#stopping.signal.aborted) this.#restarting = this.#bringBack(run, how)
    })
  }

  /** Rejects never: an error that is not known to be final is met with another attempt. */
  async #bringBack(lost: ServerRun, how: string): Promise<void> {
    const { clock, giveUpAfterMs, restart } = this.#options
    const { signal } = this.#stopping
    const endedAtMs = clock.monotonicMs()
    if (endedAtMs - this.#upSinceMs >= steadyAfterMs) this.#outage = undefined
    const outage = (this.#outage ??= { sinceMs: endedAtMs, attempts: 0 })
    this.#report({ outcome: 'ended', how })
    for (;;) {
      const attempt = ++outage.attempts
      let run: ServerRun
      try {
        await clock.sleep(pauseBeforeMs(attempt), signal)
        await lost.leave()
        run = await restart(signal)
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
      this.#run = run
      this.#upSinceMs = clock.monotonicMs()
      this.#watch(run)
      this.#report({ outcome: 'restarted', attempt })
      return
    }
  }

  #report(report: RestartReport): void {
    this.#options.onRestart?.(report)
  }
}

const pauseBeforeMs = (attempt: number) => pausesMs[attempt - 1] ?? Math.max(...pausesMs)

const isFinal = (error: unknown) =>
  error instanceof DatabaseFolderInUseError ||
  error instanceof DatabaseFolderDamagedError ||
  error instanceof DatabaseVersionError
