import { type Dispatcher, errors, request } from 'undici'
import { timeLimit } from '../../clock.ts'
import { GatewayError } from '../../errors.ts'
import { EhrTimeoutError, EhrUnreachableError } from '../fhir-errors.ts'
import type { Slot } from '../rate/rate-budget.ts'
import type { Answer } from './answer/answer.ts'
import { readBody } from './body/decode-body.ts'

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal: AbortSignal
  /** For messages: "reading Patient". */
  readonly what: string
  /** Of the answer, decoded. */
  readonly maxBytes: number
  /** A 2xx counts although its body cannot be read: it took effect. The body is then empty. */
  readonly bodyIsOptional: boolean
  /** Called as the request goes out: what fails before was never sent. */
  readonly onSent?: () => void
}

export interface Wire {
  readonly dispatcher: Dispatcher
  /** Covers connecting, headers and the whole body. */
  readonly timeoutMs: number
}

/** Of an answer that is an error. What is longer is not read, and the status alone counts. */
const maxErrorBytes = 1024 * 1024

/** Nothing was sent: the slot's lease ran out before a connection was there. The request goes out on another slot. */
export class SlotLapsed extends Error {
  override readonly name = 'SlotLapsed'
}

/**
 * One HTTP exchange within its limits, on a slot that is released when the answer begins. An abort tears the connection down.
 *
 * @throws {SlotLapsed} {EhrTimeoutError} {EhrUnreachableError} {EhrTooLargeError} {EhrMalformedError}
 */
export async function exchange(
  outgoing: OutgoingRequest,
  { dispatcher, timeoutMs }: Wire,
  slot: Slot,
): Promise<Answer> {
  const { method, url, headers, body, signal, what, onSent } = outgoing
  using limit = timeLimit(signal, timeoutMs)
  try {
    const response = await request(url, {
      method,
      dispatcher: dispatcher.compose(atSending(slot, onSent)),
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
    if (cause instanceof GatewayError || cause instanceof SlotLapsed) throw cause
    if (limit.isOver || isTimeout(cause)) {
      throw new EhrTimeoutError(`${what}: no whole answer from the EHR within ${timeoutMs} ms`, {
        cause,
      })
    }
    throw new EhrUnreachableError(
      `${what}: the EHR cannot be reached (${codeOf(cause)}); check Ehr__FhirBaseUrl`,
      { cause },
    )
  }
}

/** The status of an error, and of what took effect, counts whatever becomes of the body. */
async function bodyOf(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  { signal, what, maxBytes, bodyIsOptional }: OutgoingRequest,
): Promise<Buffer> {
  const isSuccess = statusCode >= 200 && statusCode < 300
  const limit = { what, maxBytes: isSuccess ? maxBytes : Math.min(maxBytes, maxErrorBytes) }
  try {
    return await readBody(body, headers['content-encoding'], limit)
  } catch (error) {
    // What is left unread would keep its connection; without a listener the end of it would be an uncaught exception.
    body.on('error', () => undefined).destroy()
    if (signal.aborted || (isSuccess && !bodyIsOptional)) throw error
    return Buffer.alloc(0)
  }
}

/** Looks at the slot in the turn that writes the request, after any wait for a connection. What throws there writes nothing. */
function atSending(
  slot: Slot,
  onSent: (() => void) | undefined,
): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const start = handler.onRequestStart?.bind(handler)
    handler.onRequestStart = (controller, context) => {
      if (!slot.isValid) throw new SlotLapsed('the lease of a slot ran out before it was used')
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

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection'
}
