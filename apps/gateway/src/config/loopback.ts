import { BlockList, isIPv6 } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** This machine itself: `localhost`, 127.0.0.0/8 or ::1, as `URL.hostname` writes them. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
  if (host.toLowerCase() === 'localhost') return true
  return isIPv6(host) ? loopback.check(host, 'ipv6') : loopback.check(host, 'ipv4')
}

/** Whether requests to this address can be read on the network. */
export function isUnencrypted(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol !== 'https:' && !isLoopback(hostname)
}
