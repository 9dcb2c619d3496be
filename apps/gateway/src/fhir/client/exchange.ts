import { type Dispatcher, errors, request } from 'undici'
import { timeLimit } from '../../clock.ts'
import { GatewayError } from '../../errors.ts'
import { EhrTimeoutError, EhrUnreachableError } from '../fhir-errors.ts'
import type { Slot } from '../rate/rate-budget.ts'
import type { Answer } from './answer/answer.ts'
import { readBody } from './body/decode-body.ts'
import { explainUnreachable, hostAndPortOf } from './connection-fault.ts'

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal: AbortSignal
  /** For error messages: "reading Patient". */
  readonly what: string
  /** Limit for the decoded answer. */
  readonly maxBytes: number
  /** A 2xx is a success even if its body cannot be read, because it took effect. The body is then empty. */
  readonly bodyIsOptional: boolean
  /** Called when the request is sent. If it was not called, nothing was sent. */
  readonly onSent?: () => void
}

export interface Wire {
  readonly dispatcher: Dispatcher
  /** Covers connecting, headers and the whole body. */
  readonly timeoutMs: number
  /** The key that named the address, for messages: `FhirBaseUrl`. */
  readonly addressKey: string
  /** A key of the section `Ehr` as the operator wrote it. */
  keyName(key: string): string
}

/** Limit for the body of an error. A longer body is not read; only the status is used. */
const maxErrorBytes = 1024 * 1024

/** The slot's lease expired before a connection was ready. Nothing was sent; the request must use another slot. */
export class SlotExpired extends Error {
  override readonly name = 'SlotExpired'
}

/**
 * One HTTP exchange within its limits. The slot is released when the answer begins. An abort closes the connection.
 *
 * @throws {SlotExpired} {EhrTimeoutError} {EhrUnreachableError} {EhrTooLargeError} {EhrMalformedError}
 */
export async function exchange(
  outgoing: OutgoingRequest,
  { dispatcher, timeoutMs, addressKey, keyName }: Wire,
  slot: Slot,
): Promise<Answer> {
  const { method, url, headers, body, signal, what, onSent } = outgoing
  using limit = timeLimit(signal, timeoutMs)
  try {
    const response = await request(url, {
      method,
      dispatcher: dispatcher.compose(checkSlotOnSend(slot, onSent)),
      signal: limit.signal,
      headers: { 'accept-encoding': 'gzip, deflate', ...headers },
      ...(body === undefined ? {} : { body }),
    })
    slot.release()
    return {
      status: response.statusCode,
      headers: response.headers,
      body: await bodyOf(response, outgoing),
    }
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    if (cause instanceof GatewayError || cause instanceof SlotExpired) throw cause
    if (limit.isOver || isTimeout(cause)) {
      throw new EhrTimeoutError(
        `${what}: no complete answer from the EHR at ${hostAndPortOf(url)} within ${timeoutMs} ms; check ${keyName(addressKey)} and ${keyName('RequestTimeoutSeconds')}`,
        { cause },
      )
    }
    throw new EhrUnreachableError(
      `${what}: the EHR at ${explainUnreachable(cause, url, keyName(addressKey), keyName)}`,
      { cause },
    )
  }
}

/** The status of an error, and of a write that took effect, is used even if the body cannot be read. */
async function bodyOf(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  { signal, what, maxBytes, bodyIsOptional }: OutgoingRequest,
): Promise<Buffer> {
  const isSuccess = statusCode >= 200 && statusCode < 300
  const limit = { what, maxBytes: isSuccess ? maxBytes : Math.min(maxBytes, maxErrorBytes) }
  try {
    return await readBody(body, headers['content-encoding'], limit)
  } catch (error) {
    // An unread body would keep its connection open. Without a listener, its error would be an uncaught exception.
    body.on('error', () => undefined).destroy()
    if (signal.aborted || (isSuccess && !bodyIsOptional)) throw error
    return Buffer.alloc(0)
  }
}

/** Checks the slot in the same turn that writes the request, after any wait for a connection. If it throws, nothing is written. */
function checkSlotOnSend(
  slot: Slot,
  onSent: (() => void) | undefined,
): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const start = handler.onRequestStart?.bind(handler)
    handler.onRequestStart = (controller, context) => {
      if (!slot.isValid) throw new SlotExpired('the lease of a slot expired before it was used')
      onSent?.()
      start?.(controller, context)
    }
    return dispatch(options, handler)
  }
}

function isTimeout(cause: unknown): boolean {
  return (
    cause instanceof errors.ConnectTimeoutError ||
    cause instanceof errors.HeadersTimeoutError ||
    cause instanceof errors.BodyTimeoutError
  )
}
