import type { Query } from '../policy/criterion.ts'

/** The concepts of a query of any kind; empty for queries on the order or the patient. */
export function conceptsOf(query: Query): readonly string[] {
  if ('all' in query) return query.all.flatMap(conceptsOf)
  if ('finding' in query) return query.finding
  if ('therapy' in query) return query.therapy
  if ('study' in query) return query.study
  if ('measure' in query) return query.measure
  if ('function' in query) return query.function
  return []
}

/** All names that `deniedBy` may use for a query. */
export function namesOfQuery(query: Query): readonly string[] {
  return [...(query.name === undefined ? [] : [query.name]), ...conceptsOf(query)]
}

/** Whether a note could deny it. False for queries that must be coded and for the order and the patient. */
export function isDeniable(query: Query): boolean {
  if ('all' in query) return query.all.some(isDeniable)
  if ('order' in query || 'patient' in query) return false
  return !('finding' in query && query.codedOnly === true)
}
