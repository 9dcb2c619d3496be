import type { Span } from '../document/note-document.ts'

/** What a note asserts about one mention. */
export interface Assertion {
  /**
   * `unsettled`: nothing follows from the mention (an unmarked box, a layout that was not parsed, "not
   * assessed", withdrawn or template text).
   */
  readonly status: 'affirmed' | 'denied' | 'possible' | 'hypothetical' | 'unsettled'
  /** `other`: a relative, a friend, a donor, patients in general. */
  readonly subject: 'patient' | 'other'
  /**
   * `resolved`: it was present and is not any more. `past`: it was present, and the present is unknown ("history
   * of", "in 2019", "as a child").
   */
  readonly when: 'now' | 'past' | 'resolved'
  /**
   * For acts: carried out or ongoing; only planned, ordered, recommended or prescribed; explicitly not done
   * (never tried, declined, stopped before it began); or not stated. A past day or a range means done, unless
   * the note says it is planned.
   */
  readonly phase: 'done' | 'planned' | 'not_done' | 'not_stated'
  /** A stated change: "new", "worsening", "stable", "better". */
  readonly course?: 'new' | 'worse' | 'stable' | 'better'
  readonly severity?: 'mild' | 'moderate' | 'severe'
  /** The text it is based on, for the reviewer and for tests. */
  readonly cues: readonly Span[]
}
