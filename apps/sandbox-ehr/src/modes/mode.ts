/**
 * What one kind of EHR server accepts, refuses and answers, as data. All differences between servers are defined
 * here.
 */
export interface Mode {
  readonly name: ModeName
  readonly title: string
  /** A query parameter that every request must have. */
  readonly practiceParameter?: 'ah-practice'
  readonly switches: ModeSwitches
  readonly search: SearchRules
  readonly paging: PagingRules
  readonly create: CreateRules
  readonly token: TokenRules
  readonly rate: RateRules
  readonly gzip: 'never' | 'when_accepted'
  /** athenahealth's own API in addition to FHIR, under `/v1/{practiceid}`. */
  readonly hasV1Api: boolean
}

export const modeNames = [
  'athenahealth',
  'epic',
  'oracle-health',
  'medplum',
  'hapi',
  'azure',
  'us-core',
] as const

export type ModeName = (typeof modeNames)[number]

/** Options that a test or a person can override: `createSandbox({ switches })`, `Sandbox__StrictSearch` and so on. */
export interface ModeSwitches {
  /** Only the mode's own parameter combinations are accepted. Off: any search with a patient or an id. */
  readonly strictSearch: boolean
  /** FHIR cannot create anything, and no create scope is granted. */
  readonly readOnlyFhir: boolean
  /** Documents added through the v1 API do not appear in FHIR. */
  readonly fhirLag: boolean
}

export interface SearchRules {
  /** By resource type; types without a row use `otherTypes`. */
  readonly combinations: CombinationTable
  readonly otherTypes: readonly Combination[]
  readonly combinationRefusedStatus: 400 | 403
  /**
   * `refused`: 400. `ignored`: left out, and everything else is returned, with or without an OperationOutcome
   * entry that reports it.
   */
  readonly unknownParameters: 'refused' | 'ignored' | 'ignored_with_outcome'
  /** With `Prefer: handling=strict`, it refuses what it would otherwise ignore. */
  readonly honoursStrictHandling: boolean
  /** FHIR R4 parameters that this server does not know, by resource type. */
  readonly unsupported: Readonly<Record<string, readonly string[]>>
  /** The Provenance of the first match is added to the results. */
  readonly mixesProvenance: boolean
}

/**
 * Parameters joined by `+`: `patient+category+date`. A name with `?` is optional; `*` stands for any other
 * parameters of the type.
 */
export type Combination = string
export type CombinationTable = Readonly<Record<string, readonly Combination[]>>

export interface PagingRules {
  readonly pageSize: number
  /** A larger `_count` is reduced to this. */
  readonly maxPageSize: number
  readonly next: {
    /** The parameter with the position. */
    readonly parameter: string
    /** `type`: the link has the URL of the resource type. `root`: the server's base URL, which hides the query. */
    readonly at: 'type' | 'root'
    /** Whether the link repeats the query or contains only the position. */
    readonly repeatsQuery: boolean
  }
  readonly total: 'always' | 'on_request'
}

export interface CreateRules {
  /** Elements of a DocumentReference that are required; otherwise it is refused with 422. */
  readonly required: readonly string[]
  /** Undefined: any. */
  readonly contentTypes: readonly string[] | undefined
  /** A date without a time is refused. */
  readonly needsTimeInDates: boolean
  /** Exactly one attachment that includes its bytes. */
  readonly needsOneAttachment: boolean
  readonly keepsIdentifier: boolean
  /** `binary`: the stored attachment has a URL of a Binary instead of the bytes. */
  readonly attachments: 'inline' | 'binary' | 'binary_absolute'
  readonly answersWithBody: boolean
  readonly location: LocationShape
  readonly ids: 'athenahealth' | 'number' | 'uuid' | 'opaque'
}

export type LocationShape = 'relative' | 'absolute' | 'versioned'

export type TokenMethod = 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt'

export interface TokenRules {
  readonly methods: readonly TokenMethod[]
  /** `system/*.rs` is accepted; otherwise every type must be listed. */
  readonly allowsWildcards: boolean
}

/** Names of the headers with the remaining requests; an absent name means that the server does not send it. */
export interface RateRules {
  readonly limitPerSecond?: string
  readonly remainingPerSecond?: string
  readonly limitPerDay?: string
  readonly remainingPerDay?: string
  readonly retryAfterSeconds?: string
  readonly retryAfterMs?: string
}
