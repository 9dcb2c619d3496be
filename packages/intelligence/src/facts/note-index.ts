import type { ResourceSource } from '@authscript/prior-auth'
import type { Span } from '../document/note-document.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'
import type { Mention } from '../lexicon/mention.ts'
import type { ConceptSelection } from './concept-selection.ts'
import type { Fact } from './fact.ts'
import type { NoteFactReader } from './facts-of-note.ts'
import { quoteOf } from './note/unit-scope.ts'
import { WordIndex } from './word-index.ts'

/**
 * A concept that a note mentions without a fact coming of it: a measure without a value, a word in a heading.
 * The note is then not silent about it.
 */
export interface NotedMention {
  readonly conceptId: string
  readonly source: ResourceSource
  readonly quote: Span
  readonly span: Span
  readonly day?: string
  readonly isOfEncounter: boolean
}

/** A unit of the chart's notes, by its position in the chart. */
interface Entry {
  readonly noteReader: NoteFactReader
  readonly index: number
  isSearched: boolean
  facts: readonly Fact[] | undefined
}

interface Mentioned {
  readonly entry: Entry
  readonly mention: Mention
  /** In chart order. */
  readonly unit: number
  readonly rank: number
}

/**
 * For fewer units, searching all of them is faster than indexing their words, because a policy's concepts occur
 * in most units of a note written for it.
 */
const maxSearchedAtOnce = 200

/**
 * The notes of a chart, indexed by the concepts they mention. A policy asks for a few dozen concepts, and a long
 * chart contains hundreds. A unit is searched for mentions when a queried term may begin in it, and read for
 * facts when its mentions may give one. For a short chart all units are searched at once.
 *
 *   words ── take ──► units searched ── sources ──► units by concept ── factsOf ──► facts
 */
export class NoteIndex {
  readonly #entries: Entry[] = []
  /** Of the units that have not been searched yet. */
  readonly #words: WordIndex | undefined
  readonly #searched = new Set<ReadonlySet<string>>()
  readonly #unitsBySource = new Map<string, number[]>()
  readonly #mentions = new Map<string, Mentioned[]>()
  readonly #answers = new Map<ConceptSelection, readonly Fact[]>()

  constructor(
    notes: readonly NoteFactReader[],
    lexicon: LexiconView,
    searchedAtOnce = maxSearchedAtOnce,
  ) {
    for (const noteReader of notes)
      for (const index of noteReader.document.units.keys())
        this.#entries.push({ noteReader, index, isSearched: false, facts: undefined })
    if (this.#entries.length <= searchedAtOnce) {
      for (const place of this.#entries.keys()) this.#searchAt(place)
      return
    }
    this.#words = new WordIndex((text) => lexicon.firstWordsIn(text))
    for (const [place, { noteReader, index }] of this.#entries.entries())
      for (const text of noteReader.textsOf(index)) this.#words.add(text, place)
  }

  /** Facts of exactly these concepts, in chart order. */
  factsOf(asked: ConceptSelection): readonly Fact[] {
    let facts = this.#answers.get(asked)
    if (facts === undefined) {
      facts = this.#readFacts(asked)
      this.#answers.set(asked, facts)
    }
    return facts
  }

  #readFacts({ ids, sources, firstWords }: ConceptSelection): readonly Fact[] {
    this.#search(firstWords)
    const units = new Set<number>()
    for (const of of valuesOf(this.#unitsBySource, sources)) for (const unit of of) units.add(unit)
    return [...units]
      .sort((one, other) => one - other)
      .flatMap((unit) => this.#read(unit).filter((fact) => ids.has(fact.conceptId)))
  }

  /** Mentions of these concepts that gave no fact, in chart order. */
  mentionsOf(asked: ConceptSelection): readonly NotedMention[] {
    const facts = this.factsOf(asked)
    const all: Mentioned[] = []
    for (const of of valuesOf(this.#mentions, asked.ids)) for (const one of of) all.push(one)
    if (all.length === 0) return []
    const known = new Set(facts.flatMap(startsOf))
    return all
      .filter(({ entry, mention }) => !known.has(startOf(entry.noteReader.note.source, mention)))
      .sort((one, other) => one.unit - other.unit || one.rank - other.rank)
      .map(toNotedMention)
  }

  #search(words: ReadonlySet<string>): void {
    if (this.#words === undefined || this.#searched.has(words)) return
    this.#searched.add(words)
    for (const place of this.#words.take(words)) this.#searchAt(place)
  }

  #searchAt(place: number): void {
    const entry = this.#entries[place]
    if (entry === undefined || entry.isSearched) return
    entry.isSearched = true
    const { noteReader, index } = entry
    for (const id of noteReader.sourcesOf(index)) put(this.#unitsBySource, id, place)
    for (const id of noteReader.sourcesForNext(index)) put(this.#unitsBySource, id, place + 1)
    for (const [rank, mention] of noteReader.mentionsOf(index).entries())
      put(this.#mentions, mention.conceptId, { entry, mention, unit: place, rank })
  }

  #read(place: number): readonly Fact[] {
    const entry = this.#entries[place]
    if (entry === undefined) return []
    return (entry.facts ??= entry.noteReader.factsOf(entry.index))
  }
}

/**
 * The values of these keys, in any order. Iterates over the smaller side, because a short chart mentions fewer
 * concepts than are queried.
 */
function* valuesOf<T>(map: ReadonlyMap<string, T>, keys: ReadonlySet<string>): Generator<T> {
  if (map.size < keys.size) {
    for (const [key, value] of map) if (keys.has(key)) yield value
    return
  }
  for (const key of keys) {
    const value = map.get(key)
    if (value !== undefined) yield value
  }
}

function put<T>(map: Map<string, T[]>, key: string, one: T): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [one])
  else known.push(one)
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

function toNotedMention({ entry: { noteReader, index }, mention }: Mentioned): NotedMention {
  const { note, document } = noteReader
  const { conceptId, start, end } = mention
  const span = { start, end }
  const unit = document.units[index]
  return {
    conceptId,
    source: note.source,
    quote: unit === undefined ? span : quoteOf(unit, span),
    span,
    ...(note.day === undefined ? {} : { day: note.day }),
    isOfEncounter: note.isOfEncounter,
  }
}
