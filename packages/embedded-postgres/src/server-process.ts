import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Clock } from '../../../apps/gateway/src/clock.ts'
import type { Binaries } from './binaries.ts'
import { DatabaseStartError } from './errors.ts'
import type { Folder } from './folder.ts'
import { readPostmasterFile, stopServer } from './processes.ts'
import { serverSettings } from './server-settings.ts'
import type { ServerUser } from './server-user.ts'

/** Recovery after a crash reads at most `max_wal_size`; this is for the slowest disk. */
const readyPatienceMs = 120_000
const lookEveryMs = 5

/** The log starts anew once it is this long: it grows by a few lines a start. */
const longestLogBytes = 1024 * 1024
const tailBytes = 2_000

/** One run of PostgreSQL, child of this process. */
export class ServerProcess {
  readonly #child: ChildProcess
  readonly #folder: Folder
  readonly #clock: Clock
  readonly #logStart: number
  /** Resolves when it ends, for whatever reason, with how: `exit code 1`, `SIGKILL`. */
  readonly ended: Promise<string>
  #spawnError: Error | undefined
  #isGone = false
  #wasStopped = false

  constructor(
    folder: Folder,
    binaries: Binaries,
    user: ServerUser,
    options: { clock: Clock; maxConnections: number },
  ) {
    const log = openLog(folder.logFile)
    this.#folder = folder
    this.#clock = options.clock
    this.#logStart = log.length
    try {
      this.#child = user.spawn(
        binaries.postgres,
        ['-D', folder.cluster, ...serverSettings(options.maxConnections)],
        {
          // A group of its own: Ctrl-C reaches the whole group, and would stop the database before the gateway has drained.
          detached: true,
          stdio: ['ignore', log.descriptor, log.descriptor],
        },
      )
    } finally {
      closeSync(log.descriptor)
    }
    const { promise, resolve } = Promise.withResolvers<string>()
    this.ended = promise
    this.#child.once('exit', (exitCode, signal) => {
      this.#isGone = true
      this.#wasStopped = exitCode === 0
      resolve(signal ?? `exit code ${exitCode}`)
    })
    this.#child.once('error', (error) => {
      // Also emitted when a signal cannot be sent: then it still runs.
      if (this.#child.pid !== undefined) return
      this.#spawnError = error
      this.#isGone = true
      resolve(error.message)
    })
  }

  /** It ended in good order: someone asked it to. A server that cannot go on ends otherwise. */
  get wasStopped(): boolean {
    return this.#wasStopped
  }

  /**
   * Resolves when the server accepts connections.
   *
   * @throws {DatabaseStartError} when it ends or does not get there
   */
  async waitUntilReady(signal: AbortSignal): Promise<void> {
    for (let waitedMs = 0; waitedMs < readyPatienceMs; waitedMs += lookEveryMs) {
      if (this.#isGone) {
        throw new DatabaseStartError('PostgreSQL could not start', {
          output: await this.#lastWords(),
          cause: this.#spawnError,
        })
      }
      if (await this.isReady()) return
      await this.#clock.sleep(lookEveryMs, signal)
    }
    throw new DatabaseStartError('PostgreSQL did not become ready', {
      output: await this.#lastWords(),
    })
  }

  /** Whether it is the server that clients reach in the folder. The file of one that was killed still says `ready`: it must be ours. */
  async isReady(): Promise<boolean> {
    const file = await readPostmasterFile(this.#folder.cluster)
    return file?.pid === this.#child.pid && file?.status === 'ready'
  }

  async stop(): Promise<void> {
    await stopServer(
      { isGone: () => this.#isGone, send: (name) => this.#child.kill(name) },
      this.#clock,
    )
  }

  /** What the log gained in this run. */
  async #lastWords(): Promise<string> {
    await using log = await open(this.#folder.logFile, 'r')
    const { size } = await log.stat()
    const start = Math.max(this.#logStart, size - tailBytes)
    const { buffer, bytesRead } = await log.read(Buffer.alloc(size - start), 0, size - start, start)
    return buffer.toString('utf8', 0, bytesRead)
  }
}

/** Appended to by the server alone; private, because PostgreSQL may quote what it was asked. */
function openLog(path: string): { descriptor: number; length: number } {
  const isLong = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > longestLogBytes
  const descriptor = openSync(path, isLong ? 'w' : 'a', 0o600)
  return { descriptor, length: isLong ? 0 : statSync(path).size }
}
