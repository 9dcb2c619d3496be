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
 * ids and numbers, never a name, a date of birth or note text. The children live in the room where the failure happens.
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
