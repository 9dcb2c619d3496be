import { type NoteDocument, readableText, type Unit } from '../document/note-document.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'
import type { Mention } from '../lexicon/mention.ts'
import type { Fact } from './fact.ts'
import { NoteLines } from './note/note-lines.ts'
import { dayOfUnit, type NoteOrigin } from './note/note-origin.ts'
import { factsOfUnit } from './note/unit-facts.ts'
import { isRow, ParsedUnit } from './note/parsed-unit.ts'
import { sourcesForNext, sourcesOf } from './note/fact-sources.ts'
import type { Stages } from './stages.ts'

/** The facts of a note in text order. `asOf` is the day used for a note without one. */
export function factsOfNote(
  document: NoteDocument,
  note: NoteOrigin,
  lexicon: LexiconView,
  asOf: string,
  stages: Stages,
): readonly Fact[] {
  const noteReader = new NoteFactReader(document, note, lexicon, asOf, stages)
  return document.units.flatMap((_, index) => noteReader.factsOf(index))
}

/** One note whose units are read on demand. Units are identified by their index. */
export class NoteFactReader {
  readonly document: NoteDocument
  readonly note: NoteOrigin
  readonly #lexicon: LexiconView
  readonly #units: readonly ParsedUnit[]

  /** `find`: the search of the lexicon, which may cache results across notes. */
  constructor(
    document: NoteDocument,
    note: NoteOrigin,
    lexicon: LexiconView,
    asOf: string,
    stages: Stages,
    find: LexiconView['find'] = (one, unit) => lexicon.find(one, unit),
  ) {
    this.document = document
    this.note = note
    this.#lexicon = lexicon
    const lines = new NoteLines(document, lexicon, stages, find)
    const dayOf = (unit: Unit) => dayOfUnit(unit, note, asOf)
    this.#units = document.units.map((unit) => new ParsedUnit(unit, lines, dayOf))
  }

  /** Every mention breaks silence, even if it gives no fact. */
  mentionsOf(index: number): readonly Mention[] {
    return this.#units[index]?.mentions ?? []
  }

  /** The concepts in and above a unit that can give a fact. */
  sourcesOf(index: number): ReadonlySet<string> {
    const parsed = this.#units[index]
    return parsed === undefined ? noConcepts : sourcesOf(parsed, this.#lexicon)
  }

  /** The concepts of a unit that can give a fact of the next one. */
  sourcesForNext(index: number): ReadonlySet<string> {
    const parsed = this.#units[index]
    const next = this.#units[index + 1]
    return parsed === undefined || next?.unit.section !== parsed.unit.section
      ? noConcepts
      : sourcesForNext(parsed, this.#lexicon)
  }

  /**
   * The unit's own text and the texts elsewhere in the note whose mentions affect it: its lead-ins and column
   * headings.
   */
  textsOf(index: number): readonly string[] {
    const unit = this.#units[index]?.unit
    if (unit === undefined) return []
    const headers = isRow(unit) ? (unit.cells ?? []).flatMap(({ header }) => header ?? []) : []
    const text = readableText(this.document)
    return [unit, ...unit.leads, ...headers].map(({ start, end }) => text.slice(start, end))
  }

  /** The facts of a unit, in the order of its mentions. */
  factsOf(index: number): readonly Fact[] {
    const parsed = this.#units[index]
    if (parsed === undefined) return []
    const { document, note } = this
    const scope = { document, note, lexicon: this.#lexicon, noteDay: parsed.noteDay, parsed }
    return factsOfUnit(scope, this.#units[index + 1], this.#units[index - 1])
  }
}

const noConcepts: ReadonlySet<string> = new Set()
