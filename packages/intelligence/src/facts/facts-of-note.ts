import type { ResourceSource } from '@authscript/prior-auth'
import type { NoteDocument, Span, Unit } from '../document/note-document.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'
import type { Fact } from './fact.ts'
import { dayOfUnit, type NoteOrigin } from './note/note-origin.ts'
import { factsOfUnit } from './note/unit-facts.ts'
import { UnitReader, type UnitReading } from './note/unit-reading.ts'
import { quoteOf } from './note/unit-scope.ts'
import type { Stages } from './stages.ts'

/** A concept that a note speaks of, in whatever status. */
export interface NotedMention {
  readonly conceptId: string
  readonly source: ResourceSource
  readonly quote: Span
  readonly span: Span
  readonly day?: string
  readonly isOfEncounter: boolean
}

export interface NoteFacts {
  readonly facts: readonly Fact[]
  readonly mentions: readonly NotedMention[]
}

/** The facts of a note in the order of its text. `asOf` is the day of a note that has none. */
export function factsOfNote(
  document: NoteDocument,
  note: NoteOrigin,
  lexicon: LexiconView,
  asOf: string,
  stages: Stages,
): readonly Fact[] {
  return readNote(document, note, lexicon, asOf, stages).facts
}

/** The facts of a note, with every mention beside them: what no fact came of is still not silence. */
export function readNote(
  document: NoteDocument,
  note: NoteOrigin,
  lexicon: LexiconView,
  asOf: string,
  stages: Stages,
): NoteFacts {
  const reader = new UnitReader(document, lexicon, stages)
  const facts: Fact[] = []
  const mentions: NotedMention[] = []
  const readUnit = (unit: Unit | undefined): UnitReading | undefined =>
    unit === undefined ? undefined : reader.read(unit, dayOfUnit(unit, note, asOf))
  let previous: UnitReading | undefined
  let current = readUnit(document.units[0])
  for (const [index, unit] of document.units.entries()) {
    const next = readUnit(document.units[index + 1])
    if (current !== undefined) {
      const noteDay = dayOfUnit(unit, note, asOf)
      const scope = { document, note, lexicon, noteDay, reading: current }
      for (const fact of factsOfUnit(scope, next, previous)) facts.push(fact)
      for (const { conceptId, start, end } of current.mentions)
        mentions.push({
          conceptId,
          source: note.source,
          quote: quoteOf(unit, { start, end }),
          span: { start, end },
          ...(note.day === undefined ? {} : { day: note.day }),
          isOfEncounter: note.isOfEncounter,
        })
    }
    previous = current
    current = next
  }
  return { facts, mentions }
}
