import type { Mode } from '../modes/mode.ts'
import type { JsonObject } from './resource.ts'
import type { Charts, Stored } from './resource-store.ts'
import type { SearchResult } from './search.ts'

/** The start of a page and its query. */
export interface Position {
  readonly resourceType: string
  readonly query: URLSearchParams
  readonly offset: number
}

export interface PageOptions {
  readonly mode: Mode
  readonly charts: Charts
  /** `http://host:port/fhir/r4`. */
  readonly fhirBase: string
}

/** One page of a search as the text of a Bundle. */
export function searchPage(position: Position, found: SearchResult, options: PageOptions): string {
  const { mode, charts, fhirBase } = options
  const { resourceType, query, offset } = position
  const { pageSize, maxPageSize, total } = mode.paging
  const asked = Number(query.get('_count') ?? pageSize)
  const count = Math.min(
    Math.max(1, Number.isFinite(asked) ? Math.floor(asked) : pageSize),
    maxPageSize,
  )
  const page = found.matches.slice(offset, offset + count)
  const isLast = offset + count >= found.matches.length
  const entries = page.map((stored) => matchEntry(stored, fhirBase))
  // These two entries break clients that treat every entry as a match.
  if (mode.search.mixesProvenance && page[0] !== undefined)
    entries.push(...provenanceOf(charts, page[0]))
  if (found.ignored.length > 0 && mode.search.unknownParameters === 'ignored_with_outcome')
    entries.push(outcomeEntry(resourceType, found.ignored))
  const head = JSON.stringify({
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total === 'always' || query.get('_total') === 'accurate'
      ? { total: found.matches.length }
      : {}),
    link: [
      { relation: 'self', url: selfUrl(position, found.ignored, options) },
      ...(isLast
        ? []
        : [{ relation: 'next', url: nextUrl({ ...position, offset: offset + count }, options) }]),
    ],
  })
  return `${head.slice(0, -1)},"entry":[${entries.join(',')}]}`
}

/** The position in a request's page parameter; undefined for a position that was never issued. */
export function positionOf(
  mode: Mode,
  resourceType: string,
  query: URLSearchParams,
): Position | undefined {
  const { parameter, repeatsQuery } = mode.paging.next
  const text = query.get(parameter)
  if (text === null) return { resourceType, query, offset: 0 }
  try {
    const read = JSON.parse(Buffer.from(text, 'base64url').toString()) as {
      readonly offset: unknown
      readonly type: unknown
      readonly query: unknown
    }
    if (typeof read.offset !== 'number' || !(read.offset >= 0)) return undefined
    if (repeatsQuery) return { resourceType, query, offset: read.offset }
    if (typeof read.type !== 'string' || typeof read.query !== 'string') return undefined
    return {
      resourceType: read.type,
      query: new URLSearchParams(read.query),
      offset: read.offset,
    }
  } catch {
    return undefined
  }
}

function matchEntry({ resourceType, id, text }: Stored, fhirBase: string): string {
  const fullUrl = JSON.stringify(`${fhirBase}/${resourceType}/${id}`)
  return `{"fullUrl":${fullUrl},"resource":${text},"search":{"mode":"match"}}`
}

function provenanceOf(charts: Charts, first: Stored): readonly string[] {
  return charts
    .ofType('Provenance')
    .filter((stored) => stored.text.includes(`"${first.resourceType}/${first.id}"`))
    .map((stored) => `{"resource":${stored.text},"search":{"mode":"include"}}`)
}

function outcomeEntry(resourceType: string, ignored: readonly string[]): string {
  const issue = ignored.map((name) => ({
    severity: 'warning',
    code: 'not-supported',
    diagnostics: `The search parameter '${name}' is not supported for resource type '${resourceType}'`,
  }))
  return JSON.stringify({
    resource: { resourceType: 'OperationOutcome', issue } satisfies JsonObject,
    search: { mode: 'outcome' },
  })
}

/** The parameters that were processed, without ignored ones. @see https://hl7.org/fhir/R4/search.html#conformance */
function selfUrl(
  { resourceType, query }: Position,
  ignored: readonly string[],
  { mode, fhirBase }: PageOptions,
): string {
  const kept = new URLSearchParams(query)
  for (const name of ignored) kept.delete(name)
  kept.delete(mode.paging.next.parameter)
  return `${fhirBase}/${resourceType}?${readable(kept)}`
}

function nextUrl(position: Position, { mode, fhirBase }: PageOptions): string {
  const { parameter, at, repeatsQuery } = mode.paging.next
  const { resourceType, offset } = position
  const query = new URLSearchParams(position.query)
  query.delete(parameter)
  const kept = repeatsQuery ? query : new URLSearchParams()
  const place = repeatsQuery ? { offset } : { offset, type: resourceType, query: query.toString() }
  kept.set(parameter, Buffer.from(JSON.stringify(place)).toString('base64url'))
  return `${fhirBase}${at === 'root' ? '' : `/${resourceType}`}?${readable(kept)}`
}

function readable(query: URLSearchParams): string {
  return query.toString().replaceAll('%2F', '/').replaceAll('%7C', '|')
}
