/** A piece of a note's source text, by offsets: `source.slice(start, end)`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * The purpose of a part of a note, from its heading. `other` for all other headings and for text before the
 * first heading.
 */
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
  /** Text for the patient: return precautions, discharge and patient instructions, handouts, risks and consent. */
  | 'instructions'
  | 'other'

export interface Section extends Span {
  readonly kind: SectionKind
  /** Position of the heading; absent for the text before the first one. */
  readonly title?: Span
  /** `YYYY-MM-DD` from the heading: "MRI lumbar spine (03/02/2026):". */
  readonly day?: string
}

/**
 * What the layout says about a unit through its box, answer or column. `unmarked`: a box or row without an
 * answer. `unknown`: an answer that says so ("unknown", "not assessed"), or a layout that could not be parsed.
 * Neither asserts anything.
 */
export type LayoutPolarity = 'yes' | 'no' | 'unmarked' | 'unknown'

/** A cell of a table row, with its column heading if there is one. */
export interface Cell extends Span {
  readonly header?: Span
  /** The second line of a column heading: "RA" under "06/10 04:12". */
  readonly subheader?: Span
}

/**
 * One statement of a note, as separated by the layout. Later stages read it together with the text that governs
 * it.
 */
export interface Unit extends Span {
  readonly kind: 'sentence' | 'item' | 'pair' | 'row' | 'option'
  readonly section: Section
  /**
   * Text elsewhere that governs this unit, outermost first: the lead-in above a list ("Denies the following:"),
   * a group heading in a table ("Constitutional"), the question before an answer on the next line.
   */
  readonly leads: readonly Span[]
  /** Absent for prose, where only the wording decides. */
  readonly polarity?: LayoutPolarity
  /** The cells of a row, from left to right, unless the row is only an answer to a question. */
  readonly cells?: readonly Cell[]
  /** The text to quote: the unit with its box or answer. Contains `start..end`. */
  readonly quote: Span
}

/** A note's text with its structure. All offsets are into `source`. */
export interface NoteDocument {
  readonly source: string
  /**
   * The text as displayed, with the same length as the source: markup becomes spaces, character references
   * become characters, and letters that markup split are joined. Absent if it equals the source.
   */
  readonly text?: string
  readonly sections: readonly Section[]
  /** In text order, without overlap. */
  readonly units: readonly Unit[]
  /** Parts that do not count as the clinician's text: struck, hidden, or beyond the reading limit. */
  readonly skipped: readonly Span[]
  /** Whether every part was read. If not, the note's silence says nothing. */
  readonly isWhole: boolean
}

/** The whole note as displayed, with the same length as its source. */
export function readableText({ source, text = source }: NoteDocument): string {
  return text
}

/**
 * The text of a span for matching: the same length as the source, with every white-space character replaced by a
 * space.
 */
export function textOf({ source, text = source }: NoteDocument, { start, end }: Span): string {
  return text.slice(start, end).replaceAll(/\s/g, ' ')
}
