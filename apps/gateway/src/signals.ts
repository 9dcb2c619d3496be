/** npm passes a Ctrl-C of the terminal on, so the program gets it twice. Within this time both are one. */
const sameCtrlCMs = 250

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

export interface SignalOptions {
  /** Finishes what runs and releases the rest, or ends a start that is under way. */
  stop(): Promise<void>
  /** Whether nothing runs yet that could be finished. @default false */
  isStarting?(): boolean
  /** Tells the operator what happens. */
  say(line: string): void
  /** Milliseconds of a clock that nobody sets. */
  now?(): number
}

/**
 * Stops in good order on SIGINT and SIGTERM, and exits with 0, or with 1 where that fails. A second signal stops at once and exits with
 * 130 or 143.
 */
export function stopOnSignals({
  stop,
  isStarting = () => false,
  say,
  now = () => performance.now(),
}: SignalOptions): void {
  let firstAt: number | undefined
  const onSignal = (signal: keyof typeof exitCodes) => {
    if (firstAt === undefined) {
      firstAt = now()
      const does = isStarting()
        ? 'stopping: the start is ended, and what it has opened is closed'
        : 'draining: running work is finished first'
      say(`${does}. Press Ctrl-C again, or send the signal again, to stop at once`)
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          say(`stopping failed: ${error instanceof Error ? error.message : 'unknown error'}`)
          process.exit(1)
        },
      )
      return
    }
    if (now() - firstAt < sameCtrlCMs) return
    say('stopped at once. What was not finished continues after the next start')
    process.exit(exitCodes[signal])
  }
  process.on('SIGINT', () => onSignal('SIGINT'))
  process.on('SIGTERM', () => onSignal('SIGTERM'))
}
