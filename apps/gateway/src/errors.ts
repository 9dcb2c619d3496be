/**
 * What a failure permits, decided where it happens and read by the retry policy:
 *
 * - `transient`: it certainly did not take effect; trying again may help.
 * - `ambiguous`: it may have taken effect; only with an idempotency key, or a person.
 * - `permanent`: trying again cannot help.
 */
export type FailureKind = 'transient' | 'ambiguous' | 'permanent'

/**
 * Base of every error the gateway throws on purpose. Each `code` is documented in docs/errors.md. Messages are for operators:
 * ids and numbers, never a name, a date of birth or note text. Each module declares its own errors.
 */
export abstract class GatewayError extends Error {
  abstract readonly code: string
  abstract readonly kind: FailureKind
  /** The least time to wait before trying again, when the other side said so. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, options: ErrorOptions & { retryAfterMs?: number | undefined } = {}) {
    super(message, options)
    this.retryAfterMs = options.retryAfterMs
  }
}

/** A longer wait is not spent inside an attempt: the job goes back to the queue, so that its worker has time for others. */
const maxWaitInAttemptMs = 60_000

/** Whether the other side asked for a wait that is too long for an attempt, and only for that. */
export function asksForLongWait(error: unknown): boolean {
  return (
    error instanceof GatewayError &&
    error.kind === 'transient' &&
    (error.retryAfterMs ?? 0) > maxWaitInAttemptMs
  )
}

/** A failure as operators see it: code and message of our own errors. The message of any other error may quote the chart, so only its name is shown. */
export function explainFailure(error: unknown): { readonly code: string; readonly reason: string } {
  if (error instanceof GatewayError || isCoded(error)) {
    return { code: error.code, reason: error.message }
  }
  const name = error instanceof Error ? error.name : typeof error
  return { code: 'unexpected', reason: `unexpected ${name}; the log has its stack` }
}

/** Errors of our own packages: a literal snake_case code. Node's own codes are upper case. */
function isCoded(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[a-z_]+$/.test(error.code)
  )
}
