/** Where the EHR is, and what else it calls itself. Both end in a slash. */
export interface Addresses {
  /** What we call: `Ehr.FhirBaseUrl`. */
  readonly own: URL
  /** The base that its links name instead, when a proxy stands before it: `Ehr.PublicBaseUrl`. */
  readonly named: URL | undefined
}

/** Queries and fragments are no part of a base. */
export function toBase(address: string): URL {
  const base = new URL(address)
  base.search = ''
  base.hash = ''
  if (!base.pathname.endsWith('/')) base.pathname = `${base.pathname}/`
  return base
}

/**
 * Where a link of the EHR leads, if that is under our base; undefined when it is elsewhere and must not be followed. A link under the
 * base that the EHR is known to name is brought under our own: the other host is never called.
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

/** The base itself counts, with its last slash or without: some servers page at `[base]?page=…`. */
function isUnder(target: URL, base: URL): boolean {
  return (
    target.origin === base.origin &&
    (target.pathname.startsWith(base.pathname) || `${target.pathname}/` === base.pathname)
  )
}
