import type { SectionKind } from '../document/note-document.ts'

/** What a cue says about the mentions in its scope. */
export type CueCategory =
  /** It is present. Adds nothing new, but ends the scope of a denial. */
  | 'affirmed'
  | 'denied'
  | 'possible'
  | 'hypothetical'
  /** Not examined, not known. */
  | 'unsettled'
  /** To be asked elsewhere; it may have happened or not. */
  | 'inquired'
  /** About a document and not the patient: whether it is attached. Nothing follows from a "no" beside it. */
  | 'paper'
  /** No longer valid, or never was: a correction, text carried forward. */
  | 'withdrawn'
  /** About a person other than the patient. */
  | 'other'
  | 'past'
  | 'resolved'
  | 'done'
  | 'planned'
  | 'not_done'
  /** A goal of treatment. */
  | 'goal'
  | 'new'
  | 'worse'
  | 'stable'
  | 'better'
  | 'mild'
  | 'moderate'
  | 'severe'
  /** Looks like a cue but is not one: "gram neg". Cues that overlap it are dropped. */
  | 'pseudo'

/** Position of the cue: before what it applies to, after it, or either. */
export type Direction = 'before' | 'after' | 'both'

/** What ends a scope. `scopes.ts` says which barriers end which category, `barriers.ts` how they are found. */
export type Barrier =
  | 'stop'
  | 'comma'
  /** A comma followed by another statement, not by the next list item. */
  | 'statement'
  /** A comma preceded by a whole statement, for scopes that look back. */
  | 'statement_end'
  | 'colon'
  | 'bracket'
  | 'contrast'
  | 'affirmer'
  | 'reason'
  /** The patient, or a pronoun: he, she. */
  | 'patient'
  /** Another mention. */
  | 'finding'
  | 'conjunction'
  /**
   * A comma before something that is either the next list item or a separate statement, because it has a side or
   * a time.
   */
  | 'doubtful'
  /** A comma of a list that no "or" closes. */
  | 'open'
  /** "after", "despite": what follows is a circumstance. */
  | 'circumstance'
  /** "with", "from", "on": what follows may accompany it. */
  | 'companion'

export interface Scope {
  /** In tokens. */
  readonly reach: number
  readonly ends: readonly Barrier[]
}

/**
 * A statement as a test: `«…»` marks the mention. `holds` has the row's category; `fails` does not, although the
 * same or a similar cue occurs.
 */
export interface Example {
  readonly text: string
  readonly section?: SectionKind
  /** A line above that governs it. */
  readonly lead?: string
}

export interface CueRow {
  readonly id: string
  readonly category: CueCategory
  readonly direction: Direction
  /** `call … for`: up to four words may stand between. `=comes`: only this form of the verb matches. */
  readonly cues: readonly string[]
  /** Overrides parts of the category's scope. */
  readonly scope?: Partial<Scope>
  /**
   * `only`: it answers the text before it, so a comma, a full stop or the end follows ("Fever: no."). `never`:
   * as an answer it belongs to another row.
   */
  readonly answers?: 'only' | 'never'
  /**
   * Loses against the competing category at any distance: "on", "after" against a plan, "MRI today" against
   * done, "chronic" against a change.
   */
  readonly isWeak?: true
  /** For a pseudo-cue: drops only cues of these categories. @default all */
  readonly against?: readonly CueCategory[]
  /** May not extend across a comma of a list that no "or" closes: "without fever, chills at night". */
  readonly stopsAtOpenLists?: true
  /** May not extend across a comma to something with a side: "No fever, left leg weakness". */
  readonly stopsAtSides?: true
  readonly holds: string | Example
  readonly fails: string | Example
}
