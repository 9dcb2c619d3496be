import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'

/** The proxy could not be used; the message says why, without its address, which may contain a password. */
export class ProxyFailedError extends Error {
  override readonly name = 'ProxyFailedError'
}

interface TunnelOptions {
  /** Trusted for the proxy and for the endpoint, in PEM. */
  readonly ca: readonly string[] | undefined
  readonly signal: AbortSignal
}

/**
 * Opens a TLS connection to the server of `target` through a proxy (CONNECT). The endpoint's certificate is checked as without one.
 *
 * @throws {ProxyFailedError} the proxy cannot be used; any other error is of the connection to the endpoint
 */
export async function openTunnel(
  proxy: string,
  target: URL,
  options: TunnelOptions,
): Promise<TLSSocket> {
  const socket = await askForTunnel(proxy, target, options)
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>()
  const host = withoutBrackets(target.hostname)
  const secure = connectTls({
    socket,
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...caOf(options),
  })
  const cutOff = () => secure.destroy(new Error('the time is over'))
  options.signal.addEventListener('abort', cutOff, { once: true })
  secure.on('error', reject)
  secure.on('secureConnect', () => {
    options.signal.removeEventListener('abort', cutOff)
    resolve(secure)
  })
  return promise
}

const withoutBrackets = (hostname: string) => hostname.replace(/^\[(.*)\]$/, '$1')

const caOf = ({ ca }: TunnelOptions) => (ca === undefined ? {} : { ca: [...ca] })

function askForTunnel(proxy: string, target: URL, options: TunnelOptions): Promise<Socket> {
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new ProxyFailedError('the proxy is no http:// or https:// address')
  const authority = `${target.hostname}:${target.port === '' ? '443' : target.port}`
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const isHttps = url.protocol === 'https:'
  const request = (isHttps ? requestHttps : requestHttp)({
    method: 'CONNECT',
    host: withoutBrackets(url.hostname),
    port: url.port === '' ? (isHttps ? 443 : 80) : Number(url.port),
    path: authority,
    headers: { host: authority, ...credentialsOf(url) },
    agent: false,
    signal: options.signal,
    ...caOf(options),
  })
  request.on('connect', ({ statusCode }, socket) => {
    if (statusCode === 200) return resolve(socket)
    socket.destroy()
    reject(new ProxyFailedError(refusalOf(statusCode)))
  })
  // A proxy that answers CONNECT as any other request.
  request.on('response', ({ statusCode }) => {
    request.destroy()
    reject(new ProxyFailedError(refusalOf(statusCode)))
  })
  request.on('error', (error: NodeJS.ErrnoException) => {
    const code = error.code === undefined ? '' : ` (${error.code})`
    reject(
      options.signal.aborted
        ? options.signal.reason
        : new ProxyFailedError(`the proxy cannot be reached${code}`),
    )
  })
  request.end()
  return promise
}

function credentialsOf({ username, password }: URL): { 'proxy-authorization'?: string } {
  if (username === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}

function refusalOf(status: number | undefined): string {
  return status === 407
    ? 'the proxy asks for a user and a password, or refuses ours'
    : `the proxy does not lead there (it answered ${status})`
}
