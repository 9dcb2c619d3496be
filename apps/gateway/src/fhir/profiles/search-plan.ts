/** The kinds of resources that a chart is searched for. */
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

/** One search; `patient` is added to it, and `{since}` stands for the first day of the look-back. */
export interface SearchQuery {
  readonly parameters: Readonly<Record<string, string>>
  /** A server may refuse it, or know nothing of it: the kind is whole without it. */
  readonly isOptional?: boolean
}

/** Searches whose answers together are all of a kind. */
export interface SearchStrategy {
  readonly queries: readonly SearchQuery[]
  /**
   * The parameter that divides the kind among the queries. A server that ignores it answers each with everything: the first such answer
   * is then the whole kind, and the others are not asked.
   */
  readonly dividedBy?: 'category' | 'intent'
}

/**
 * How one kind is searched for: ways in order of preference; the next one is tried where the server refuses this one.
 *
 * The history is asked for without a date first, a few pages of it, because an entry without a date never comes back under a `date`
 * search. Where the history is longer, `windowed` brings the look-back whole.
 */
export interface SearchPlan {
  readonly history: readonly SearchStrategy[]
  /** Empty: the kind has no date that is searched by. */
  readonly windowed: readonly SearchStrategy[]
  /** Tried when the others found nothing: servers that file under other categories than US Core's. */
  readonly whenEmpty?: SearchStrategy
}

export type SearchPlans = Readonly<Record<SearchedKind, SearchPlan>>
