import type { Query } from '../criterion.ts'
import type { Policy } from '../policy.ts'

export type PlainQuery = Exclude<Query, { readonly all: unknown }>

export interface PlacedQuery {
  readonly path: string
  readonly criterionId: string
  readonly query: PlainQuery
}

/** Every query of a policy with its path, including each query inside `all`. */
export function* queriesOf({ criteria }: Policy): Generator<PlacedQuery> {
  for (const { criterionId, any } of criteria)
    for (const [index, query] of any.entries())
      yield* within(query, criterionId, `criteria.${criterionId}.any.${index}`)
}

function* within(query: Query, criterionId: string, path: string): Generator<PlacedQuery> {
  if (!('all' in query)) yield { path, criterionId, query }
  else
    for (const [index, part] of query.all.entries())
      yield* within(part, criterionId, `${path}.all.${index}`)
}
