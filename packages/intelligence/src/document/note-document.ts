/** A piece of a note's source text, by offsets: `source.slice(start, end)`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What a part of a note is for, by its heading. `other` for a heading that names none of these, and for text before the first heading. */
export type SectionKind =
  | 'complaint'
  | 'history'
  | 'review_of_systems'
  | 'past_history'
  | 'surgical_history'
  | 'family_history'
  | 'social_history'
  | 'medications'
  | 'allergies'
  | 'exam'
  | 'results'
  | 'assessment'
  | 'plan'
  /** What the patient is told: return precautions, discharge and patient instructions, handouts, risks and consent. */
  | 'instructions'
  | 'other'

export interface Section extends Span {
  readonly kind: SectionKind
  /** Where the heading stands; absent for the text before the first one. */
  readonly title?: Span
  /** `YYYY-MM-DD` that the heading gives: "MRI lumbar spine (03/02/2026):". */
  readonly day?: string
}

/**
 * What the layout says of a unit: its box, its answer, its column. `unmarked`: a box or row that nobody answered. `unknown`: an
 * answer that says so ("unknown", "not assessed"), or a layout that could not be parsed. Neither asserts anything.
 */
export type LayoutPolarity = 'yes' | 'no' | 'unmarked' | 'unknown'

/** A cell of a table's row, with the heading of its column where it has one. */
export interface Cell extends Span {
  readonly header?: Span
  /** Of a heading's second line: "RA" under "06/10 04:12". */
  readonly subheader?: Span
}

/** One statement of a note, as the layout separates statements: what later stages read alone, with what governs it. */
export interface Unit extends Span {
  readonly kind: 'sentence' | 'item' | 'pair' | 'row' | 'option'
  readonly section: Section
  /**
   * Text elsewhere that governs this unit, outermost first: the lead-in line over a list ("Denies the following:"), the group's heading in a
   * table ("Constitutional"), the question that an answer on the next line belongs to.
   */
  readonly leads: readonly Span[]
  /** Absent for prose, where words alone decide. */
  readonly polarity?: LayoutPolarity
  /** A row's cells, from left to right, where the row is not a mere answer to a question. */
  readonly cells?: readonly Cell[]
  /** What is shown as the quote: the unit with its box or answer. Contains `start..end`. */
  readonly quote: Span
}

/** A note's text with its structure. All offsets are into `source`. */
export interface NoteDocument {
  readonly source: string
  /**
   * The source as a reader of the page sees it, as long as the source: mark-up as spaces, character references as their characters, the letters of
   * a word that mark-up parts moved together. Absent where it is the source itself.
   */
  readonly text?: string
  readonly sections: readonly Section[]
  /** In the order of the text, without overlap. */
  readonly units: readonly Unit[]
  /** Parts that no reader of the page would take for the clinician's words: struck, hidden, beyond the limit of what is read. */
  readonly skipped: readonly Span[]
  /** Whether every part was read: otherwise the note's silence says nothing. */
  readonly isWhole: boolean
}

/** The whole note as a reader of the page sees it, as long as its source. */
export function readableText({ source, text = source }: NoteDocument): string {
  return text
}

/** The text of a span for matching: as long as the source, letter for letter, with each white-space character as one space. */
export function textOf({ source, text = source }: NoteDocument, { start, end }: Span): string {
  return text.slice(start, end).replaceAll(/\s/g, ' ')
}
