import type { ResourceSource } from '@authscript/prior-auth'
import type { Span } from '../document/note-document.ts'
import type { Mention } from '../lexicon/mention.ts'
import type { Fact } from './fact.ts'
import type { NoteReading } from './facts-of-note.ts'
import { quoteOf } from './note/unit-scope.ts'

/** A concept that a note speaks of so that no fact came of it: a measure without a value, a word in a heading. It is not silence. */
export interface NotedMention {
  readonly conceptId: string
  readonly source: ResourceSource
  readonly quote: Span
  readonly span: Span
  readonly day?: string
  readonly isOfEncounter: boolean
}

interface Indexed {
  /** In the order of the chart. */
  readonly index: number
  readonly reading: NoteReading
  readonly unitIndex: number
  readonly mention: Mention
}

/** All mentions of a chart's notes, by concept. */
export class MentionIndex {
  readonly #byConcept = new Map<string, Indexed[]>()
  #count = 0

  /** Units are to be added in the order of the chart. */
  add(reading: NoteReading, unitIndex: number): void {
    for (const mention of reading.mentionsOf(unitIndex)) {
      const one = { index: this.#count, reading, unitIndex, mention }
      this.#count += 1
      const known = this.#byConcept.get(mention.conceptId)
      if (known === undefined) this.#byConcept.set(mention.conceptId, [one])
      else known.push(one)
    }
  }

  /** The mentions of these concepts that none of these facts begins with, in the order of the chart. */
  withoutFacts(conceptIds: ReadonlySet<string>, facts: readonly Fact[]): readonly NotedMention[] {
    const all: Indexed[] = []
    for (const id of conceptIds) for (const one of this.#byConcept.get(id) ?? []) all.push(one)
    if (all.length === 0) return []
    const known = new Set(facts.flatMap(startsOf))
    return all
      .filter(({ reading, mention }) => !known.has(startOf(reading.note.source, mention)))
      .sort((one, other) => one.index - other.index)
      .map(toNotedMention)
  }
}

function startOf(
  { resourceId }: ResourceSource,
  { conceptId, start }: { readonly conceptId: string; readonly start: number },
): string {
  return `${conceptId} ${start} ${resourceId}`
}

function startsOf({ conceptId, from }: Fact): readonly string[] {
  return from.kind === 'note'
    ? from.spans.map(({ start }) => startOf(from.source, { conceptId, start }))
    : []
}

function toNotedMention({ reading, unitIndex, mention }: Indexed): NotedMention {
  const { note, document } = reading
  const { conceptId, start, end } = mention
  const span = { start, end }
  const unit = document.units[unitIndex]
  return {
    conceptId,
    source: note.source,
    quote: unit === undefined ? span : quoteOf(unit, span),
    span,
    ...(note.day === undefined ? {} : { day: note.day }),
    isOfEncounter: note.isOfEncounter,
  }
}
