import { bothNames } from '../../config/both-names.ts'

/** Where an attachment's bytes can be read. */
export type AttachmentLocation =
  | { readonly kind: 'binary'; readonly id: string }
  | { readonly kind: 'contained'; readonly id: string }
  | { readonly kind: 'signed_url'; readonly url: URL }
  | { readonly kind: 'nowhere'; readonly reason: string }

export interface AttachmentSources {
  readonly fhirBaseUrl: string
  /** Hosts whose signed links are followed, without our token. */
  readonly signedUrlHosts: readonly string[]
}

const binaryPath = /^Binary\/([A-Za-z0-9\-._]{1,128})(?:\/_history\/[^/]+)?\/?$/

/** A Binary belongs to this EHR only if its URL is under the FHIR base. */
export function locationOf(
  address: string,
  { fhirBaseUrl, signedUrlHosts }: AttachmentSources,
): AttachmentLocation {
  if (address.startsWith('#')) return { kind: 'contained', id: address.slice(1) }
  const base = new URL(fhirBaseUrl.endsWith('/') ? fhirBaseUrl : `${fhirBaseUrl}/`)
  const url = URL.parse(address, base.href)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return { kind: 'nowhere', reason: 'its URL cannot be read' }
  if (url.origin === base.origin && url.pathname.startsWith(base.pathname)) {
    const [, id] = binaryPath.exec(url.pathname.slice(base.pathname.length)) ?? []
    return id === undefined
      ? { kind: 'nowhere', reason: 'its URL is not a Binary of the EHR' }
      : { kind: 'binary', id }
  }
  const isListed = signedUrlHosts.some((host) =>
    [url.host, url.hostname].includes(host.toLowerCase()),
  )
  if (!isListed)
    return { kind: 'nowhere', reason: `on another server (${bothNames('Ehr.SignedUrlHosts')})` }
  return url.protocol === 'https:' || isLoopback(url.hostname)
    ? { kind: 'signed_url', url }
    : { kind: 'nowhere', reason: 'on another server, without https' }
}

export const isLoopback = (hostname: string) =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)
