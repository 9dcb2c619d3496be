import type { Log } from './log.ts'

/**
 * Runs `open` with an empty list of parts. If it fails, the parts that it has added are closed and its error is thrown: what cannot be
 * closed is logged, because the reason of the failed start is what the caller needs. A start fails, with the signal's reason, at the
 * first part that is added after `signal` has aborted.
 */
export async function openParts<Result>(
  log: Log,
  open: (parts: OpenParts) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const parts = new OpenParts(log, signal)
  try {
    return await open(parts)
  } catch (error) {
    await parts.close().catch(() => undefined)
    throw signal?.aborted === true ? signal.reason : error
  }
}

/**
 * What a start has opened. `close` closes it in mirror order, for a stop as for a start that fails half-way. A step that fails is
 * logged by its name and does not keep the others from running.
 */
export class OpenParts {
  readonly #stack = new AsyncDisposableStack()
  readonly #log: Log
  readonly #signal: AbortSignal | undefined

  constructor(log: Log, signal?: AbortSignal) {
    this.#log = log
    this.#signal = signal
  }

  /** Call it as soon as there is something to close. */
  add(name: string, close: () => unknown): void {
    this.#stack.defer(async () => {
      try {
        await close()
      } catch (error) {
        this.#log.error(
          { reason: name, error },
          'a part could not be stopped; the others are stopped anyway',
        )
        throw error
      }
    })
    this.#signal?.throwIfAborted()
  }

  /**
   * Closes what was added last first.
   *
   * @throws the error of a step that failed, after all steps have run; a SuppressedError when several did
   */
  close(): Promise<void> {
    return this.#stack.disposeAsync()
  }
}
