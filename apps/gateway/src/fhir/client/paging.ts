import { bothNames } from '../../config/both-names.ts'
import { asksForLongWait, GatewayError } from '../../errors.ts'
import { EhrQuotaExhaustedError, EhrUnauthorizedError } from '../fhir-errors.ts'
import { issuesOf, type OutcomeIssue } from './answer/operation-outcome.ts'
import { isObject, type Json, type JsonObject } from './parse-resource.ts'
import { type Addresses, ownAddressOf } from './own-address.ts'

export interface SearchLimits {
  readonly maxPages: number
  readonly maxEntries: number
  /** Limit for all pages together. */
  readonly maxSearchBytes: number
  /** Limit for one page, and approximately for all pages together. */
  readonly maxNodes: number
}

export interface Page {
  readonly bundle: JsonObject
  readonly bytes: number
  readonly nodes: number
}

export interface SearchResult {
  readonly resources: readonly JsonObject[]
  /** Why the result is incomplete; undefined if it is complete. */
  readonly cutOff: string | undefined
  /** Issues of the OperationOutcomes among the entries. */
  readonly outcomes: readonly OutcomeIssue[]
}

export interface PagedSearch {
  readonly first: URL
  readonly resourceType: string
  readonly addresses: Addresses
  readonly limits: SearchLimits
  /** Keeps the pages before a transient failure instead of failing: for the last attempt. */
  readonly keepPartial: boolean
  /** Reads only the first page, even if it has a next link. */
  readonly firstPageOnly: boolean
  read(url: URL): Promise<Page>
}

/** After this many consecutive pages without a new resource, the EHR is assumed to page endlessly. */
const maxPagesWithoutNewResources = 2

/**
 * Reads every page of a search by its `next` links: only under our own base URL, each page once, and within the limits. If a link or
 * page cannot be followed, the pages before it are returned as partial.
 *
 * @throws the error of `read` for the first page; for a later page only a transient one, unless `keepPartial`
 */
export async function readAllPages(search: PagedSearch): Promise<SearchResult> {
  const { first, limits, addresses } = search
  const found = new SearchPages(search.resourceType)
  const visited = new Set<string>()
  let pagesWithoutNewResources = 0
  let url = first
  for (let pages = 1; ; pages += 1) {
    visited.add(withoutFragment(url))
    let page: Page
    try {
      page = await search.read(url)
    } catch (error) {
      if (pages === 1 || !keepsEarlierPages(error, search.keepPartial)) throw error
      return found.partial(`page ${pages} could not be read: ${error.code}`)
    }
    const before = found.distinctCount
    if (!found.add(page, limits.maxEntries))
      return found.partial(
        `more than ${limits.maxEntries} entries (${bothNames('Ehr.Limits.MaxEntries')})`,
      )

    const link = nextLinkOf(page.bundle)
    if (link === undefined) return found.complete()
    if (search.firstPageOnly) return found.partial('only the first page was requested')
    const next = followable(link, url, addresses)
    if (next === undefined)
      return found.partial(
        "the EHR's next link is empty or leads outside of its base URL; it was not followed",
      )
    if (visited.has(withoutFragment(next)))
      return found.partial("the EHR's next links lead in a circle")
    pagesWithoutNewResources = found.distinctCount === before ? pagesWithoutNewResources + 1 : 0
    if (pagesWithoutNewResources >= maxPagesWithoutNewResources)
      return found.partial(
        `the EHR's next links continue after ${pages} pages without new resources`,
      )
    const limit = found.exceededLimit(pages, limits)
    if (limit !== undefined) return found.partial(limit)
    url = next
  }
}

/** Collects the pages of a search. */
class SearchPages {
  readonly #resourceType: string
  readonly #resources: JsonObject[] = []
  readonly #outcomes: OutcomeIssue[] = []
  readonly #ids = new Set<string>()
  readonly #matchIds = new Set<string>()
  #matchesWithoutId = 0
  #total = 0
  #bytes = 0
  #nodes = 0

  constructor(resourceType: string) {
    this.#resourceType = resourceType
  }

