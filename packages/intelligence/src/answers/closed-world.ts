import type { Query } from '../policy/criterion.ts'
import type { Duration } from '../policy/sourced.ts'
import type { AnswerContext } from './answer-context.ts'
import type { FactStore } from './chart-facts.ts'
import { listsOf } from './queries/finding.ts'
import { typesOfTherapy } from './queries/therapy.ts'
import { type ListedType, unreadForSilence } from './unread-sources.ts'

/**
 * The unread parts of the chart that keep silence from counting as no for these queries. Empty:
 * silence means no.
 */
export function unreadOfSilence(
  queries: readonly Query[],
  store: FactStore,
  context: AnswerContext,
): readonly string[] {
  return [...new Set(queries.flatMap((query) => unreadOfQuery(query, store, context)))]
}

function unreadOfQuery(query: Query, store: FactStore, context: AnswerContext): readonly string[] {
  if ('all' in query) return query.all.flatMap((one) => unreadOfQuery(one, store, context))
  const types = typesOf(query, context)
  return types === undefined
    ? []
    : unreadForSilence(types, context.bundle, store, {
        within: reachOf(query),
        asOf: context.asOf,
      })
}

/**
 * The resource types on which the subject of a query would be listed; undefined for the order and
 * the patient, which are always read.
 */
export function typesOf(
  query: Query,
  context: Pick<AnswerContext, 'concepts'>,
): readonly ListedType[] | undefined {
  if ('notesOnly' in query && query.notesOnly === true) return []
  if ('finding' in query) {
    const lists = listsOf(query)
    return [
      ...(lists.includes('conditions') ? (['Condition'] as const) : []),
      ...(lists.includes('procedures') ? (['Procedure'] as const) : []),
    ]
  }
  if ('therapy' in query) return typesOfTherapy(query, context)
  if ('study' in query) return ['Procedure', 'DiagnosticReport']
  if ('measure' in query) return ['Observation']
  if ('function' in query) return []
  return undefined
}

const today: Duration = { value: 1, unit: 'days', source: 'visit' }

/**
 * How far back a query looks; undefined: without limit. Queries about the present are answered by
 * the encounter's own notes.
 */
function reachOf(query: Exclude<Query, { readonly all: unknown }>): Duration | undefined {
  if ('function' in query) return query.within ?? today
  if ('finding' in query) return query.within ?? (query.when === 'ever' ? undefined : today)
  return 'within' in query ? query.within : undefined
}
