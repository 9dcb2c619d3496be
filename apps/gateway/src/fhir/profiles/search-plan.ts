/** The resource types that are searched in a chart. */
export const searchedKinds = [
  'ServiceRequest',
  'Condition',
  'Observation',
  'Procedure',
  'MedicationRequest',
  'DocumentReference',
  'DiagnosticReport',
  'DeviceRequest',
  'Coverage',
] as const

export type SearchedKind = (typeof searchedKinds)[number]

/** One search. `patient` is added, and `{since}` is replaced by the first day of the look-back. */
export interface SearchQuery {
  readonly parameters: Readonly<Record<string, string>>
  /** A server may refuse it: the result is complete without it. */
  readonly isOptional?: boolean
}

/** Searches that together return all resources of a type. */
export interface SearchStrategy {
  readonly queries: readonly SearchQuery[]
  /**
   * The parameter that divides the type among the queries. A server that ignores it returns everything for each query: then the first
   * answer is the complete result, and the other queries are skipped.
   */
  readonly dividedBy?: 'category' | 'intent'
}

/**
 * How one resource type is searched: strategies in order of preference. If the server refuses one, the next is tried.
 *
 * The first few pages of the history are searched without a date, because an entry without a date never matches a `date` search. If the
 * history is longer, `windowed` returns the complete look-back.
 */
export interface SearchPlan {
  readonly history: readonly SearchStrategy[]
  /** Empty if the type cannot be searched by date. */
  readonly windowed: readonly SearchStrategy[]
  /** Tried if the others found nothing: some servers use other categories than US Core's. */
  readonly whenEmpty?: SearchStrategy
}

export type SearchPlans = Readonly<Record<SearchedKind, SearchPlan>>
