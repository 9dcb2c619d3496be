import {
  type ClinicalBundle,
  type DocumentEntry,
  isComplete,
  type OrderEntry,
  type ResourceSource,
} from '@authscript/prior-auth'
import { systemNameOf } from '../codes/system-name.ts'
import type { Span } from '../document/note-document.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'
import type { CodeSet } from '../policy/criterion.ts'
import { textsOf } from './chart/chart-entry.ts'
import { plainCode } from './chart/code-index.ts'
import { isLater } from './chart/entry-status.ts'
import { type DatedDocument, findCopies } from './copied-text.ts'
import type { Fact, Finding } from './fact.ts'
import { factsOfChart } from './facts-of-chart.ts'
import { readNote } from './facts-of-note.ts'
import type { Stages } from './stages.ts'
import { daysOfDate, until } from './values/calendar.ts'

/** A note of which something was not read: a scan, an attachment, a part beyond the limit. */
export interface UnreadNote {
  readonly source: ResourceSource
  readonly isOfEncounter: boolean
  /** A part of the text itself was set aside or cut off: what stands there may take back what the rest says. */
  readonly isCut?: true
}

/** A note that does not count: in error, superseded, or written after the visit was over. */
export interface SetAsideNote {
  readonly source: ResourceSource
  readonly reason: 'entered_in_error' | 'superseded' | 'later'
}

/** A concept that a note speaks of so that no fact came of it: a measure without a value, a word in a heading. It is not silence. */
export interface NotedMention {
  readonly conceptId: string
  readonly source: ResourceSource
  readonly quote: Span
  readonly span: Span
  readonly day?: string
  readonly isOfEncounter: boolean
}

/** Reads all notes and the coded lists of a chart for one order. */
export function factsOf(
  bundle: ClinicalBundle,
  order: OrderEntry,
  asOf: string,
  lexicon: LexiconView,
  stages: Stages,
): FactStore {
  const notes = readDocuments(bundle, asOf, stages)
  const copiedFrom = findCopies(notes.read)
  const facts: Fact[] = []
  const mentions: NotedMention[] = []
  for (const note of notes.read) {
    const { document, day, entry, isOfEncounter } = note
    const origin = {
      source: entry.source,
      ...(day === undefined ? {} : { day }),
      isOfEncounter,
      copiedFrom: (unit: Parameters<typeof copiedFrom>[1]) => copiedFrom(note, unit),
    }
    const read = readNote(document, origin, lexicon, asOf, stages)
    for (const fact of read.facts) facts.push(fact)
    const known = new Set(read.facts.flatMap(spansOf))
    for (const mention of read.mentions)
      if (!known.has(`${mention.conceptId} ${mention.span.start}`)) mentions.push(mention)
  }
  const coded = factsOfChart(bundle, order, asOf, lexicon)
  const titles = titlesOf(bundle, asOf, lexicon)
  return new FactStore(bundle, [...facts, ...coded, ...titles], mentions, notes, lexicon)
}

function spansOf({ conceptId, from }: Fact): readonly string[] {
  return from.kind === 'note' ? from.spans.map(({ start }) => `${conceptId} ${start}`) : []
}

interface ReadNotes {
  readonly read: readonly (DatedDocument & {
    readonly entry: DocumentEntry
    readonly isOfEncounter: boolean
  })[]
  readonly unread: readonly UnreadNote[]
  readonly setAside: readonly SetAsideNote[]
}

function readDocuments(bundle: ClinicalBundle, asOf: string, stages: Stages): ReadNotes {
  const encounterId = bundle.encounter.source.resourceId
  const read: ReadNotes['read'][number][] = []
  const unread: UnreadNote[] = []
  const setAside: SetAsideNote[] = []
  for (const entry of bundle.documents) {
    const { source, content } = entry
    const reason = reasonToSetAside(entry, asOf)
    if (reason !== undefined) {
      setAside.push({ source, reason })
      continue
    }
    const day = entry.date?.slice(0, 10)
    const isOfEncounter = entry.encounterIds.includes(encounterId) || day === asOf
    const note = { source, isOfEncounter }
    if (content.kind === 'unread') {
      unread.push(note)
      continue
    }
    const document = stages.readDocument(content.text)
    if (!document.isWhole) unread.push({ ...note, isCut: true })
    else if (content.unreadParts !== undefined) unread.push(note)
    read.push({
      document,
      entry,
      isOfEncounter,
      ...(day === undefined || day.length < 10 ? {} : { day }),
    })
  }
  return { read, unread, setAside }
}

/** A note is often signed the day after the visit; one written later still was not there. */
function reasonToSetAside(
  { status, date }: DocumentEntry,
  asOf: string,
): SetAsideNote['reason'] | undefined {
  if (status === 'entered-in-error') return 'entered_in_error'
  if (status === 'superseded') return 'superseded'
  return isLater(date, asOf) ? 'later' : undefined
}

/** Titles of documents, of unread ones above all: "MRI lumbar spine 2025" on a scan. Nothing follows from one but that it is spoken of. */
function titlesOf(bundle: ClinicalBundle, asOf: string, lexicon: LexiconView): readonly Finding[] {
  return bundle.documents
    .filter((one) => reasonToSetAside(one, asOf) === undefined)
    .flatMap(({ source, title = '', type, date }) => {
      const days = daysOfDate(date)
      return [...new Set([title, ...textsOf(type)])].flatMap((text) =>
        lexicon.findIn(text).map(({ conceptId }) => ({
          kind: 'finding' as const,
          conceptId,
          sites: [],
          assertion: {
            status: 'unsettled' as const,
            subject: 'patient' as const,
            when: 'now' as const,
            phase: 'unsaid' as const,
            cues: [],
          },
          from: {
            kind: 'coded' as const,
            source,
            path: 'DocumentReference.description',
            list: 'documents' as const,
            by: 'words' as const,
            codes: [],
            text,
            ...(days === undefined ? {} : { day: until(days, asOf) }),
          },
        })),
      )
    })
}

