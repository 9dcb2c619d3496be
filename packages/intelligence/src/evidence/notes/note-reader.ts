import type { ClinicalBundle, DocumentEntry, Evidence } from '@authscript/prior-auth'
import type { NoteRule } from '../../policy/note-rule.ts'
import type { Side } from '../laterality.ts'
import { findHostileText, type TextSpan } from './hostile.ts'
import { readSentence, type Reading } from './read-sentence.ts'
import { type Sentence, splitSentences } from './sentences.ts'
import { matcherOf } from './terms.ts'

/** Longer notes are read up to here, and what follows is unknown. */
const maxExamined = 200_000
/** The same is often said several times; the reviewer needs a few. */
const maxEvidence = 4
/** Shorter sentences ("No fever.") stand in any two notes without having been copied. */
const copiedFrom = 40

const dayMs = 86_400_000

/** One thing that the notes say to a rule. */
export interface NoteFinding {
  readonly reading: Reading
  readonly evidence: Evidence
  /** `YYYY-MM-DD` since when it stands in the chart; undefined for a note without a date. */
  readonly day: string | undefined
}

interface Note {
  readonly document: DocumentEntry
  readonly text: string
  readonly day: string | undefined
  readonly isOfVisit: boolean
  readonly setAside: readonly TextSpan[]
  sentences?: readonly Sentence[]
}

/** The chart's notes, each split once, when a rule's words first stand in it. */
export class NoteReader {
  readonly #notes: readonly Note[]
  readonly #asOf: string
  readonly #orderSide: Side | undefined
  #copies: ReadonlyMap<string, string> | undefined
  /** Whether every note of the visit could be read to its end: otherwise its silence says nothing. */
  readonly isWhole: boolean
  /** Ids of the notes of which a part speaks to software and was set aside. */
  readonly hostileDocumentIds: readonly string[]
  /** Ids of the notes whose confidentiality is restricted. */
  readonly restrictedDocumentIds: readonly string[]

  constructor(bundle: ClinicalBundle, asOf: string, orderSide: Side | undefined) {
    this.#asOf = asOf
    this.#orderSide = orderSide
    const encounterId = bundle.encounter.source.resourceId
    let isWhole = true
    const notes: Note[] = []
    for (const document of bundle.documents) {
      if (isWithdrawn(document) || isLater(document, asOf)) continue
      const day = document.date?.slice(0, 10)
      const isOfVisit = document.encounterIds.includes(encounterId) || day === asOf
      if (document.content.kind === 'unread') {
        if (isOfVisit) isWhole = false
        continue
      }
      const text = document.content.text.slice(0, maxExamined)
      const setAside = findHostileText(text)
      // Text that speaks to software is nobody's answer: without it the note is as whole as it was before somebody put it there.
      const isCut =
        text.length < document.content.text.length || document.content.unreadParts !== undefined
      if (isOfVisit && isCut) isWhole = false
      notes.push({ document, text, day, isOfVisit, setAside })
    }
    this.#notes = notes
    this.isWhole = isWhole
    this.restrictedDocumentIds = notes
      .filter((note) => note.document.isRestricted === true)
      .map((note) => note.document.source.resourceId)
    this.hostileDocumentIds = notes
      .filter((note) => note.setAside.length > 0)
      .map((note) => note.document.source.resourceId)
  }

  /** What the notes say to a rule: what is present now is asked of the visit's own notes, what was or was done of all. */
  find(rule: NoteRule): readonly NoteFinding[] {
    const matcher = matcherOf(rule)
    const found: NoteFinding[] = []
    for (const note of this.#notes) {
      if (!isAsked(note, rule) || !matcher.any.test(note.text)) continue
      for (const [index, sentence] of this.#sentencesOf(note).entries()) {
        if (!matcher.any.test(sentence.text) || isSetAside(note, sentence)) continue
        const next = this.#sentencesOf(note)[index + 1]
        const finding = this.#read(note, sentence, next, rule)
        if (finding !== undefined) found.push(finding)
      }
    }
    return fewOfEach(rule.kind === 'measured' ? newestOf(found) : found)
  }

