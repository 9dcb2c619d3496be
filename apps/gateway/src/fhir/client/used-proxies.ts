import { ConfigError } from '../../config.ts'
import { proxyFor, type TransportSettings } from './ehr-transport.ts'

export type Proxies = Pick<TransportSettings, 'httpProxy' | 'httpsProxy' | 'noProxy'>

/**
 * The proxies that can be used. An unusable one of the environment is only an error if one of the addresses is reached through it.
 *
 * @param otherwise what else the operator may do, as the end of a sentence
 * @throws {ConfigError}
 */
export function usedProxies(
  addresses: readonly string[],
  proxies: Proxies,
  otherwise: string,
): Proxies {
  const used = addresses.map((url) => proxyFor(new URL(url), proxies))
  if (used.some((uri) => uri !== undefined && !isProxyUrl(uri)))
    throw new ConfigError([
      `Proxy: found a secret; HTTPS_PROXY and HTTP_PROXY must be http:// or https:// addresses, or ${otherwise}`,
    ])
  const usable = (uri: string | undefined) =>
    uri !== undefined && isProxyUrl(uri) ? uri : undefined
  return {
    httpsProxy: usable(proxies.httpsProxy),
    httpProxy: usable(proxies.httpProxy),
    noProxy: proxies.noProxy,
  }
}

function isProxyUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
