import type { Clock } from '../clock.ts'
import { type GatewayConfig, keyName } from '../config.ts'
import type { TransportSettings } from '../fhir/client/ehr-transport.ts'
import { createSmallFetch } from '../fhir/client/small-fetch.ts'
import { usedProxies } from '../fhir/client/used-proxies.ts'
import type { Log } from '../log.ts'
import type { OpenParts } from '../open-parts.ts'
import type { People } from '../people/change-people.ts'
import { Oidc } from '../people/oidc.ts'
import type { RecordSecurityEvent } from '../people/security-events.ts'
import type { Store } from '../store/store.ts'

const requestTimeoutMs = 10_000
const maxConnections = 4

/**
 * How the identity provider is reached: through the proxy of the section `Proxy`, with the certificate authorities that Node trusts.
 *
 * @throws {ConfigError} the proxy cannot be used
 */
export function prepareSingleSignOn(config: GatewayConfig): TransportSettings {
  const { Issuer } = config.Oidc
  const { Http: httpProxy, Https: httpsProxy, Exclude: noProxy } = config.Proxy
  const name = keyName(config, 'Oidc.Issuer')
  return {
    ...usedProxies(
      Issuer === undefined ? [] : [Issuer],
      { httpProxy, httpsProxy, noProxy },
      `exclude the host of ${name} from them by NO_PROXY`,
    ),
    maxConnections,
    requestTimeoutMs,
    ca: undefined,
    client: undefined,
  }
}

export function createSingleSignOn(
  parts: OpenParts,
  {
    config,
    transport,
    ...others
  }: {
    readonly config: GatewayConfig
    readonly transport: TransportSettings
    readonly store: Store
    readonly people: People
    readonly record: RecordSecurityEvent
    readonly clock: Clock
    readonly log: Log
  },
): Oidc {
  const smallFetch = createSmallFetch(transport, {
    what: 'the identity provider',
    check: `${keyName(config, 'Oidc.Issuer')} and the section Proxy`,
    // A private certificate authority of the identity provider is configured for Node itself.
    keyName: (key) => (key === 'CaFile' ? 'NODE_EXTRA_CA_CERTS' : undefined),
  })
  parts.add('connections to the identity provider', () => smallFetch.close())
  return new Oidc({
    settings: config.Oidc,
    fetch: (url, request) => smallFetch.fetch(url, request),
    ...others,
  })
}