  get distinctCount(): number {
    return this.#ids.size
  }

  /** False if the page exceeds `maxEntries`. */
  add({ bundle, bytes, nodes }: Page, maxEntries: number): boolean {
    this.#bytes += bytes
    this.#nodes += nodes
    const { total } = bundle
    if (typeof total === 'number' && Number.isInteger(total))
      this.#total = Math.max(this.#total, total)
    for (const entry of Array.isArray(bundle['entry'])
      ? (bundle['entry'] as readonly Json[])
      : []) {
      const resource = isObject(entry) ? entry['resource'] : undefined
      if (!isObject(entry) || !isObject(resource)) continue
      if (this.#resources.length >= maxEntries) return false
      this.#resources.push(resource)
      this.#outcomes.push(...issuesOf(resource))
      this.#count(resource, isMatch(entry, resource, this.#resourceType))
    }
    return true
  }

  exceededLimit(pages: number, limits: SearchLimits): string | undefined {
    if (pages >= limits.maxPages)
      return `more than ${limits.maxPages} pages (${bothNames('Ehr.Limits.MaxPages')})`
    if (this.#bytes >= limits.maxSearchBytes)
      return `more than ${limits.maxSearchBytes} bytes (${bothNames('Ehr.Limits.MaxSearchBytes')})`
    if (this.#nodes >= limits.maxNodes)
      return `more than ${limits.maxNodes} values (${bothNames('Ehr.Limits.MaxNodes')})`
    return undefined
  }

  partial(cutOff: string): SearchResult {
    return { resources: this.#resources, cutOff, outcomes: this.#outcomes }
  }

  /** The result after the last page. It is still partial if the EHR's `total` is higher. */
  complete(): SearchResult {
    const matches = this.#matchIds.size + this.#matchesWithoutId
    return {
      resources: this.#resources,
      cutOff:
        this.#total > matches
          ? `the EHR reports ${this.#total} matches and returned ${matches}`
          : undefined,
      outcomes: this.#outcomes,
    }
  }

  #count(resource: JsonObject, isCounted: boolean): void {
    const { id, resourceType } = resource
    if (typeof id !== 'string') {
      if (isCounted) this.#matchesWithoutId += 1
      return
    }
    const name = `${String(resourceType)}/${id}`
    this.#ids.add(name)
    if (isCounted) this.#matchIds.add(name)
  }
}

/** `Bundle.total` counts neither included resources nor outcomes. @see https://hl7.org/fhir/R4/bundle.html#searchset */
function isMatch(entry: JsonObject, resource: JsonObject, resourceType: string): boolean {
  const mode = isObject(entry['search']) ? entry['search']['mode'] : undefined
  if (resource['resourceType'] === 'OperationOutcome') return false
  return mode === undefined ? resource['resourceType'] === resourceType : mode === 'match'
}

/** The URL of the next link, empty if the link has no URL; undefined without a next link. */
function nextLinkOf(bundle: JsonObject): string | undefined {
  const links: readonly Json[] = Array.isArray(bundle['link']) ? bundle['link'] : []
  const next = links.filter(isObject).find((link) => link['relation'] === 'next')
  if (next === undefined) return undefined
  return typeof next['url'] === 'string' ? next['url'].trim() : ''
}

/** A `_search` link cannot be followed: it needs a POST with a form, which a link does not contain. */
function followable(link: string, current: URL, addresses: Addresses): URL | undefined {
  const next = link === '' ? undefined : ownAddressOf(link, current, addresses)
  return next === undefined || next.pathname.endsWith('/_search') ? undefined : next
}

function withoutFragment(url: URL): string {
  const plain = new URL(url)
  plain.hash = ''
  return plain.href
}

/** A spent daily budget, a long wait or a refused client do not concern this search: they fail the attempt. */
function keepsEarlierPages(error: unknown, keepPartial: boolean): error is GatewayError {
  if (!(error instanceof GatewayError)) return false
  if (error instanceof EhrQuotaExhaustedError || error instanceof EhrUnauthorizedError) return false
  if (asksForLongWait(error)) return false
  return keepPartial || error.kind === 'permanent'
}
