/** The practices a caller may see. Every read that a person asks for takes one, so that none forgets it (invariant 7). */
export interface Scope {
  readonly practiceIds: readonly string[]
}

/** `after` is the cursor of the last page's last row. */
export interface PageRequest {
  readonly after: number | undefined
  readonly limit: number
}
