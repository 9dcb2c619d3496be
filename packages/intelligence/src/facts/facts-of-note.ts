import { type NoteDocument, readableText, type Unit } from '../document/note-document.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'
import type { Mention } from '../lexicon/mention.ts'
import type { Fact } from './fact.ts'
import { NoteLines } from './note/note-lines.ts'
import { dayOfUnit, type NoteOrigin } from './note/note-origin.ts'
import { factsOfUnit } from './note/unit-facts.ts'
import { isRow, UnitReading } from './note/unit-reading.ts'
import { sourcesBehind, sourcesOf } from './note/yields.ts'
import type { Stages } from './stages.ts'

/** The facts of a note in the order of its text. `asOf` is the day of a note that has none. */
export function factsOfNote(
  document: NoteDocument,
  note: NoteOrigin,
  lexicon: LexiconView,
  asOf: string,
  stages: Stages,
): readonly Fact[] {
  const reading = new NoteReading(document, note, lexicon, asOf, stages)
  return document.units.flatMap((_, index) => reading.factsOf(index))
}

/** One note, of which each unit is read when something is asked of it. Units are named by their index. */
export class NoteReading {
  readonly document: NoteDocument
  readonly note: NoteOrigin
  readonly #lexicon: LexiconView
  readonly #units: readonly UnitReading[]

  /** `find`: as that of the lexicon, where what was found in other notes is kept. */
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
    this.#units = document.units.map((unit) => new UnitReading(unit, lines, dayOf))
  }

  /** Every mention is more than silence, whatever fact comes of it. */
  mentionsOf(index: number): readonly Mention[] {
    return this.#units[index]?.mentions ?? []
  }

  /** The concepts that stand in a unit and above it, as far as a fact may come of them. */
  sourcesOf(index: number): ReadonlySet<string> {
    const reading = this.#units[index]
    return reading === undefined ? noConcepts : sourcesOf(reading, this.#lexicon)
  }

  /** The concepts of a unit of which a fact of the next may come. */
  sourcesBehind(index: number): ReadonlySet<string> {
    const reading = this.#units[index]
    const next = this.#units[index + 1]
    return reading === undefined || next?.unit.section !== reading.unit.section
      ? noConcepts
      : sourcesBehind(reading, this.#lexicon)
  }

  /** Its own text, and that of the lines elsewhere in the note whose mentions bear on it: its leads, the headings of its columns. */
  textsOf(index: number): readonly string[] {
    const unit = this.#units[index]?.unit
    if (unit === undefined) return []
    const headers = isRow(unit) ? (unit.cells ?? []).flatMap(({ header }) => header ?? []) : []
    const text = readableText(this.document)
    return [unit, ...unit.leads, ...headers].map(({ start, end }) => text.slice(start, end))
  }

  /** The facts of a unit, in the order of its mentions. */
  factsOf(index: number): readonly Fact[] {
    const reading = this.#units[index]
    if (reading === undefined) return []
    const { document, note } = this
    const scope = { document, note, lexicon: this.#lexicon, noteDay: reading.noteDay, reading }
    return factsOfUnit(scope, this.#units[index + 1], this.#units[index - 1])
  }
}

const noConcepts: ReadonlySet<string> = new Set()
