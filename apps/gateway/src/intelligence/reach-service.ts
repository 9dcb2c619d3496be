import { request } from 'undici'
import { IntelligenceRefusedError, IntelligenceUnavailableError } from './intelligence-service.ts'

const unauthorized: ReadonlySet<number> = new Set([401, 403])
const failing = 500

/**
 * Requests a page of a service, to see whether it answers. Any status below 500 counts, because not every service has the page.
 *
 * @throws {IntelligenceUnavailableError} no answer, or one of 500 or more
 * @throws {IntelligenceRefusedError} our key is refused
 */
export async function reachService(
  url: URL,
  apiKey: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  let status: number
  try {
    const response = await request(url, {
      signal,
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    })
    status = response.statusCode
    await response.body.dump()
  } catch (cause) {
    throw new IntelligenceUnavailableError(`the service at ${url.host} cannot be reached`, {
      cause,
    })
  }
  if (unauthorized.has(status))
    throw new IntelligenceRefusedError(`the service at ${url.host} refused our key (${status})`)
  if (status >= failing)
    throw new IntelligenceUnavailableError(`the service at ${url.host} answered ${status}`)
}
