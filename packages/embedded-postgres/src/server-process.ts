import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Clock } from './clock.ts'
import type { Binaries } from './binaries.ts'
import { DatabaseStartError } from './errors.ts'
import type { Directory } from './directory.ts'
import { readPostmasterFile, stopServer } from './server-processes.ts'
import { serverSettings } from './server-settings.ts'
import type { ServerUser } from './server-user.ts'

/** Recovery after a crash reads at most `max_wal_size`; this allows for a very slow disk. */
const readyTimeoutMs = 120_000
const pollIntervalMs = 5

/** A longer log is emptied at the next start; each start adds a few lines. */
const maxLogBytes = 1024 * 1024
const tailBytes = 2_000

/** One PostgreSQL, a child of this process. */
export class ServerProcess {
  readonly #child: ChildProcess
  readonly #directory: Directory
  readonly #clock: Clock
  readonly #logStart: number
  /** Resolves when it ends, for any reason, with how: `exit code 1`, `SIGKILL`. */
  readonly ended: Promise<string>
  #spawnError: Error | undefined
  #isGone = false
  #wasStopped = false

  constructor(
    directory: Directory,
    binaries: Binaries,
    user: ServerUser,
    options: { clock: Clock; maxConnections: number },
  ) {
    const log = openLog(directory.logFile)
    this.#directory = directory
    this.#clock = options.clock
    this.#logStart = log.length
    try {
      this.#child = user.spawn(
        binaries.postgres,
        ['-D', directory.cluster, ...serverSettings(options.maxConnections)],
        {
          // A process group of its own: Ctrl-C reaches the whole group, and would stop the database before its clients have finished.
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
      // Also emitted when a signal cannot be sent; then it still runs.
      if (this.#child.pid !== undefined) return
      this.#spawnError = error
      this.#isGone = true
      resolve(error.message)
    })
  }

  /** It ended with exit code 0: somebody asked it to. A server that cannot continue ends with another. */
  get wasStopped(): boolean {
    return this.#wasStopped
  }

  /**
   * Resolves when the server accepts connections.
   *
   * @throws {DatabaseStartError} it ends, or does not become ready in time
   */
  async waitUntilReady(signal: AbortSignal): Promise<void> {
    for (let waitedMs = 0; waitedMs < readyTimeoutMs; waitedMs += pollIntervalMs) {
      if (this.#isGone) {
        throw new DatabaseStartError('PostgreSQL could not start', {
          output: await this.#newOutput(),
          cause: this.#spawnError,
        })
      }
      if (await this.isReady()) return
      await this.#clock.sleep(pollIntervalMs, signal)
    }
    throw new DatabaseStartError('PostgreSQL did not become ready', {
      output: await this.#newOutput(),
    })
  }

  /** Whether clients in the directory reach this server. The file of a killed server still says `ready`, so the pid is compared too. */
  async isReady(): Promise<boolean> {
    const file = await readPostmasterFile(this.#directory.cluster)
    return file?.pid === this.#child.pid && file?.status === 'ready'
  }

  async stop(): Promise<void> {
    await stopServer(
      { isGone: () => this.#isGone, send: (name) => this.#child.kill(name) },
      this.#clock,
    )
  }

  /** What this server has written to the log. */
  async #newOutput(): Promise<string> {
    await using log = await open(this.#directory.logFile, 'r')
    const { size } = await log.stat()
    const start = Math.max(this.#logStart, size - tailBytes)
    const { buffer, bytesRead } = await log.read(Buffer.alloc(size - start), 0, size - start, start)
    return buffer.toString('utf8', 0, bytesRead)
  }
}

/** Only the server appends to it. Only the owner may read it, because PostgreSQL may quote statements. */
function openLog(path: string): { descriptor: number; length: number } {
  const isLong = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > maxLogBytes
  const descriptor = openSync(path, isLong ? 'w' : 'a', 0o600)
  return { descriptor, length: isLong ? 0 : statSync(path).size }
}
