import { exchangeSmall } from '../token/small-answer.ts'
import { createTransport, type TransportSettings } from './ehr-transport.ts'

/** A request whose answer is small: configurations, keys, tokens. */
export interface SmallFetchRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

export interface SmallFetch {
  /**
   * Answers as `fetch` does, for other servers than the one that charts are read from. Redirects are returned, not followed.
   *
   * @throws {EhrUnreachableError} {EhrTimeoutError} {EhrMalformedError}
   */
  fetch(url: string, request?: SmallFetchRequest): Promise<Response>
  close(): Promise<void>
}

const maxBytes = 1024 * 1024
const withoutBody: ReadonlySet<number> = new Set([101, 204, 205, 304])

/** How error messages name the server. */
interface ServerName {
  /** "the EHR at which people sign in" */
  readonly what: string
  /** The keys to check if there is no connection. */
  readonly check: string
  /** As the operator writes a key of the connection; undefined: there is none for this server. */
  keyName(key: string): string | undefined
}

/** Uses the proxy and the certificate authorities of the settings. Our client certificate is for the EHR only. */
export function createSmallFetch(settings: TransportSettings, name: ServerName): SmallFetch {
  const transport = createTransport({ ...settings, client: undefined })
  return {
    async fetch(url, { method = 'GET', headers = {}, body } = {}) {
      const answer = await exchangeSmall({
        method: method === 'POST' ? 'POST' : 'GET',
        url,
        headers,
        ...(body === undefined ? {} : { body }),
        maxBytes,
        timeoutMs: settings.requestTimeoutMs,
        dispatcher: transport.dispatcher,
        ...name,
      })
      const contentType = answer.headers['content-type']
      return new Response(withoutBody.has(answer.status) ? null : answer.body, {
        status: answer.status,
        headers: contentType === undefined ? {} : { 'content-type': String(contentType) },
      })
    },
    close: () => transport.close(),
  }
}
