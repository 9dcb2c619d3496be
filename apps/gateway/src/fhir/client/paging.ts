import { asksForLongWait, GatewayError } from '../../errors.ts'
import { EhrQuotaExhaustedError, EhrUnauthorizedError } from '../fhir-errors.ts'
import { issuesOf, type OutcomeIssue } from './answer/operation-outcome.ts'
import { isObject, type Json, type JsonObject } from './limits.ts'
import { type Addresses, ownAddressOf } from './own-address.ts'

export interface SearchLimits {
  readonly maxPages: number
  readonly maxEntries: number
  /** Of all pages together. */
  readonly maxSearchBytes: number
  /** Of one page, and about of all pages together. */
  readonly maxNodes: number
}

export interface Page {
  readonly bundle: JsonObject
  readonly bytes: number
  readonly nodes: number
}

export interface SearchResult {
  readonly resources: readonly JsonObject[]
  /** Why not everything there is was read; undefined when it was. */
  readonly cutOff: string | undefined
  /** What the EHR says of its own answer, in OperationOutcomes among the entries. */
  readonly outcomes: readonly OutcomeIssue[]
}

export interface PagedSearch {
  readonly first: URL
  readonly resourceType: string
  readonly addresses: Addresses
  readonly limits: SearchLimits
  /** Keeps the pages before one that cannot be read for now, instead of failing: for the last attempt. */
  readonly keepPartial: boolean
  /** Reads the first page only, whatever it says of a next one. */
  readonly firstPageOnly: boolean
  read(url: URL): Promise<Page>
}

/** Pages in a row without a resource that was not there before: the EHR goes on without end. */
const maxPagesWithoutNews = 2

/**
 * Every page of a search, by its `next` links: under our own base only, never the same one twice, and not more than the limits allow.
 * What was read before a link or a page that cannot be followed is kept, and said to be partial.
 *
 * @throws what `read` throws for the first page; for a later one what may pass with time, unless `keepPartial`
 */
export async function readAllPages(search: PagedSearch): Promise<SearchResult> {
  const { first, limits, addresses } = search
  const found = new Found(search.resourceType)
  const visited = new Set<string>()
  let pagesWithoutNews = 0
  let url = first
  for (let pages = 1; ; pages += 1) {
    visited.add(withoutFragment(url))
    let page: Page
    try {
      page = await search.read(url)
    } catch (error) {
      if (pages === 1 || !isKept(error, search.keepPartial)) throw error
      return found.partial(`page ${pages} could not be read: ${error.code}`)
    }
    const before = found.distinctCount
    if (!found.add(page, limits.maxEntries))
      return found.partial(`more than ${limits.maxEntries} entries (Ehr__Limits__MaxEntries)`)

    const link = nextLinkOf(page.bundle)
    if (link === undefined) return found.whole()
    if (search.firstPageOnly) return found.partial('only the first page was asked for')
    const next = followable(link, url, addresses)
    if (next === undefined)
      return found.partial("the EHR's next link leads elsewhere, or nowhere; it was not followed")
    if (visited.has(withoutFragment(next)))
      return found.partial("the EHR's next links lead in a circle")
    pagesWithoutNews = found.distinctCount === before ? pagesWithoutNews + 1 : 0
    if (pagesWithoutNews >= maxPagesWithoutNews)
      return found.partial(`the EHR's next links go on after ${pages} pages and bring nothing new`)
    const limit = found.limitPassed(pages, limits)
    if (limit !== undefined) return found.partial(limit)
    url = next
  }
}

/** What came so far. */
class Found {
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

  /** False when not all of it may be kept. */
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

  limitPassed(pages: number, limits: SearchLimits): string | undefined {
    if (pages >= limits.maxPages)
      return `more than ${limits.maxPages} pages (Ehr__Limits__MaxPages)`
    if (this.#bytes >= limits.maxSearchBytes)
      return `more than ${limits.maxSearchBytes} bytes (Ehr__Limits__MaxSearchBytes)`
    if (this.#nodes >= limits.maxNodes)
      return `more than ${limits.maxNodes} values (Ehr__Limits__MaxNodes)`
    return undefined
  }

  partial(cutOff: string): SearchResult {
    return { resources: this.#resources, cutOff, outcomes: this.#outcomes }
  }

  /** All that the EHR links to; its own count may still say that there is more. */
  whole(): SearchResult {
    const matches = this.#matchIds.size + this.#matchesWithoutId
    return {
      resources: this.#resources,
      cutOff: this.#total > matches ? `the EHR says ${this.#total}, ${matches} came` : undefined,
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

/** What `Bundle.total` counts: neither what is included nor outcomes. @see https://hl7.org/fhir/R4/bundle.html#searchset */
function isMatch(entry: JsonObject, resource: JsonObject, resourceType: string): boolean {
  const mode = isObject(entry['search']) ? entry['search']['mode'] : undefined
  if (resource['resourceType'] === 'OperationOutcome') return false
  return mode === undefined ? resource['resourceType'] === resourceType : mode === 'match'
}

/** The text of the next link, empty where it is there and says nothing; undefined when there is none. */
function nextLinkOf(bundle: JsonObject): string | undefined {
  const links: readonly Json[] = Array.isArray(bundle['link']) ? bundle['link'] : []
  const next = links.filter(isObject).find((link) => link['relation'] === 'next')
  if (next === undefined) return undefined
  return typeof next['url'] === 'string' ? next['url'].trim() : ''
}

/** `_search` is asked with POST, and the form that it wants is not in a link. */
function followable(link: string, current: URL, addresses: Addresses): URL | undefined {
  const next = link === '' ? undefined : ownAddressOf(link, current, addresses)
  return next === undefined || next.pathname.endsWith('/_search') ? undefined : next
}

function withoutFragment(url: URL): string {
  const plain = new URL(url)
  plain.hash = ''
  return plain.href
}

/** A day that is spent, a long wait or a client that is refused say nothing of this search: they are the attempt's failure. */
function isKept(error: unknown, keepPartial: boolean): error is GatewayError {
  if (!(error instanceof GatewayError)) return false
  if (error instanceof EhrQuotaExhaustedError || error instanceof EhrUnauthorizedError) return false
  if (asksForLongWait(error)) return false
  return keepPartial || error.kind === 'permanent'
}
