import type { Span } from '../document/note-document.ts'

/** How a note speaks of one mention. */
export interface Assertion {
  /**
   * `unsettled`: it is mentioned so that nothing follows from it (an unmarked box, a layout that was not parsed, "not assessed", withdrawn or
   * template text).
   */
  readonly status: 'affirmed' | 'denied' | 'possible' | 'hypothetical' | 'unsettled'
  /** `other`: of a relative, a friend, a donor, patients in general. */
  readonly subject: 'patient' | 'other'
  /** `resolved`: it was, and is no more. `past`: it was, and nothing is said of now ("history of", "in 2019", "as a child"). */
  readonly when: 'now' | 'past' | 'resolved'
  /**
   * Of what is done: carried out or going on, only planned, ordered, recommended or prescribed, explicitly not done (never tried, declined, stopped before it began),
   * or not said. A past day or a range with no word of a plan means done.
   */
  readonly phase: 'done' | 'planned' | 'not_done' | 'unsaid'
  /** Said to have changed: "new", "worsening", "stable", "better". */
  readonly course?: 'new' | 'worse' | 'stable' | 'better'
  readonly severity?: 'mild' | 'moderate' | 'severe'
  /** What it rests on, for the reviewer and for tests. */
  readonly cues: readonly Span[]
}
