import type { EhrProfile } from '../profiles/ehr-profile.ts'
import type { SearchedKind, SearchPlan, SearchQuery, SearchWay } from '../profiles/search-plan.ts'
import type { SearchResult } from '../client/paging.ts'
import type { JsonObject } from '../client/limits.ts'
import { GatewayError } from '../../errors.ts'
import { textsAt } from '../to-clinical-bundle/fields.ts'

/** What the searches for one kind brought. */
export interface FoundKind {
  readonly resources: readonly JsonObject[]
  /** Why something of the kind may be missing; undefined when nothing can be. */
  readonly cutOff: string | undefined
}

export interface SearchKindOptions {
  /** The first day of the look-back (`YYYY-MM-DD`); undefined where the kind has none. */
  readonly since: string | undefined
  /** Pages of one search without a date; what is longer is asked for by date. */
  readonly maxHistoryPages: number
  /** One search, all its pages; its memo is the caller's. */
  search(parameters: Readonly<Record<string, string>>, maxPages?: number): Promise<SearchResult>
}

/** The server takes the request as it is not; another combination of parameters may do. */
const refusals: ReadonlySet<string> = new Set(['ehr_bad_request', 'ehr_forbidden', 'ehr_not_found'])

/**
 * Everything of one kind, by the first way of the profile that the server takes.
 *
 * @throws the refusal of the last way, when the server takes none; any other failure as it came
 */
export async function searchKind(
  profile: Pick<EhrProfile, 'searches'>,
  kind: SearchedKind,
  options: SearchKindOptions,
): Promise<FoundKind> {
  const plan = profile.searches[kind]
  const hasWindow = options.since !== undefined && plan.windowed.length > 0
  const maxPages = hasWindow ? options.maxHistoryPages : undefined
  const history = await byFirstWay(plan.history, options, maxPages)
  if (history.cutOff === undefined) return orWhenEmpty(plan, history, options)
  if (!hasWindow) return history
  const windowed = await byFirstWay(plan.windowed, options)
  return {
    resources: [...windowed.resources, ...history.resources],
    cutOff:
      windowed.cutOff ??
      `the history is longer than ${options.maxHistoryPages} pages: entries without a date may be missing (Ehr__Limits__MaxHistoryPages)`,
  }
}

async function orWhenEmpty(
  { whenEmpty }: SearchPlan,
  history: FoundKind,
  options: SearchKindOptions,
): Promise<FoundKind> {
  if (whenEmpty === undefined || history.resources.length > 0) return history
  try {
    return await byWay(whenEmpty, options, options.maxHistoryPages)
  } catch (error) {
    if (isRefusal(error)) return history
    throw error
  }
}

async function byFirstWay(
  ways: readonly SearchWay[],
  options: SearchKindOptions,
  maxPages?: number,
): Promise<FoundKind> {
  let refusal: unknown
  for (const way of ways) {
    try {
      return await byWay(way, options, maxPages)
    } catch (error) {
      if (!isRefusal(error)) throw error
      refusal ??= error
    }
  }
  throw refusal
}

/** @throws the refusal of a query that is not optional */
async function byWay(
  { queries, dividedBy }: SearchWay,
  options: SearchKindOptions,
  maxPages?: number,
): Promise<FoundKind> {
  const [first, ...others] = queries
  if (first === undefined) return { resources: [], cutOff: undefined }
  const firstFound = await byQuery(first, options, maxPages)
  if (isDividerIgnored(first, dividedBy, firstFound)) return firstFound
  const found = await Promise.all(others.map((query) => byQuery(query, options, maxPages)))
  return {
    resources: [...firstFound.resources, ...found.flatMap(({ resources }) => resources)],
    cutOff: [firstFound, ...found].find(({ cutOff }) => cutOff !== undefined)?.cutOff,
  }
}

async function byQuery(
  { parameters, isOptional = false }: SearchQuery,
  { since, search }: SearchKindOptions,
  maxPages?: number,
): Promise<FoundKind> {
  const filled = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      value.replace('{since}', since ?? ''),
    ]),
  )
  try {
    return await search(filled, maxPages)
  } catch (error) {
    if (isOptional && isRefusal(error)) return { resources: [], cutOff: undefined }
    throw error
  }
}

/** Whether the answer holds what the query did not ask for: the server left the dividing parameter out. */
function isDividerIgnored(
  { parameters }: SearchQuery,
  dividedBy: SearchWay['dividedBy'],
  { resources }: FoundKind,
): boolean {
  const asked = dividedBy === undefined ? undefined : parameters[dividedBy]
  if (dividedBy === undefined || asked === undefined) return false
  return resources.some((resource) => {
    const values =
      dividedBy === 'intent'
        ? textsAt(resource, 'intent')
        : textsAt(resource, 'category.coding.code')
    return values.length > 0 && !values.includes(asked)
  })
}

function isRefusal(error: unknown): boolean {
  return error instanceof GatewayError && refusals.has(error.code)
}
