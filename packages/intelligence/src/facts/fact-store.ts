import {
  type ClinicalBundle,
  type DocumentEntry,
  isComplete,
  type OrderEntry,
  type ResourceSource,
} from '@authscript/prior-auth'
import type { Unit } from '../document/note-document.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'
import { searchOncePerText } from '../lexicon/repeated-units.ts'
import type { CodeSet } from '../policy/criterion.ts'
import { textsOf } from './chart/chart-entry.ts'
import { isLater } from './chart/entry-status.ts'
import { type ConceptSelection, selectConcepts } from './concept-selection.ts'
import { CodedIndex } from './coded-index.ts'
import { type DatedDocument, findCopies } from './copied-text.ts'
import type { Fact, Finding } from './fact.ts'
import { codedPlacesOf } from './facts-of-chart.ts'
import { NoteFactReader } from './facts-of-note.ts'
import { NoteIndex, type NotedMention } from './note-index.ts'
import { isIllegible } from './note/illegible.ts'
import type { Stages } from './stages.ts'
import { daysOfDate, until } from './values/calendar.ts'

/** A note that was read only in part: a scan, an attachment, text beyond the limit, or a layout or passage that was set aside. */
export interface UnreadNote {
  readonly source: ResourceSource
  readonly isOfEncounter: boolean
  /** A part of the text was set aside or cut off; it may contradict the rest. */
  readonly isCut?: true
  /** The writer could not decipher some words: only the note's silence does not count. */
  readonly isIllegible?: true
}

/** A note that does not count: entered in error, superseded, or written after the encounter. */
export interface SetAsideNote {
  readonly source: ResourceSource
  readonly reason: 'entered_in_error' | 'superseded' | 'later'
}

/** Indexes all notes and coded lists of a chart for one order. Their content is read when a concept is queried. */
export function factsOf(
  bundle: ClinicalBundle,
  order: OrderEntry,
  asOf: string,
  lexicon: LexiconView,
  stages: Stages,
): IndexedFactStore {
  const notes = notesOf(bundle, asOf, lexicon, stages)
  return new IndexedFactStore(bundle, notes, lexicon, {
    notes: notes.index,
    coded: new CodedIndex(codedPlacesOf(bundle, order, asOf, lexicon), lexicon),
    titles: titlesOf(bundle, asOf, lexicon),
  })
}

interface IndexedNotes extends ReadNotes {
  readonly index: NoteIndex
}

/** The inputs for which a chart's notes were read. */
interface NotesRead {
  readonly asOf: string
  readonly lexicon: LexiconView
  readonly stages: Stages
  readonly notes: IndexedNotes
}

/** The last reading of each chart, so that its other orders use the same notes. */
const lastRead = new WeakMap<ClinicalBundle, NotesRead>()

function notesOf(
  bundle: ClinicalBundle,
  asOf: string,
  lexicon: LexiconView,
  stages: Stages,
): IndexedNotes {
  const last = lastRead.get(bundle)
  if (last?.asOf === asOf && last.lexicon === lexicon && last.stages === stages) return last.notes
  const read = readDocuments(bundle, asOf, stages)
  const copiedFrom = findCopies(read.read)
  const find = searchOncePerText((document, unit) => lexicon.find(document, unit))
  const noteReaders = read.read.map((note) => {
    const { document, day, entry, isOfEncounter } = note
    const origin = {
      source: entry.source,
      ...(day === undefined ? {} : { day }),
      isOfEncounter,
      copiedFrom: (unit: Unit) => copiedFrom(note, unit),
    }
    return new NoteFactReader(
      document,
      origin,
      lexicon,
      asOf,
      stages,
      read.read.length > 1 ? find : undefined,
    )
  })
  const notes = { ...read, index: new NoteIndex(noteReaders, lexicon) }
  lastRead.set(bundle, { asOf, lexicon, stages, notes })
  return notes
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
    else if (isIllegible(content.text)) unread.push({ ...note, isIllegible: true })
    read.push({
      document,
      entry,
      isOfEncounter,
      ...(day === undefined || day.length < 10 ? {} : { day }),
    })
  }
  return { read, unread, setAside }
}

