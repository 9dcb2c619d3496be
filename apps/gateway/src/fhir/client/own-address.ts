/** The base URLs of the EHR. Both end in a slash. */
export interface Addresses {
  /** The URL that we call: `Ehr.FhirBaseUrl`. */
  readonly own: URL
  /** The base URL in its links, if it differs because of a proxy: `Ehr.PublicBaseUrl`. */
  readonly named: URL | undefined
}

/** A base URL without query and fragment. */
export function toBase(address: string): URL {
  const base = new URL(address)
  base.search = ''
  base.hash = ''
  if (!base.pathname.endsWith('/')) base.pathname = `${base.pathname}/`
  return base
}

/**
 * The target of a link, if it is under our base URL; undefined if it is elsewhere and must not be followed. A link under the public
 * base URL is rewritten to our own: the other host is never called.
 */
export function ownAddressOf(
  link: string,
  current: URL,
  { own, named }: Addresses,
): URL | undefined {
  const target = URL.parse(link, current.href)
  if (target === null || target.username !== '' || target.password !== '') return undefined
  target.hash = ''
  if (isUnder(target, own)) return target
  if (named === undefined || !isUnder(target, named)) return undefined
  const moved = new URL(own)
  moved.pathname = `${own.pathname}${target.pathname.slice(named.pathname.length)}`
  moved.search = target.search
  return isUnder(moved, own) ? moved : undefined
}

/** The base itself counts, with or without its trailing slash: some servers page at `[base]?page=…`. */
function isUnder(target: URL, base: URL): boolean {
  return (
    target.origin === base.origin &&
    (target.pathname.startsWith(base.pathname) || `${target.pathname}/` === base.pathname)
  )
}
