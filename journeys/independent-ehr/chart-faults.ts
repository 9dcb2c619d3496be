import type { CreateAnswer } from './behaviour.ts'

/** Deviations from the behaviour for one patient's chart. Situations consist of these. */
export interface ChartFaults {
  /** The answer to the first `times` creates. */
  readonly create?: Partial<CreateAnswer> & { readonly times: number }
  readonly keeps?: Keeps
  /** The answer to a search for a document by identifier. */
  readonly find?: FindAnswer
  /** The answer to reading a document by its id. */
  readonly readBack?: 403 | 404 | 410 | 500
  /** Searches after a create that do not find it yet. */
  readonly lagSearches?: number
  readonly reads?: readonly ReadFault[]
  readonly v1?: V1Faults
}

export interface Keeps {
  readonly identifier?: boolean
  /** `other`: what is in the chart is not what was sent. */
  readonly bytes?: 'as_sent' | 'other'
  /** `another`: it is stored in another patient's chart. */
  readonly patient?: 'as_sent' | 'another'
  /** How the content is returned when it is read. */
  readonly content?: 'data' | 'binary_url' | 'hash' | 'nothing'
  readonly status?: string
}

export type FindAnswer =
  | 'ignores_identifier'
  | 'outcome_only'
  | 'outcome_beside'
  | 'provenance'
  | 'binary'
  | 'another_patients'
  | 'without_subject'
  | 'entered_in_error'
  | 'superseded'
  | 'doc_status_in_error'
  | 'other_system'
  | 'longer_value'
  | 'empty'
  | 'not_a_bundle'
  | 'entry_without_resource'
  | 400
  | 403
  | 404
  | 500

/** How reading goes wrong; `type` names the searches it is about, all where it is missing. */
export interface ReadFault {
  readonly kind:
    | 'page_gone'
    | 'total_larger'
    | 'gzip'
    | 'deflate'
    | 'redirect_307'
    | 'redirect_308'
    | 'redirect_other_host'
    | 'next_other_host'
    | 'next_loop'
    | 'outcome_warning'
    | 'outcome_error'
    | 'outcome_information'
    | 'over_rate_403'
    | 'over_rate_429_body'
    | 'over_rate_429_header'
    | 'status_400'
    | 'status_403'
    | 'status_404'
    | 'status_500'
    | 'html'
    | 'empty_body'
    | 'truncated'
    | 'byte_order_mark'
    | 'others_patients'
    | 'absolute_references'
    | 'one_a_page'
    | 'us_core_combinations'
    | 'needs_intent'
    | 'needs_category'
  readonly type?: string
  /** How often; absent: always. */
  readonly times?: number
}

/** The same for athenahealth's own document routes. */
export interface V1Faults {
  readonly create?: {
    readonly times: number
    readonly stores: boolean
    readonly status?: number
    readonly body?:
      | 'whole'
      | 'in_a_list'
      | 'without_id'
      | 'not_successful'
      | 'error'
      | 'none'
      | 'html'
    readonly cut?: 'reset' | 'stall'
  }
  readonly list?: 'empty' | 'without_marks' | 'deleted' | 400 | 403 | 500
  readonly lagSearches?: number
}
