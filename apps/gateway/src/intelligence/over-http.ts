import { analysis } from '@authscript/prior-auth'
import { Agent, request } from 'undici'
import { timeLimit } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type { Analyzer } from './analyzer.ts'

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

export interface HttpAnalyzerOptions {
  readonly baseUrl: string
  readonly apiKey: string | undefined
  readonly timeoutMs: number
  /** The circuit breaker round each call. */
  guard<Result>(call: () => Promise<Result>): Promise<Result>
}

const maxAnswerBytes = 4 * 1024 * 1024
const busyStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

/**
 * The intelligence service over HTTP, with a timeout and a breaker of its own. The retry is the task's: what was hydrated is kept
 * for the next attempt, so only this call is repeated, and no worker sleeps through the delay.
 */
export function createHttpAnalyzer(options: HttpAnalyzerOptions): Analyzer {
  const dispatcher = new Agent({ connections: 8 })
  const url = new URL(
    'analyze',
    options.baseUrl.endsWith('/') ? options.baseUrl : `${options.baseUrl}/`,
  )

  async function ask(body: string, signal: AbortSignal): Promise<unknown> {
    using limit = timeLimit(signal, options.timeoutMs)
    try {
      const response = await request(url, {
        method: 'POST',
        dispatcher,
        signal: limit.signal,
        headers: {
          'content-type': 'application/json',
          ...(options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }),
        },
        body,
      })
      const text = await readText(response.body)
      if (response.statusCode === 200) return JSON.parse(text)
      if (busyStatuses.has(response.statusCode)) {
        throw new IntelligenceUnavailableError(
          `intelligence service answered ${response.statusCode}`,
          {
            retryAfterMs: toMilliseconds(response.headers['retry-after']),
          },
        )
      }
      throw new IntelligenceRefusedError(
        `intelligence service answered ${response.statusCode}; check Intelligence__BaseUrl and Intelligence__ApiKey`,
      )
    } catch (cause) {
      if (cause instanceof GatewayError) throw cause
      if (signal.aborted) throw signal.reason
      const what = limit.isOver
        ? `did not answer within ${options.timeoutMs} ms`
        : 'cannot be reached'
      throw new IntelligenceUnavailableError(`intelligence service ${what}`, { cause })
    }
  }

  return {
    async analyze(bundle, serviceRequestId, signal) {
      const body = JSON.stringify({ bundle, serviceRequestId })
      const answer = await options.guard(() => ask(body, signal))
      const parsed = analysis.safeParse(answer)
      if (!parsed.success) {
        throw new IntelligenceRefusedError(
          'intelligence service answered in an unknown shape; check its version',
        )
      }
      return parsed.data
    },
    close: () => dispatcher.close(),
  }
}

async function readText(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > maxAnswerBytes)
      throw new IntelligenceRefusedError(
        `intelligence service answered more than ${maxAnswerBytes} bytes`,
      )
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function toMilliseconds(header: string | string[] | undefined): number | undefined {
  const seconds = Number(header)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}
