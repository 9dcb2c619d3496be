import { type NoteDocument, type Span, textOf, type Unit } from '../../document/note-document.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Stages } from '../stages.ts'
import { placesIn } from './places.ts'
import type { PlaceText } from './place-text.ts'

/** One document with the stages that read it. Lead-ins and titles shared by units are read once. */
export class NoteLines {
  readonly document: NoteDocument
  readonly lexicon: LexiconView
  readonly stages: Stages
  /** The mentions of a unit of the document. */
  readonly find: (unit: Unit) => readonly Mention[]
  readonly #places = new Map<number, PlaceText>()
  readonly #mentions = new Map<number, readonly Mention[]>()

  constructor(
    document: NoteDocument,
    lexicon: LexiconView,
    stages: Stages,
    find: LexiconView['find'],
  ) {
    this.document = document
    this.lexicon = lexicon
    this.stages = stages
    this.find = (unit) => find(document, unit)
  }

  mentionsIn(span: Span): readonly Mention[] {
    const known = this.#mentions.get(span.start)
    if (known !== undefined) return known
    const found = this.lexicon
      .findIn(textOf(this.document, span))
      .map((one) => ({ ...one, start: one.start + span.start, end: one.end + span.start }))
    this.#mentions.set(span.start, found)
    return found
  }

  /** The concepts of all these lines. */
  conceptsOf(spans: readonly Span[]): ReadonlySet<string> {
    if (spans.length === 0) return none
    return new Set(spans.flatMap((one) => this.mentionsIn(one)).map((one) => one.conceptId))
  }

  /** The places in the lines around a unit, from the innermost lead-in to the section's title. */
  placesAround({ leads, section }: Unit): readonly PlaceText[] {
    const spans = [...leads.toReversed(), ...(section.title === undefined ? [] : [section.title])]
    return spans.map((span) => {
      const known = this.#places.get(span.start)
      if (known !== undefined) return known
      const text = textOf(this.document, span)
      const places = placesIn(text, span.start, this.mentionsIn(span), this.lexicon)
      this.#places.set(span.start, places)
      return places
    })
  }
}

const none: ReadonlySet<string> = new Set()
