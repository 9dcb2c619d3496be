import { EhrRedirectedError, EhrWriteAmbiguousError } from '../fhir-errors.ts'
import { type Addresses, ownAddressOf } from './own-address.ts'

const maxRedirects = 3

const redirects: ReadonlySet<number> = new Set([300, 301, 302, 303, 305, 306, 307, 308])
/** After these a POST would become a GET, and whether the POST took effect is not said. */
const dropsBody: ReadonlySet<number> = new Set([301, 302, 303])
const isFollowed: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

export interface RedirectedRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly addresses: Addresses
  /** Every address of this request so far, its own included. */
  readonly visited: ReadonlySet<string>
  readonly what: string
}

/**
 * Where to send the request next; undefined when the answer is no redirect. Only within the same origin, so that the token goes nowhere
 * else, and with the same method and body.
 *
 * @throws {EhrRedirectedError} it leads elsewhere, in a circle, too far, or nowhere
 * @throws {EhrWriteAmbiguousError} a POST that may have taken effect
 */
export function redirectOf(
  answer: {
    readonly status: number
    readonly headers: Readonly<Record<string, string | string[] | undefined>>
  },
  { method, url, addresses, visited, what }: RedirectedRequest,
): URL | undefined {
  const { status } = answer
  if (!redirects.has(status)) return undefined
  if (method === 'POST' && dropsBody.has(status)) {
    throw new EhrWriteAmbiguousError(
      `${what}: the EHR answered ${status}, a redirect after which it is not known whether this was created`,
    )
  }
  const refuse = (why: string) =>
    new EhrRedirectedError(
      `${what}: the EHR answered ${status} and redirects ${why}; it was not followed: set Ehr__FhirBaseUrl to where the EHR answers itself`,
    )
  const [location] = [answer.headers['location'] ?? []].flat()
  if (location === undefined || location.trim() === '' || !isFollowed.has(status))
    throw refuse('without saying where')
  const next = ownAddressOf(location, url, addresses) ?? sameOrigin(location, url)
  if (next === undefined) throw refuse(`to ${originOf(location, url)}`)
  if (visited.has(next.href)) throw refuse('in a circle')
  if (visited.size > maxRedirects) throw refuse(`more than ${maxRedirects} times`)
  return next
}

function sameOrigin(location: string, current: URL): URL | undefined {
  const target = URL.parse(location, current.href)
  if (target === null || target.username !== '' || target.password !== '') return undefined
  target.hash = ''
  return target.origin === current.origin ? target : undefined
}

/** Neither path nor query: they may name a patient, or carry a signature. */
function originOf(location: string, current: URL): string {
  const target = URL.parse(location, current.href)
  return target === null || target.origin === 'null' ? 'no web address' : target.origin
}
