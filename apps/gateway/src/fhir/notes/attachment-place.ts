/** Where an attachment's bytes are to be had. */
export type AttachmentPlace =
  | { readonly kind: 'binary'; readonly id: string }
  | { readonly kind: 'contained'; readonly id: string }
  | { readonly kind: 'signed_url'; readonly url: URL }
  | { readonly kind: 'nowhere'; readonly reason: string }

export interface AttachmentSources {
  readonly fhirBaseUrl: string
  /** Hosts from which links that carry their own permission are followed, without our token. */
  readonly signedUrlHosts: readonly string[]
}

const binaryPath = /^Binary\/([A-Za-z0-9\-._]{1,128})(?:\/_history\/[^/]+)?\/?$/

/** An id means nothing without its server: a Binary is ours only under the FHIR base. */
export function placeOf(
  address: string,
  { fhirBaseUrl, signedUrlHosts }: AttachmentSources,
): AttachmentPlace {
  if (address.startsWith('#')) return { kind: 'contained', id: address.slice(1) }
  const base = new URL(fhirBaseUrl.endsWith('/') ? fhirBaseUrl : `${fhirBaseUrl}/`)
  const url = URL.parse(address, base.href)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return { kind: 'nowhere', reason: 'its address is none that can be read' }
  if (url.origin === base.origin && url.pathname.startsWith(base.pathname)) {
    const [, id] = binaryPath.exec(url.pathname.slice(base.pathname.length)) ?? []
    return id === undefined
      ? { kind: 'nowhere', reason: 'its address is no Binary of the EHR' }
      : { kind: 'binary', id }
  }
  const isListed = signedUrlHosts.some((host) =>
    [url.host, url.hostname].includes(host.toLowerCase()),
  )
  if (!isListed) return { kind: 'nowhere', reason: 'on another server (Ehr__SignedUrlHosts)' }
  return url.protocol === 'https:' || isLoopback(url.hostname)
    ? { kind: 'signed_url', url }
    : { kind: 'nowhere', reason: 'on another server, without https' }
}

export const isLoopback = (hostname: string) =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)
