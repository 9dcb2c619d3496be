import { bothNames } from '../../config/both-names.ts'
import type { EhrProfile } from '../profiles/ehr-profile.ts'
import type {
  SearchedKind,
  SearchPlan,
  SearchQuery,
  SearchStrategy,
} from '../profiles/search-plan.ts'
import type { SearchResult } from '../client/paging.ts'
import type { JsonObject } from '../client/parse-resource.ts'
import { GatewayError } from '../../errors.ts'
import { textsAt } from '../to-clinical-bundle/fields.ts'

/** The results of the searches for one resource type. */
export interface FoundKind {
  readonly resources: readonly JsonObject[]
  /** Why resources may be missing; undefined if all were read. */
  readonly cutOff: string | undefined
}

export interface SearchKindOptions {
  /** The first day of the look-back (`YYYY-MM-DD`); undefined without a look-back. */
  readonly since: string | undefined
  /** Maximum pages of a search without a date. A longer history is searched by date. */
  readonly maxHistoryPages: number
  /** Runs one search, with all its pages. The caller may cache it. */
  search(parameters: Readonly<Record<string, string>>, maxPages?: number): Promise<SearchResult>
}

/** The server refused this combination of parameters; it may accept another. */
const refusals: ReadonlySet<string> = new Set(['ehr_bad_request', 'ehr_forbidden', 'ehr_not_found'])

/**
 * All resources of one type, by the profile's first search strategy that the server accepts.
 *
 * @throws the first refusal, if the server accepts no strategy; any other error unchanged
 */
export async function searchKind(
  profile: Pick<EhrProfile, 'searches'>,
  kind: SearchedKind,
  options: SearchKindOptions,
): Promise<FoundKind> {
  const plan = profile.searches[kind]
  const hasWindow = options.since !== undefined && plan.windowed.length > 0
  const maxPages = hasWindow ? options.maxHistoryPages : undefined
  const history = await searchByFirstAccepted(plan.history, options, maxPages)
  if (history.cutOff === undefined) return searchAgainIfEmpty(plan, history, options)
  if (!hasWindow) return history
  const windowed = await searchByFirstAccepted(plan.windowed, options)
  return {
    resources: [...windowed.resources, ...history.resources],
    cutOff:
      windowed.cutOff ??
      `the history is longer than ${options.maxHistoryPages} pages: entries without a date may be missing (${bothNames('Ehr.Limits.MaxHistoryPages')})`,
  }
}

async function searchAgainIfEmpty(
  { whenEmpty }: SearchPlan,
  history: FoundKind,
  options: SearchKindOptions,
): Promise<FoundKind> {
  if (whenEmpty === undefined || history.resources.length > 0) return history
  try {
    return await runStrategy(whenEmpty, options, options.maxHistoryPages)
  } catch (error) {
    if (isRefusal(error)) return history
    throw error
  }
}

async function searchByFirstAccepted(
  strategies: readonly SearchStrategy[],
  options: SearchKindOptions,
  maxPages?: number,
): Promise<FoundKind> {
  let refusal: unknown
  for (const strategy of strategies) {
    try {
      return await runStrategy(strategy, options, maxPages)
    } catch (error) {
      if (!isRefusal(error)) throw error
      refusal ??= error
    }
  }
  throw refusal
}

/** @throws the refusal of a query that is not optional */
async function runStrategy(
  { queries, dividedBy }: SearchStrategy,
  options: SearchKindOptions,
  maxPages?: number,
): Promise<FoundKind> {
  const [first, ...others] = queries
  if (first === undefined) return { resources: [], cutOff: undefined }
  const firstFound = await runQuery(first, options, maxPages)
  if (isDividerIgnored(first, dividedBy, firstFound)) return firstFound
  const found = await Promise.all(others.map((query) => runQuery(query, options, maxPages)))
  return {
    resources: [...firstFound.resources, ...found.flatMap(({ resources }) => resources)],
    cutOff: [firstFound, ...found].find(({ cutOff }) => cutOff !== undefined)?.cutOff,
  }
}

async function runQuery(
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

/** Whether the answer contains other values than the query asked for: the server ignored the dividing parameter. */
function isDividerIgnored(
  { parameters }: SearchQuery,
  dividedBy: SearchStrategy['dividedBy'],
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
