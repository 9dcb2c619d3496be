import { bothNames } from '../config/both-names.ts'
import { timeLimit } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import { AnswerTooLargeError, joinUrl, createJsonClient, type JsonReply } from './post-json.ts'

/** The intelligence service is down, too slow, or busy. An analysis has no side effects, so a retry is safe. */
export class IntelligenceUnavailableError extends GatewayError {
  override readonly name = 'IntelligenceUnavailableError'
  readonly code = 'intelligence_unavailable'
  readonly kind = 'transient'
}

/** The intelligence service refused the request or gave an unknown answer: its version or key is wrong. */
export class IntelligenceRefusedError extends GatewayError {
  override readonly name = 'IntelligenceRefusedError'
  readonly code = 'intelligence_refused'
  readonly kind = 'permanent'
}

export interface IntelligenceServiceOptions {
  readonly baseUrl: string
  readonly apiKey: string | undefined
  readonly timeoutMs: number
  /** The circuit breaker around each call. */
  guard<Result>(call: () => Promise<Result>): Promise<Result>
}

/** A client for `POST /analyze` of a separate service, independent of its contract. */
export interface IntelligenceService {
  /**
   * Resolves with the answer's JSON, which may have any shape.
   *
   * @throws {IntelligenceUnavailableError} may be retried
   * @throws {IntelligenceRefusedError} must not be retried
   */
  analyze(request: unknown, signal: AbortSignal): Promise<unknown>
  close(): Promise<void>
}

const maxAnswerBytes = 4 * 1024 * 1024
const busyStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

/**
 * Adds a timeout and a circuit breaker to each call. Retries are up to the task: the chart is kept for the next attempt, so only this
 * call is repeated, and no worker is blocked during the delay.
 */
export function connectIntelligenceService(
  options: IntelligenceServiceOptions,
): IntelligenceService {
  const client = createJsonClient({
    url: joinUrl(options.baseUrl, 'analyze'),
    apiKey: options.apiKey,
    maxAnswerBytes,
    connections: 8,
  })

  async function ask(body: string, signal: AbortSignal): Promise<unknown> {
    using limit = timeLimit(signal, options.timeoutMs)
    let reply: JsonReply
    try {
      reply = await client.post(body, limit.signal)
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
    return parseReply(reply)
  }

  return {
    analyze(request, signal) {
      const body = JSON.stringify(request)
      return options.guard(() => ask(body, signal))
    },
    close: () => client.close(),
  }
}

function parseReply({ status, text, retryAfterMs }: JsonReply): unknown {
  if (busyStatuses.has(status)) {
    throw new IntelligenceUnavailableError(`intelligence service answered ${status}`, {
      retryAfterMs,
    })
  }
  if (status !== 200) {
    throw new IntelligenceRefusedError(
      `intelligence service answered ${status}; check ${bothNames('Intelligence.BaseUrl')} and ${bothNames('Intelligence.ApiKey')}`,
    )
  }
  try {
    return JSON.parse(text)
  } catch {
    // No cause: the parser's message quotes the answer.
    throw new IntelligenceUnavailableError('intelligence service did not answer with JSON')
  }
}