/** A note is often signed the day after the encounter; a note written later did not exist yet. */
function reasonToSetAside(
  { status, date }: DocumentEntry,
  asOf: string,
): SetAsideNote['reason'] | undefined {
  if (status === 'entered-in-error') return 'entered_in_error'
  if (status === 'superseded') return 'superseded'
  return isLater(date, asOf) ? 'later' : undefined
}

/** Titles of documents, especially of unread ones: "MRI lumbar spine 2025" on a scan. A title is only a mention. */
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
            phase: 'not_stated' as const,
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

interface Parts {
  readonly notes: NoteIndex
  readonly coded: CodedIndex
  readonly titles: readonly Finding[]
}

/** The facts of one order's chart by concept, from notes and coded lists, together with mentions and unread notes. */
export class IndexedFactStore {
  /** Notes that were not read completely. Empty: the silence of the notes counts. */
  readonly unreadNotes: readonly UnreadNote[]
  readonly setAsideNotes: readonly SetAsideNote[]
  /** Ids of read notes with restricted confidentiality. */
  readonly restrictedDocumentIds: readonly string[]
  readonly #bundle: ClinicalBundle
  readonly #lexicon: LexiconView
  readonly #parts: Parts
  readonly #answers = new Map<ConceptSelection, readonly Fact[]>()

  constructor(bundle: ClinicalBundle, notes: ReadNotes, lexicon: LexiconView, parts: Parts) {
    this.#bundle = bundle
    this.#lexicon = lexicon
    this.#parts = parts
    this.unreadNotes = notes.unread
    this.setAsideNotes = notes.setAside
    this.restrictedDocumentIds = notes.read
      .filter(({ entry }) => entry.isRestricted === true)
      .map(({ entry }) => entry.source.resourceId)
  }

  /** Facts of these concepts and narrower ones, each once, in chart order. */
  factsOf(conceptIds: readonly string[]): readonly Fact[] {
    return this.#factsOf(selectConcepts(conceptIds, this.#lexicon).narrower)
  }

  /** Facts of wider concepts, without those of `factsOf`: "conservative care" for physical therapy. */
  widerFactsOf(conceptIds: readonly string[]): readonly Fact[] {
    return this.#factsOf(selectConcepts(conceptIds, this.#lexicon).wider)
  }

  #factsOf(asked: ConceptSelection): readonly Fact[] {
    const before = this.#answers.get(asked)
    if (before !== undefined) return before
    const { notes, coded, titles } = this.#parts
    const facts = [
      ...notes.factsOf(asked),
      ...coded.factsOf(asked.ids),
      ...titles.filter(({ conceptId }) => asked.ids.has(conceptId)),
    ]
    this.#answers.set(asked, facts)
    return facts
  }

  /** Facts of coded entries with a code of one of these sets. */
  factsWithCodes(sets: readonly CodeSet[]): readonly Fact[] {
    return this.#parts.coded.factsWithCodes(sets)
  }

  /** Mentions in notes of these concepts or narrower ones that gave no fact. */
  mentionsOf(conceptIds: readonly string[]): readonly NotedMention[] {
    return this.#parts.notes.mentionsOf(selectConcepts(conceptIds, this.#lexicon).narrower)
  }

  /** Whether a kind of resource was read completely; for notes, each note also to its end. */
  isReadCompletely(resourceType: string): boolean {
    if (!isComplete(this.#bundle.completeness, resourceType)) return false
    return resourceType !== 'DocumentReference' || this.unreadNotes.length === 0
  }

  /** The first day that was requested for a kind of resource; absent if its whole history was. */
  readSince(resourceType: string): string | undefined {
    return this.#bundle.completeness.find((one) => one.resourceType === resourceType)?.since
  }
}
