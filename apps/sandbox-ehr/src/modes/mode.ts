/** What one kind of EHR server accepts, refuses and answers, as data. The sandbox's code reads every difference between servers from here. */
export interface Mode {
  readonly name: ModeName
  readonly title: string
  /** A query parameter without which every request is refused. */
  readonly practiceParameter?: 'ah-practice'
  readonly switches: ModeSwitches
  readonly search: SearchRules
  readonly paging: PagingRules
  readonly create: CreateRules
  readonly token: TokenRules
  readonly rate: RateRules
  readonly gzip: 'never' | 'when_accepted'
  /** athenahealth's own API beside FHIR, under `/v1/{practiceid}`. */
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

/** What a test or a person may want either way: `createSandbox({ switches })`, `Sandbox__StrictSearch` and so on. */
export interface ModeSwitches {
  /** Only the mode's own parameter combinations are accepted. Off: whatever names a patient or an id. */
  readonly strictSearch: boolean
  /** Nothing is created by FHIR, and no scope to create is granted. */
  readonly readOnlyFhir: boolean
  /** Documents added by the v1 API do not show in FHIR. */
  readonly fhirLag: boolean
}

export interface SearchRules {
  /** By resource type; a type without a row takes `otherTypes`. */
  readonly combinations: CombinationTable
  readonly otherTypes: readonly Combination[]
  readonly combinationRefusedStatus: 400 | 403
  /** `refused`: 400. `ignored`: left out, everything else is returned, with or without an OperationOutcome entry that says so. */
  readonly unknownParameters: 'refused' | 'ignored' | 'ignored_with_outcome'
  /** `Prefer: handling=strict` makes it refuse what it would ignore. */
  readonly honoursStrictHandling: boolean
  /** Parameters of FHIR R4 that this server does not know, by resource type. */
  readonly unsupported: Readonly<Record<string, readonly string[]>>
  /** Provenance of the first match is mixed into the results. */
  readonly mixesProvenance: boolean
}

/**
 * Parameters joined by `+`: `patient+category+date`. A name with `?` may be there or not; `*` stands for any other parameters that the
 * type knows.
 */
export type Combination = string
export type CombinationTable = Readonly<Record<string, readonly Combination[]>>

export interface PagingRules {
  readonly pageSize: number
  /** A larger `_count` is lowered to this. */
  readonly maxPageSize: number
  readonly next: {
    /** What carries the position. */
    readonly parameter: string
    /** `type`: the link is of the resource type. `root`: of the server's base, so that nothing of the query is to be seen. */
    readonly at: 'type' | 'root'
    /** Whether the link repeats the query; without it only the position is there. */
    readonly repeatsQuery: boolean
  }
  readonly total: 'always' | 'on_request'
}

export interface CreateRules {
  /** Elements of a DocumentReference without which it is refused with 422. */
  readonly required: readonly string[]
  /** Undefined: any. */
  readonly contentTypes: readonly string[] | undefined
  /** A date without a time is refused. */
  readonly needsTimeInDates: boolean
  /** Exactly one attachment, with its bytes inside. */
  readonly needsOneAttachment: boolean
  readonly keepsIdentifier: boolean
  /** `binary`: the stored attachment has a url to a Binary instead of the bytes. */
  readonly attachments: 'inline' | 'binary' | 'binary_absolute'
  readonly answersWithBody: boolean
  readonly location: LocationShape
  readonly ids: 'athenahealth' | 'number' | 'uuid' | 'opaque'
}

export type LocationShape = 'relative' | 'absolute' | 'versioned'

export type TokenMethod = 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt'

export interface TokenRules {
  readonly methods: readonly TokenMethod[]
  /** `system/*.rs` is understood; otherwise every type is listed. */
  readonly allowsWildcards: boolean
}

/** Names of the headers that say what is left; an absent name is a header that this server does not send. */
export interface RateRules {
  readonly limitPerSecond?: string
  readonly remainingPerSecond?: string
  readonly limitPerDay?: string
  readonly remainingPerDay?: string
  readonly retryAfterSeconds?: string
  readonly retryAfterMs?: string
}
