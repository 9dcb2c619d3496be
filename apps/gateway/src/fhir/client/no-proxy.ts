import { BlockList, isIP, isIPv6 } from 'node:net'

/**
 * Whether `NO_PROXY` names this host: by name with all its subdomains (`example.org`, `.example.org`, `*.example.org`), by address
 * or range (`10.0.0.0/8`), each also for one port only (`example.org:8443`), or `*` for every host.
 */
export function isExempt(hostname: string, port: number, noProxy: string): boolean {
  const host = normalizeHost(hostname)
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => isNamedBy(entry, host, port))
}

function isNamedBy(entry: string, host: string, port: number): boolean {
  const { name, onlyPort } = parseEntry(entry)
  if (onlyPort !== undefined && onlyPort !== port) return false
  if (name === '*' || name === host) return true
  if (name.includes('/')) return isInRange(host, name)
  const domain = name.replace(/^\*?\./, '')
  return (
    domain !== '' && ((host === domain && !name.startsWith('*')) || host.endsWith(`.${domain}`))
  )
}

/** `[::1]:443`, `::1`, `example.org:443`, `example.org`. */
function parseEntry(entry: string): { readonly name: string; readonly onlyPort?: number } {
  const bracketed = /^(\[[^\]]+\])(?::(\d+))?$/.exec(entry)
  const plain = /^([^:]+):(\d+)$/.exec(entry)
  const [, name = entry, onlyPort] = bracketed ?? plain ?? []
  return {
    name: normalizeHost(name),
    ...(onlyPort === undefined ? {} : { onlyPort: Number(onlyPort) }),
  }
}

function isInRange(host: string, range: string): boolean {
  const [network = '', length = ''] = range.split('/')
  const family = isIPv6(network) ? 'ipv6' : 'ipv4'
  const bits = Number(length)
  if (isIP(host) === 0 || isIP(network) === 0 || !/^\d+$/.test(length)) return false
  if (isIPv6(host) !== isIPv6(network) || bits > (family === 'ipv6' ? 128 : 32)) return false
  const addresses = new BlockList()
  addresses.addSubnet(network, bits, family)
  return addresses.check(host, family)
}

/** Lower case, without the brackets of IPv6 and without a trailing dot. */
function normalizeHost(name: string): string {
  return name
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/(.)\.$/, '$1')
}
