import { lookup } from 'node:dns/promises'
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net'

/** The address of an endpoint may not be called; the message says why. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError'
}

export interface ResolvedAddress {
  readonly address: string
  readonly family: number
}

/** Where webhooks may go. The address that is checked is the one that is connected to: a name is looked up once, by the connection itself. */
export interface Destinations {
  /** Why this address cannot be an endpoint, in a sentence; undefined when it can. A name that is unknown now may be known later. */
  faultOf(url: string): Promise<string | undefined>
  /** @throws {AddressRefusedError} the host is an address that may not be called */
  requireAllowedHost(url: URL): void
  /** For the connection to `url`: gives it only addresses that may be called. */
  lookupFor(url: URL): LookupFunction
}

/**
 * Addresses of this machine, of its network or of none. In IPv6 only 2000::/3 is public, so metadata services and addresses that
 * hold an IPv4 one are outside of it.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const specialIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
const publicIpv6 = ['2000::/3']
const specialIpv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']
const thisMachine = ['127.0.0.0/8', '::1/128']

function listOf(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    list.addSubnet(
      address,
      bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits),
      family,
    )
  }
  return (address) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

const isSpecialIpv4 = listOf(specialIpv4)
const isInPublicIpv6 = listOf(publicIpv6)
const isSpecialIpv6 = listOf(specialIpv6)
const isThisMachine = listOf(thisMachine)

function isPublic(address: string): boolean {
  return isIPv6(address)
    ? isInPublicIpv6(address) && !isSpecialIpv6(address)
    : !isSpecialIpv4(address)
}

/** The host as an address, without the brackets of IPv6. */
const hostOf = ({ hostname }: URL) => hostname.replace(/^\[(.*)\]$/, '$1')

export interface DestinationOptions {
  /** Addresses and ranges that may be called although they are private. */
  readonly allowedNetworks: readonly string[]
  readonly resolve?: (hostname: string) => Promise<readonly ResolvedAddress[]>
}

export function createDestinations({
  allowedNetworks,
  resolve = (hostname) => lookup(hostname, { all: true }),
}: DestinationOptions): Destinations {
  const isAllowedNetwork = listOf(allowedNetworks)

  function addressFault(address: string, protocol: string): string | undefined {
    if (!isAllowedNetwork(address) && !isPublic(address))
      return 'it leads to a private address; the operator can allow its network by Webhooks__AllowedNetworks'
    if (protocol !== 'https:' && !isThisMachine(address))
      return 'an endpoint on another machine needs https://'
    return undefined
  }

  async function faultOf(text: string): Promise<string | undefined> {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url === undefined || !/^https?:$/.test(url.protocol)) return 'it has to start with https://'
    if (url.username !== '' || url.password !== '')
      return 'it may not contain a user or a password; verify the signature instead'
    if (url.hash !== '') return 'it may not contain a fragment (#…)'
    const host = hostOf(url)
    if (isIP(host) !== 0) return addressFault(host, url.protocol)
    const addresses = await resolve(host).catch(() => [])
    const faults = addresses.map(({ address }) => addressFault(address, url.protocol))
    if (faults.length > 0 && !faults.includes(undefined)) return faults[0]
    return faults.length === 0 && url.protocol !== 'https:'
      ? 'an endpoint on another machine needs https://'
      : undefined
  }

  return {
    faultOf,
    requireAllowedHost(url) {
      const host = hostOf(url)
      const fault = isIP(host) === 0 ? undefined : addressFault(host, url.protocol)
      if (fault !== undefined) throw new AddressRefusedError(fault)
    },
    lookupFor: (url) => (hostname, options, callback) => {
      void (async () => {
        try {
          const addresses = await resolve(hostname)
          const usable = addresses.filter(
            ({ address }) => addressFault(address, url.protocol) === undefined,
          )
          const [first] = usable
          if (first === undefined)
            throw new AddressRefusedError(
              addressFault(addresses[0]?.address ?? '0.0.0.0', url.protocol) ??
                'its host name has no address',
            )
          if (options.all === true) callback(null, [...usable])
          else callback(null, first.address, first.family)
        } catch (error) {
          callback(error as NodeJS.ErrnoException, '', 0)
        }
      })()
    },
  }
}