  /**
   * Reads a passage that somebody proposes, with the rule's wider words: it counts for what the rules make of it, or not at all.
   */
  readProposed(rule: NoteRule, documentId: string, quote: string): NoteFinding | undefined {
    const note = this.#notes.find((one) => one.document.source.resourceId === documentId)
    if (note === undefined || !isAsked(note, rule)) return undefined
    const start = note.text.indexOf(quote)
    if (start === -1) return undefined
    const end = start + quote.length
    const touched = this.#sentencesOf(note).filter(
      (one) => one.start < end && start < one.start + one.text.length,
    )
    const [first] = touched
    const last = touched.at(-1)
    if (first === undefined || last === undefined || touched.length > 3) return undefined
    if (touched.some((one) => one.section !== first.section || isSetAside(note, one)))
      return undefined
    const passage = { ...first, text: note.text.slice(first.start, last.start + last.text.length) }
    return this.#read(note, passage, undefined, widened(rule))
  }

  #read(
    note: Note,
    sentence: Sentence,
    next: Sentence | undefined,
    rule: NoteRule,
  ): NoteFinding | undefined {
    const day = this.#firstWritten(sentence) ?? note.day
    const context = { asOf: this.#asOf, day, orderSide: this.#orderSide, next }
    const reading = readSentence(sentence, rule, context)
    if (reading === undefined) return undefined
    const isCopied = day !== note.day
    return {
      reading: weighed(reading, rule, note, isCopied),
      evidence: toEvidence(note.document, sentence, reading, isCopied ? day : undefined),
      day,
    }
  }

  #sentencesOf(note: Note): readonly Sentence[] {
    note.sentences ??= splitSentences(note.text)
    return note.sentences
  }

  /** The day of the oldest note that has the same sentence, word for word; undefined when it stands in one note only. */
  #firstWritten(sentence: Sentence): string | undefined {
    if (this.#notes.length < 2) return undefined
    this.#copies ??= this.#findCopies()
    return this.#copies.get(keyOf(sentence))
  }

  #findCopies(): ReadonlyMap<string, string> {
    const oldest = new Map<string, { readonly day: string; readonly isAlone: boolean }>()
    for (const note of this.#notes) {
      if (note.day === undefined) continue
      for (const sentence of this.#sentencesOf(note)) {
        if (sentence.text.length < copiedFrom) continue
        const key = keyOf(sentence)
        const known = oldest.get(key)
        if (known === undefined) oldest.set(key, { day: note.day, isAlone: true })
        else if (known.day !== note.day)
          oldest.set(key, { day: known.day < note.day ? known.day : note.day, isAlone: false })
      }
    }
    return new Map([...oldest].flatMap(([key, one]) => (one.isAlone ? [] : [[key, one.day]])))
  }
}

/**
 * A finding that was copied forward shows what was so then, not what is so now; an older note's "has not tried" says nothing about
 * today.
 */
function weighed(reading: Reading, rule: NoteRule, note: Note, isCopied: boolean): Reading {
  if (reading === 'mentions') return reading
  if (rule.kind === 'finding' && rule.when !== 'ever')
    return isCopied && note.isOfVisit ? 'mentions' : reading
  if (rule.kind === 'measured' || reading === 'supports') return reading
  return isCopied || !note.isOfVisit ? 'mentions' : reading
}

function isAsked(note: Note, rule: NoteRule): boolean {
  return note.isOfVisit || rule.kind !== 'finding' || rule.when === 'ever'
}

function isSetAside(note: Note, sentence: Sentence): boolean {
  const end = sentence.start + sentence.text.length
  return note.setAside.some((span) => sentence.start < span.end && span.start < end)
}

function isWithdrawn(document: DocumentEntry): boolean {
  return document.status === 'superseded' || document.status === 'entered-in-error'
}

/** A note is often signed the day after the visit; one written later still was not there. */
function isLater(document: DocumentEntry, asOf: string): boolean {
  const nextDay = new Date(Date.parse(`${asOf}T00:00:00Z`) + dayMs).toISOString().slice(0, 10)
  return (document.date ?? asOf).slice(0, 10) > nextDay
}

function keyOf(sentence: Sentence): string {
  return sentence.text.replaceAll(/\s+/g, ' ').toLowerCase()
}

function widened(rule: NoteRule): NoteRule {
  return { ...rule, terms: [...rule.terms, ...(rule.widerTerms ?? [])] }
}

/** Of a measured value the newest counts: an old one neither supports nor refutes beside it. */
function newestOf(found: readonly NoteFinding[]): readonly NoteFinding[] {
  const settled = found.filter((one) => one.reading !== 'mentions')
  const newest = settled
    .map((one) => one.day ?? '')
    .sort()
    .at(-1)
  return settled.length === 0 ? found : settled.filter((one) => (one.day ?? '') === newest)
}

function fewOfEach(found: readonly NoteFinding[]): readonly NoteFinding[] {
  const counts = new Map<Reading, number>()
  const newestFirst = [...found].sort((a, b) => (b.day ?? '').localeCompare(a.day ?? ''))
  return newestFirst.filter(({ reading }) => {
    const count = (counts.get(reading) ?? 0) + 1
    counts.set(reading, count)
    return count <= maxEvidence
  })
}

function toEvidence(
  document: DocumentEntry,
  sentence: Sentence,
  reading: Reading,
  copiedFrom: string | undefined,
): Evidence {
  const title = document.title ?? document.type.text ?? 'note'
  return {
    source: document.source,
    path: 'DocumentReference.content.attachment',
    summary: copiedFrom === undefined ? title : `${title}, copied forward from ${copiedFrom}`,
    ...(document.date === undefined ? {} : { date: document.date }),
    quote: {
      text: sentence.text,
      start: sentence.start,
      end: sentence.start + sentence.text.length,
    },
    stance: reading === 'supports' ? 'supports' : 'refutes',
  }
}
