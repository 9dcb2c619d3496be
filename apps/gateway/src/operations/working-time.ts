import type { NodeReport } from '../store/schema.ts'

/** For how long a node has taken work without a break, as its reports see it. */
export class WorkingTime {
  #sinceMs: number | undefined

  /** Null: it takes none in this state. */
  at(state: NodeReport['state'], nowMs: number): number | null {
    if (state !== 'working') {
      this.#sinceMs = undefined
      return null
    }
    this.#sinceMs ??= nowMs
    // The clock of the machine may have been set back.
    return Math.max(0, nowMs - this.#sinceMs)
  }
}
