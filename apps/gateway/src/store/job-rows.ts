/**
 * The table whose rows the jobs of one kind are for. It has the payload's fields as columns in snake_case, the columns that are named
 * here, `ordinal`, `run`, `attempt_count`, `retry_count`, `next_attempt_at`, `error_code`, `error_reason` and `finished_at`.
 */
export interface JobRows {
  readonly table: string
  /** Holds `queued`, `workingState`, `failed` for a dead letter, and whatever else the kind needs. */
  readonly stateColumn: string
  /** The state of a row that a worker works on. A row in this state, or in `queued`, must have a job in the queue. */
  readonly workingState: string
  /** When the row was created. */
  readonly createdColumn: string
}

/** What statements about the rows of all kinds need to know of each. A `JobKind` is one. */
export interface KindOfRows {
  readonly name: string
  readonly rows: JobRows
  readonly payload: { readonly shape: Readonly<Record<string, unknown>> }
}
