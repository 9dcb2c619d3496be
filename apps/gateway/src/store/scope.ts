/** The practices that a caller may see. Every read on behalf of a caller takes one (invariant 7). */
export interface Scope {
  readonly practiceIds: readonly string[]
}

/** A page of a list that is sorted by several columns; `after` holds those of the last page's last row. */
export interface KeysetPageRequest<Key> {
  readonly after: Key | undefined
  readonly limit: number
}

/** `after` is the cursor of the last page's last row. */
export interface PageRequest {
  readonly after: number | undefined
  readonly limit: number
}
