import { bothNames } from '../../config/both-names.ts'
import { EhrRedirectedError, EhrWriteAmbiguousError } from '../fhir-errors.ts'
import { type Addresses, ownAddressOf } from './own-address.ts'

const maxRedirects = 3

const redirects: ReadonlySet<number> = new Set([300, 301, 302, 303, 305, 306, 307, 308])
/** After these a POST would become a GET, and it is unknown whether the POST took effect. */
const dropsBody: ReadonlySet<number> = new Set([301, 302, 303])
const isFollowed: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

export interface RedirectedRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly addresses: Addresses
  /** Every URL of this request so far, including its own. */
  readonly visited: ReadonlySet<string>
  readonly what: string
}

/**
 * Where to send the request next; undefined if the answer is not a redirect. Only within the same origin, so that the token is not
 * sent elsewhere, and with the same method and body.
 *
 * @throws {EhrRedirectedError} it leads to another origin, in a loop, through too many hops, or has no location
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
      `${what}: the EHR answered ${status}, a redirect, so it is unknown whether this was created`,
    )
  }
  const refuse = (why: string) =>
    new EhrRedirectedError(
      `${what}: the EHR answered ${status} and redirects ${why}; it was not followed: set ${bothNames('Ehr.FhirBaseUrl')} to the address that does not redirect`,
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

/** Without path and query: they may name a patient or contain a signature. */
function originOf(location: string, current: URL): string {
  const target = URL.parse(location, current.href)
  return target === null || target.origin === 'null' ? 'no web address' : target.origin
}
