import { timeLimit } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import { AnswerTooLargeError, below, createJsonDoor, type JsonReply } from './post-json.ts'

/** The intelligence service is down, too slow, or busy. Judging has no effects, so asking again is safe. */
export class IntelligenceUnavailableError extends GatewayError {
  override readonly name = 'IntelligenceUnavailableError'
  readonly code = 'intelligence_unavailable'
  readonly kind = 'transient'
}

/** The intelligence service refused the request or answered what nobody understands: its version or key is wrong. */
export class IntelligenceRefusedError extends GatewayError {
  override readonly name = 'IntelligenceRefusedError'
  readonly code = 'intelligence_refused'
  readonly kind = 'permanent'
}

export interface IntelligenceServiceOptions {
  readonly baseUrl: string
  readonly apiKey: string | undefined
  readonly timeoutMs: number
  /** The circuit breaker round each call. */
  guard<Result>(call: () => Promise<Result>): Promise<Result>
}

/** `POST /analyze` on a service of its own, whichever contract it speaks. */
export interface IntelligenceService {
  /**
   * Resolves with the answer's JSON, of any shape.
   *
   * @throws {IntelligenceUnavailableError} worth another try
   * @throws {IntelligenceRefusedError} not worth one
   */
  analyze(request: unknown, signal: AbortSignal): Promise<unknown>
  close(): Promise<void>
}

const maxAnswerBytes = 4 * 1024 * 1024
const busyStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

/**
 * A timeout and a breaker round each call. The retry is the task's: what was hydrated is kept for the next attempt, so only this
 * call is repeated, and no worker sleeps through the delay.
 */
export function connectIntelligenceService(
  options: IntelligenceServiceOptions,
): IntelligenceService {
  const door = createJsonDoor({
    url: below(options.baseUrl, 'analyze'),
    apiKey: options.apiKey,
    maxAnswerBytes,
    connections: 8,
  })

  async function ask(body: string, signal: AbortSignal): Promise<unknown> {
    using limit = timeLimit(signal, options.timeoutMs)
    let reply: JsonReply
    try {
      reply = await door.post(body, limit.signal)
    } catch (cause) {
      if (signal.aborted) throw signal.reason
      if (cause instanceof AnswerTooLargeError) {
        throw new IntelligenceRefusedError(
          `intelligence service answered more than ${maxAnswerBytes} bytes`,
        )
      }
      const what = limit.isOver
        ? `did not answer within ${options.timeoutMs} ms`
        : 'cannot be reached'
      throw new IntelligenceUnavailableError(`intelligence service ${what}`, { cause })
    }
    return understand(reply)
  }

  return {
    analyze(request, signal) {
      const body = JSON.stringify(request)
      return options.guard(() => ask(body, signal))
    },
    close: () => door.close(),
  }
}

function understand({ status, text, retryAfterMs }: JsonReply): unknown {
  if (busyStatuses.has(status)) {
    throw new IntelligenceUnavailableError(`intelligence service answered ${status}`, {
      retryAfterMs,
    })
  }
  if (status !== 200) {
    throw new IntelligenceRefusedError(
      `intelligence service answered ${status}; check Intelligence__BaseUrl and Intelligence__ApiKey`,
    )
  }
  try {
    return JSON.parse(text)
  } catch {
    // Without a cause: the parser's message quotes the answer.
    throw new IntelligenceUnavailableError('intelligence service answered what is not JSON')
  }
}
