import { getCACertificates } from 'node:tls'
import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import { isLoopback } from '../../config/loopback.ts'
import { isExempt } from './no-proxy.ts'

export interface TransportSettings {
  readonly maxConnections: number
  readonly requestTimeoutMs: number
  /** For `https:` addresses. May contain credentials. */
  readonly httpsProxy: string | undefined
  /** For `http:` addresses. */
  readonly httpProxy: string | undefined
  /** Hosts that are reached directly, as in `NO_PROXY`. This machine is always reached directly. */
  readonly noProxy: string
  /** PEM; trusted in addition to the default roots. */
  readonly ca: string | undefined
  /** PEM; our certificate for servers that ask for a client certificate. */
  readonly client:
    | {
        readonly certificate: string
        readonly key: string
        readonly passphrase: string | undefined
      }
    | undefined
}

export interface EhrTransport {
  readonly dispatcher: Dispatcher
  /** Waits for requests in progress. */
  close(): Promise<void>
}

/** Creates the connections to the EHR and its token endpoint: proxy, trusted roots, client certificate. */
export function createTransport(settings: TransportSettings): EhrTransport {
  const { ca, client, requestTimeoutMs } = settings
  const tls = {
    ...(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] }),
    ...(client === undefined ? {} : { cert: client.certificate, key: client.key }),
    ...(client?.passphrase === undefined ? {} : { passphrase: client.passphrase }),
  }
  const connectTimeoutMs = Math.min(10_000, requestTimeoutMs)
  const options = {
    connections: settings.maxConnections,
    headersTimeout: requestTimeoutMs,
    bodyTimeout: requestTimeoutMs,
    keepAliveTimeout: 30_000,
  }
  const direct = new Agent({ ...options, connect: { timeout: connectTimeoutMs, ...tls } })
  const proxies = new Map(
    [settings.httpProxy, settings.httpsProxy]
      .filter((uri) => uri !== undefined)
      .map((uri) => [
        uri,
        new ProxyAgent({
          ...options,
          uri,
          requestTls: { timeout: connectTimeoutMs, ...tls },
          // The proxy may use the same private authority. Our client certificate is for the EHR only.
          proxyTls: { timeout: connectTimeoutMs, ...(tls.ca === undefined ? {} : { ca: tls.ca }) },
        }),
      ]),
  )
  const dispatcher = direct.compose((dispatch) => (request, handler) => {
    const proxy = proxyFor(new URL(String(request.origin)), settings)
    const agent = proxy === undefined ? undefined : proxies.get(proxy)
    return agent === undefined ? dispatch(request, handler) : agent.dispatch(request, handler)
  })
  return {
    dispatcher,
    async close() {
      await Promise.all([direct, ...proxies.values()].map((agent) => agent.close()))
    },
  }
}

/** The proxy for an address; undefined if it is reached directly. */
export function proxyFor(
  { protocol, hostname, port }: URL,
  settings: Pick<TransportSettings, 'httpProxy' | 'httpsProxy' | 'noProxy'>,
): string | undefined {
  if (isLoopback(hostname)) return undefined
  const isHttps = protocol === 'https:'
  const effectivePort = port === '' ? (isHttps ? 443 : 80) : Number(port)
  if (isExempt(hostname, effectivePort, settings.noProxy)) return undefined
  return isHttps ? settings.httpsProxy : settings.httpProxy
}
