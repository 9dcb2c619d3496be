import type { ClinicalBundle, DocumentEntry } from '@authscript/prior-auth'
import type { NoteDocument, Unit } from '../../document/note-document.ts'
import { type DatedDocument, findCopies } from '../../facts/copied-text.ts'
import type { ReadingStages } from './reading-stages.ts'

/** A note that a proposal may quote. */
export interface ProposedNote extends DatedDocument {
  readonly entry: DocumentEntry
  readonly isOfEncounter: boolean
}

/**
 * The notes against which proposals are checked: those that count, with the text copied from older notes. Read
 * on first use.
 */
export class ProposedNotes {
  readonly #bundle: ClinicalBundle
  readonly #asOf: string
  readonly #stages: ReadingStages
  readonly #setAside: ReadonlySet<string>
  #notes: ReadonlyMap<string, ProposedNote> | undefined
  #copiedFrom: ((note: DatedDocument, unit: Unit) => string | undefined) | undefined

  constructor({ bundle, asOf, setAsideIds }: ProposedChart, stages: ReadingStages) {
    this.#bundle = bundle
    this.#asOf = asOf
    this.#stages = stages
    this.#setAside = new Set(setAsideIds)
  }

  /** Undefined for a note that is not in the chart, has no text, or does not count. */
  get(documentId: string): ProposedNote | undefined {
    return this.#read().get(documentId)
  }

  /** The day of the oldest note with the same text as this unit, if it is older than the note. */
  copiedFrom(note: ProposedNote, unit: Unit): string | undefined {
    this.#copiedFrom ??= findCopies([...this.#read().values()])
    return this.#copiedFrom(note, unit)
  }

  #read(): ReadonlyMap<string, ProposedNote> {
    this.#notes ??= new Map(
      this.#bundle.documents.flatMap((entry) => {
        const { source, content, date } = entry
        if (content.kind !== 'text' || this.#setAside.has(source.resourceId)) return []
        const day = date?.slice(0, 10)
        const document: NoteDocument = this.#stages.readDocument(content.text)
        const note: ProposedNote = {
          document,
          entry,
          isOfEncounter:
            entry.encounterIds.includes(this.#bundle.encounter.source.resourceId) ||
            day === this.#asOf,
          ...(day === undefined || day.length < 10 ? {} : { day }),
        }
        return [[source.resourceId, note] as const]
      }),
    )
    return this.#notes
  }
}

export interface ProposedChart {
  readonly bundle: ClinicalBundle
  /** `YYYY-MM-DD`, the day of the encounter. */
  readonly asOf: string
  /** Ids of notes that do not count: entered in error, superseded, or written later. */
  readonly setAsideIds: readonly string[]
}