/** The facts of one order's chart, from notes and coded lists alike, by concept; with what was mentioned and what was not read. */
export class FactStore {
  readonly facts: readonly Fact[]
  /** Notes that were not read to their end, or not at all. Empty: the silence of the notes says something. */
  readonly unreadNotes: readonly UnreadNote[]
  readonly setAsideNotes: readonly SetAsideNote[]
  /** Ids of the notes read whose confidentiality is restricted. */
  readonly restrictedDocumentIds: readonly string[]
  readonly #bundle: ClinicalBundle
  readonly #lexicon: LexiconView
  readonly #facts: ReadonlyMap<string, readonly Indexed<Fact>[]>
  readonly #mentions: ReadonlyMap<string, readonly Indexed<NotedMention>[]>
  readonly #coded: readonly { readonly key: string; readonly index: number; readonly fact: Fact }[]

  constructor(
    bundle: ClinicalBundle,
    facts: readonly Fact[],
    mentions: readonly NotedMention[],
    notes: ReadNotes,
    lexicon: LexiconView,
  ) {
    this.#bundle = bundle
    this.#lexicon = lexicon
    this.facts = facts
    this.unreadNotes = notes.unread
    this.setAsideNotes = notes.setAside
    this.restrictedDocumentIds = notes.read
      .filter(({ entry }) => entry.isRestricted === true)
      .map(({ entry }) => entry.source.resourceId)
    this.#facts = byConcept(facts)
    this.#mentions = byConcept(mentions)
    this.#coded = facts.flatMap((fact, index) => keysOf(fact).map((key) => ({ key, index, fact })))
  }

  /** Facts of these concepts and of narrower ones, each once, in the order of the chart. */
  factsOf(conceptIds: readonly string[]): readonly Fact[] {
    return pick(this.#facts, (id) => conceptIds.some((wider) => this.#lexicon.isA(id, wider)))
  }

  /** Facts of concepts that are wider than one of these, without those of `factsOf`: "conservative care" for physical therapy. */
  widerFactsOf(conceptIds: readonly string[]): readonly Fact[] {
    return pick(
      this.#facts,
      (id) =>
        conceptIds.some((narrower) => this.#lexicon.isA(narrower, id)) &&
        !conceptIds.some((wider) => this.#lexicon.isA(id, wider)),
    )
  }

  /** Facts of coded entries that carry a code of one of these sets. */
  factsWithCodes(sets: readonly CodeSet[]): readonly Fact[] {
    const found = new Map<number, Fact>()
    for (const { key, index, fact } of this.#coded)
      if (sets.some((set) => isIn(key, set))) found.set(index, fact)
    return [...found].sort(([one], [other]) => one - other).map(([, fact]) => fact)
  }

  /** What notes speak of these concepts or narrower ones, of which no fact came. */
  mentionsOf(conceptIds: readonly string[]): readonly NotedMention[] {
    return pick(this.#mentions, (id) => conceptIds.some((wider) => this.#lexicon.isA(id, wider)))
  }

  /** Whether a kind of resource was read completely; of notes also each to its end. */
  isReadCompletely(resourceType: string): boolean {
    if (!isComplete(this.#bundle.completeness, resourceType)) return false
    return resourceType !== 'DocumentReference' || this.unreadNotes.length === 0
  }

  /** The first day that was asked for of a kind of resource; absent when its whole history was. */
  readSince(resourceType: string): string | undefined {
    return this.#bundle.completeness.find((one) => one.resourceType === resourceType)?.since
  }
}

interface Indexed<T> {
  readonly index: number
  readonly one: T
}

function byConcept<T extends { readonly conceptId: string }>(
  all: readonly T[],
): ReadonlyMap<string, readonly Indexed<T>[]> {
  const map = new Map<string, Indexed<T>[]>()
  for (const [index, one] of all.entries()) {
    if (one.conceptId === '') continue
    const known = map.get(one.conceptId)
    if (known === undefined) map.set(one.conceptId, [{ index, one }])
    else known.push({ index, one })
  }
  return map
}

function pick<T>(
  map: ReadonlyMap<string, readonly Indexed<T>[]>,
  isAsked: (conceptId: string) => boolean,
): readonly T[] {
  return [...map]
    .flatMap(([id, list]) => (isAsked(id) ? list : []))
    .sort((one, other) => one.index - other.index)
    .map(({ one }) => one)
}

function keysOf({ from }: Fact): readonly string[] {
  if (from.kind !== 'coded') return []
  return from.codes.flatMap(({ system, code }) => {
    const name = systemNameOf(system)
    return name === undefined ? [] : [`${name} ${plainCode(code)}`]
  })
}

function isIn(key: string, { system, codes = [], under = [], except = [] }: CodeSet): boolean {
  const isPart = (list: readonly string[]) =>
    list.some((code) => key.startsWith(`${system} ${plainCode(code)}`))
  const isListed = codes.some((code) => key === `${system} ${plainCode(code)}`)
  return (isListed || isPart(under)) && !isPart(except)
}
