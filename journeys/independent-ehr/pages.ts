import { type Answer, refusal, resourceAnswer } from './answers.ts'
import type { SearchBehaviour } from './behaviour.ts'
import type { ReadFault } from './chart-faults.ts'

interface Session {
  readonly resourceType: string
  readonly entries: readonly object[]
  readonly offset: number
  readonly pageSize: number
}

export const pageParameter = '_page'

/** The pages of searches: a next link contains a session and an offset. */
export class Pages {
  readonly #search: SearchBehaviour
  readonly #sessions = new Map<string, Session>()

  constructor(search: SearchBehaviour) {
    this.#search = search
  }

  first(
    resourceType: string,
    entries: readonly object[],
    asked: URLSearchParams,
    faults: readonly ReadFault[],
    fhirBaseUrl: string,
  ): Answer {
    const { pageSize, pageLimit } = this.#search
    const count = Number(asked.get('_count') ?? pageSize)
    const isOneAPage = faults.some((fault) => fault.kind === 'one_a_page')
    const size = isOneAPage ? 1 : Math.max(1, Math.min(count, pageLimit))
    return this.#page({ resourceType, entries, offset: 0, pageSize: size }, faults, fhirBaseUrl)
  }

  next(token: string, faults: readonly ReadFault[], fhirBaseUrl: string): Answer {
    const session = this.#sessions.get(token)
    if (session === undefined || faults.some((fault) => fault.kind === 'page_gone'))
      return refusal(410, 'expired', 'this search does not exist, or no longer')
    return this.#page(session, faults, fhirBaseUrl)
  }

  #page(session: Session, faults: readonly ReadFault[], fhirBaseUrl: string): Answer {
    const { resourceType, entries, offset, pageSize } = session
    const end = offset + pageSize
    const has = (kind: ReadFault['kind']) => faults.some((fault) => fault.kind === kind)
    const page = entries.slice(offset, end)
    const hasNext = end < entries.length || has('next_loop')
    const next = hasNext
      ? this.#link({ ...session, offset: has('next_loop') ? offset : end })
      : undefined
    const total =
      this.#total(matchesIn(entries), matchesIn(page)) ??
      (has('total_larger') ? page.length : undefined)
    return resourceAnswer(200, {
      resourceType: 'Bundle',
      id: `search-${this.#sessions.size}`,
      type: 'searchset',
      ...(total === undefined ? {} : { total: total + (has('total_larger') ? 7 : 0) }),
      link: [
        { relation: 'self', url: `${fhirBaseUrl}/${resourceType}` },
        ...(next === undefined
          ? []
          : [
              {
                relation: 'next',
                url: this.#url(next, session, has('next_other_host'), fhirBaseUrl),
              },
            ]),
      ],
      entry: page,
    })
  }

  #total(ofAll: number, ofPage: number): number | undefined {
    return { of_all: ofAll, of_page: ofPage, none: undefined }[this.#search.total]
  }

  #link(session: Session): string {
    const token = `${session.resourceType}-${this.#sessions.size}-${session.offset}`
    // A loop leads to the same page by the same link.
    const known = [...this.#sessions].find(
      ([, one]) => one.entries === session.entries && one.offset === session.offset,
    )
    if (known !== undefined) return known[0]
    this.#sessions.set(token, session)
    return token
  }

  #url(
    token: string,
    { resourceType }: Session,
    isElsewhere: boolean,
    fhirBaseUrl: string,
  ): string {
    const query = `?${pageParameter}=${token}`
    if (isElsewhere) return `https://ehr.example.org/fhir/r4/${resourceType}${query}`
    switch (this.#search.nextLink) {
      case 'absolute':
        return `${fhirBaseUrl}/${resourceType}${query}`
      case 'relative':
        return `${resourceType}${query}`
      case 'query_only':
        return query
      default:
        return this.#search.nextLink satisfies never
    }
  }
}

/** What a total counts. @see https://hl7.org/fhir/R4/bundle.html#searchset */
function matchesIn(entries: readonly object[]): number {
  return entries.filter((entry) => modeOf(entry) === 'match').length
}

function modeOf(entry: { readonly search?: { readonly mode?: string } }): string | undefined {
  return entry.search?.mode
}
