import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { timeLimit } from '../clock.ts'
import { AddressRefusedError, type Destinations } from './destinations.ts'
import { openTunnel, ProxyFailedError } from './proxy-tunnel.ts'

const refusedCode = 'webhook_refused'
const busyCode = 'webhook_unavailable'
const goneCode = 'webhook_gone'
const redirectedCode = 'webhook_redirected'
const timeoutCode = 'webhook_timeout'
const unreachableCode = 'webhook_unreachable'
const addressCode = 'webhook_address_refused'
const proxyCode = 'webhook_proxy_failed'

export type PostOutcome =
  | { readonly isDelivered: true; readonly status: number }
  | {
      readonly isDelivered: false
      readonly code: string
      /** For operators: no address, because it may contain a secret. */
      readonly reason: string
      readonly status: number | null
      readonly retryAfterMs?: number
      /** The endpoint answers, but refuses this message: it may accept another. */
      readonly isRefusal?: boolean
      /** The endpoint asks never to be called again. */
      readonly isGone?: boolean
    }

export interface PostRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface PostOptions {
  readonly destinations: Destinations
  readonly timeoutMs: number
  /** Trusted besides the usual ones, in PEM. */
  readonly ca: readonly string[] | undefined
  /** The proxy on the way there; undefined: none. */
  proxyFor?(url: URL): string | undefined
}

/** No more of an endpoint's answer is read. */
const maxAnswerBytes = 16 * 1024

/** Sends one message once. Redirects are not followed, and what the answer contains is not kept. */
export async function postWebhook(
  post: PostRequest,
  options: PostOptions,
  signal: AbortSignal,
): Promise<PostOutcome> {
  using limit = timeLimit(signal, options.timeoutMs)
  try {
    const { status, retryAfter } = await send(post, options, limit.signal)
    return outcomeOf(status, retryAfter)
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (limit.isOver)
      return failed(timeoutCode, `no answer within ${options.timeoutMs / 1000} seconds`)
    if (error instanceof AddressRefusedError) return failed(addressCode, error.message)
    if (error instanceof ProxyFailedError) return failed(proxyCode, error.message)
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return failed(unreachableCode, `it cannot be reached${code}`)
  }
}

const failed = (code: string, reason: string, status: number | null = null) =>
  ({ isDelivered: false, code, reason, status }) as const

function outcomeOf(status: number, retryAfter: string | undefined): PostOutcome {
  const answered = `it answered ${status}`
  if (status >= 200 && status < 300) return { isDelivered: true, status }
  if (status === 410) return { ...failed(goneCode, answered, status), isGone: true }
  if (status >= 300 && status < 400)
    return failed(redirectedCode, `${answered}; redirects are not followed`, status)
  if (status >= 500 || status === 408 || status === 425 || status === 429) {
    const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined
    const outcome = failed(busyCode, answered, status)
    return seconds === undefined ? outcome : { ...outcome, retryAfterMs: seconds * 1000 }
  }
  return { ...failed(refusedCode, answered, status), isRefusal: true }
}

async function send(
  { url: text, headers, body }: PostRequest,
  { destinations, ca, proxyFor }: PostOptions,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly retryAfter: string | undefined }> {
  const url = new URL(text)
  destinations.requireAllowedHost(url)
  // http:// is for this machine only, which is never reached through a proxy.
  const proxy = url.protocol === 'https:' ? proxyFor?.(url) : undefined
  if (proxy !== undefined) {
    // The proxy looks up the name, so it decides where the request goes. A name that we ourselves resolve to a private address is refused
    // here.
    const fault = await destinations.faultOf(text)
    if (fault !== undefined) throw new AddressRefusedError(fault)
  }
  const tunnel = proxy === undefined ? undefined : await openTunnel(proxy, url, { ca, signal })
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number
    retryAfter: string | undefined
  }>()
  const options = {
    method: 'POST',
    ...(tunnel === undefined
      ? { agent: false, lookup: destinations.lookupFor(url) }
      : { createConnection: () => tunnel }),
    signal,
    headers: {
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'AuthScript-Gateway',
    },
    ...(ca === undefined ? {} : { ca: [...ca] }),
  } as const
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options)
  request.on('error', reject)
  request.on('response', (response) => {
    const { statusCode = 0, headers: answered } = response
    let bytes = 0
    // Read to its end, so that the endpoint sees an orderly close; one that sends on and on is cut off.
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > maxAnswerBytes) response.destroy()
    })
    response.on('error', () => undefined)
    response.on('close', () =>
      signal.aborted
        ? reject(signal.reason)
        : resolve({ status: statusCode, retryAfter: answered['retry-after'] }),
    )
  })
  request.end(body)
  return promise
}
