/**
 * The behaviour of one kind of EHR server, as documented by its vendor and users: which searches it accepts, what it stores of a document,
 * how it answers. Written from public sources, deliberately not from the gateway's own profiles, which it tests.
 */
export interface EhrBehaviour {
  readonly name: string
  readonly search: SearchBehaviour
  readonly documents: DocumentBehaviour
  /** A query parameter without which every FHIR request is refused; `{practiceId}` in `value` is replaced. */
  readonly practiceParameter?: { readonly name: string; readonly value: string }
  /** Answers are compressed, whether it was asked for or not. */
  readonly gzip?: boolean
}

export interface SearchBehaviour {
  readonly unknownParameters: 'refused' | 'ignored' | 'ignored_with_outcome'
  /** What a refusal is answered with. */
  readonly refusal: 400 | 403
  /** By type: what may be asked with. A type that is not named takes `anyParameters`. */
  readonly parameters: Readonly<Record<string, readonly string[]>>
  readonly anyParameters: readonly string[]
  /**
   * By type: a search must hold one of these sets. With `exactCombinations` it must be one of them, but for parameters about paging.
   */
  readonly combinations: Readonly<Record<string, readonly (readonly string[])[]>>
  readonly exactCombinations?: boolean
  readonly pageSize: number
  /** The most that `_count` is given. */
  readonly pageLimit: number
  readonly nextLink: 'absolute' | 'relative' | 'query_only'
  /** `Bundle.total`, where it is given at all. */
  readonly total: 'of_all' | 'of_page' | 'none'
  /** Types mixed into the answers about others, by the type asked for. */
  readonly mixedIn?: Readonly<Record<string, string>>
  /** An OperationOutcome that says nothing of weight is in every answer. */
  readonly outcomeInEvery?: boolean
}

export interface DocumentBehaviour {
  /** `fhir`: DocumentReference create. `v1`: athenahealth's own API; the FHIR API is read-only. */
  readonly writer: 'fhir' | 'v1'
  readonly requires: readonly DocumentRequirement[]
  readonly keepsIdentifier: boolean
  readonly content: 'data' | 'binary_url'
  /** `If-None-Exist` is heeded. */
  readonly conditionalCreate?: boolean
  readonly answer: CreateAnswer
}

/** What a document must say to be taken. */
export type DocumentRequirement =
  | 'subject'
  | 'coded_type'
  | 'category'
  | 'encounter'
  | 'period'
  | 'doc_status'

/** How a create is answered, and whether the document was kept before that. */
export interface CreateAnswer {
  readonly stores: boolean
  readonly status: number
  readonly body:
    | 'resource'
    | 'none'
    | 'outcome'
    | 'error_outcome'
    | 'bundle'
    | 'wrong_type'
    | 'another_id'
    | 'without_id'
    | 'empty_object'
    | 'html'
    | 'truncated'
  readonly location:
    | 'none'
    | 'absolute'
    | 'absolute_versioned'
    | 'relative'
    | 'relative_versioned'
    | 'path'
    | 'another_host'
    | 'another_document'
    | 'another_type'
    | 'malformed'
  readonly headers?: Readonly<Record<string, string>>
  /** Instead of any answer: the connection ends, or nothing more is ever sent. */
  readonly cut?: 'reset' | 'stall'
}
