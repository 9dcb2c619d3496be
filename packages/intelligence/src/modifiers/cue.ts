import type { SectionKind } from '../document/note-document.ts'

/** What a cue says of the mentions in its scope. */
export type CueCategory =
  /** It is there. Says nothing new; ends the scope of a denial. */
  | 'affirmed'
  | 'denied'
  | 'possible'
  | 'hypothetical'
  /** Not looked at, not known. */
  | 'unsettled'
  /** To be found out from others: it may have been, or not. */
  | 'inquired'
  /** Of the paper and not of the patient: whether it is attached. Of a "no" beside it nothing follows. */
  | 'paper'
  /** Not valid any more, or never was: a correction, text carried forward. */
  | 'withdrawn'
  /** Of a person who is not the patient. */
  | 'other'
  | 'past'
  | 'resolved'
  | 'done'
  | 'planned'
  | 'not_done'
  /** What is aimed at: a goal of treatment. */
  | 'goal'
  | 'new'
  | 'worse'
  | 'stable'
  | 'better'
  | 'mild'
  | 'moderate'
  | 'severe'
  /** Looks like a cue and is none: "gram neg". Cues that overlap it are dropped. */
  | 'pseudo'

/** Where the cue stands: before what it is about, after it, or either. */
export type Direction = 'before' | 'after' | 'both'

/** What ends a scope. `scopes.ts` says which of them end which category, `barriers.ts` what they are made of. */
export type Barrier =
  | 'stop'
  | 'comma'
  /** A comma behind which another statement begins, and not the next thing in a list. */
  | 'statement'
  /** A comma before which a whole statement stands: for scopes that look back. */
  | 'statement_end'
  | 'colon'
  | 'bracket'
  | 'contrast'
  | 'affirmer'
  | 'reason'
  /** The patient, or he, she. */
  | 'patient'
  /** Another mention. */
  | 'finding'
  | 'conjunction'
  /** A comma before something that may be the next in a list, or a statement of its own: it has a side, or says when. */
  | 'doubtful'
  /** A comma of a list that no "or" closes. */
  | 'open'
  /** "after", "despite": what follows is when or in spite of what it is. */
  | 'circumstance'
  /** "with", "from", "on": what follows may be what it comes with. */
  | 'companion'

export interface Scope {
  /** In tokens. */
  readonly reach: number
  readonly ends: readonly Barrier[]
}

/**
 * A statement as a test: `«…»` stands around the mention that is looked at. `holds` gets the row's category, `fails` does not although the same
 * or a similar cue stands there.
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
  /** `call … for`: up to four words stand between. `=comes`: in this form alone, and in no other of the same verb. */
  readonly cues: readonly string[]
  /** Instead of the category's own. */
  readonly scope?: Partial<Scope>
  /**
   * `only`: it answers what stands before it, so a comma, a stop or the end follows ("Fever: no."). `never`: as an answer it is of another row.
   */
  readonly answers?: 'only' | 'never'
  /**
   * Loses at whatever distance to the other of its kind: "on", "after" to a plan, "MRI today" to what was done, "chronic" to a change.
   */
  readonly isWeak?: true
  /** A pseudo-cue: drops cues of these categories alone. @default all */
  readonly against?: readonly CueCategory[]
  /** Does not surely reach over a comma of a list that no "or" closes: "without fever, chills at night". */
  readonly stopsAtOpenLists?: true
  /** Does not surely reach over a comma to something with a side: "No fever, left leg weakness". */
  readonly stopsAtSides?: true
  readonly holds: string | Example
  readonly fails: string | Example
}
