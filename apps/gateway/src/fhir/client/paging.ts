import { EhrForeignLinkError, EhrLinkLoopError } from '../fhir-errors.ts'
import { isObject, type Json, type JsonObject } from './limits.ts'

export interface SearchLimits {
  readonly maxPages: number
  readonly maxEntries: number
  /** Of all pages together. */
  readonly maxSearchBytes: number
}

export interface Page {
  readonly bundle: JsonObject
  readonly bytes: number
}

export interface SearchResult {
  readonly resources: readonly JsonObject[]
  /** Why not everything there is was read; undefined when it was. */
  readonly cutOff: string | undefined
}

/**
 * Every page of a search, by its `next` links: to the same origin and path prefix only, never the same one twice, and not more than
 * the limits allow. Past a limit what was read is kept, and said to be partial.
 *
 * @throws {EhrForeignLinkError} {EhrLinkLoopError}
 */
export async function readAllPages(
  first: URL,
  limits: SearchLimits,
  what: string,
  read: (url: URL) => Promise<Page>,
): Promise<SearchResult> {
  const resources: JsonObject[] = []
  const visited = new Set<string>()
  let url: URL | undefined = first
  let bytes = 0
  for (let pages = 0; url !== undefined; pages += 1) {
    if (pages >= limits.maxPages)
      return { resources, cutOff: `more than ${limits.maxPages} pages (Ehr__Limits__MaxPages)` }
    if (visited.has(url.href))
      throw new EhrLinkLoopError(`${what}: the EHR's next links lead in a circle`)
    visited.add(url.href)
    const { bundle, bytes: pageBytes } = await read(url)
    bytes += pageBytes
    const entries: readonly Json[] = Array.isArray(bundle['entry']) ? bundle['entry'] : []
    for (const entry of entries) {
      if (resources.length >= limits.maxEntries) {
        return {
          resources,
          cutOff: `more than ${limits.maxEntries} entries (Ehr__Limits__MaxEntries)`,
        }
      }
      const resource = isObject(entry) ? entry['resource'] : undefined
      if (isObject(resource)) resources.push(resource)
    }
    url = nextOf(bundle, url, first, what)
    if (url !== undefined && bytes >= limits.maxSearchBytes) {
      return {
        resources,
        cutOff: `more than ${limits.maxSearchBytes} bytes (Ehr__Limits__MaxSearchBytes)`,
      }
    }
  }
  return { resources, cutOff: undefined }
}

function nextOf(bundle: JsonObject, current: URL, first: URL, what: string): URL | undefined {
  const links: readonly Json[] = Array.isArray(bundle['link']) ? bundle['link'] : []
  for (const link of links) {
    if (!isObject(link) || link['relation'] !== 'next' || typeof link['url'] !== 'string') continue
    const next = URL.parse(link['url'], current.href)
    if (next === null || next.origin !== first.origin || next.username !== '') {
      throw new EhrForeignLinkError(
        `${what}: the EHR's next link leads to another host; it was not followed`,
      )
    }
    return next
  }
  return undefined
}
