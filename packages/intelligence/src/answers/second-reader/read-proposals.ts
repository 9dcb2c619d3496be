import type { NoteDocument, Span, Unit } from '../../document/note-document.ts'
import type { Fact } from '../../facts/fact.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Criterion } from '../../policy/criterion.ts'
import { conceptsOf } from '../alternatives.ts'
import { placeOfName } from './anchor.ts'
import { agrees } from './agreement.ts'
import type { EvidenceProposal } from './proposal.ts'
import { type ProposedChart, type ProposedNote, ProposedNotes } from './proposed-notes.ts'
import type { ReadingStages } from './reading-stages.ts'

/** A passage may occur more than once in a note; further occurrences are ignored. */
const maxOccurrences = 8

/**
 * Checks proposals criterion by criterion. A proposal becomes a fact if its quote stands in the note character
 * for character, its words name the concept in any wording, the lexicon reads them as nothing else, and the
 * stages find the subject, time, status, length and amount within the quote. A different claim of the proposer
 * drops it. A quote of one statement that does not name the concept becomes an unsettled fact: a passage that
 * the reviewer sees and from which nothing follows.
 */
export function createProposalReader(
  proposals: readonly EvidenceProposal[],
  chart: ProposedChart,
  stages: ReadingStages,
): (criterion: Criterion) => readonly Fact[] {
  const notes = new ProposedNotes(chart, stages)
  return (criterion) => {
    const asked = [...new Set(criterion.any.flatMap(conceptsOf))]
    return proposals
      .filter((one) => one.criterionId === criterion.criterionId)
      .flatMap((proposal) => {
        const note = notes.get(proposal.documentId)
        if (note === undefined) return []
        const concepts = proposal.conceptId === undefined ? asked : [proposal.conceptId]
        const reading = { note, notes, chart, stages }
        const read = concepts
          .filter((id) => asked.some((wanted) => stages.lexicon.isA(id, wanted)))
          .map((id) => readProposal(proposal, id, reading))
        const named = read.flatMap((one) => one?.named ?? [])
        return named.length > 0 ? named : read.flatMap((one) => one?.unnamed ?? []).slice(0, 1)
      })
  }
}

interface ProposalContext {
  readonly note: ProposedNote
  readonly notes: ProposedNotes
  readonly chart: ProposedChart
  readonly stages: ReadingStages
}

interface Read {
  readonly named?: Fact
  readonly unnamed?: Fact
}

function readProposal(
  proposal: EvidenceProposal,
  conceptId: string,
  reading: ProposalContext,
): Read | undefined {
  const { document } = reading.note
  const words = proposal.words ?? proposal.quote
  const at = proposal.quote.indexOf(words)
  if (at < 0 || words.trim() === '') return undefined
  const name = placeOfName(words, conceptId, reading.stages.lexicon)
  if (name === undefined) {
    const passage =
      proposal.stance === 'supports' ? passageOf(proposal, conceptId, reading) : undefined
    return passage === undefined ? undefined : { unnamed: passage }
  }
  for (const quote of placesOf(proposal.quote, document.source)) {
    const span = { start: quote.start + at + name.start, end: quote.start + at + name.end }
    const unit = document.units.find((one) => one.start <= span.start && span.end <= one.end)
    if (unit === undefined) continue
    if (isReadOtherwise(span, unit, conceptId, document, reading.stages.lexicon)) continue
    const fact = readAgain({ conceptId, ...span }, unit, reading)
    if (fact !== undefined && agrees(fact, proposal, quote)) return { named: fact }
  }
  return undefined
}

/** The quoted statement as a fact from which nothing follows. */
function passageOf(
  { quote }: EvidenceProposal,
  conceptId: string,
  { note }: ProposalContext,
): Fact | undefined {
  const [place] = placesOf(quote, note.document.source)
  const unit =
    place === undefined
      ? undefined
      : note.document.units.find(
          (one) => one.quote.start <= place.start && place.end <= one.quote.end,
        )
  if (place === undefined || unit === undefined || quote.trim() !== quote) return undefined
  return {
    kind: 'finding',
    conceptId,
    sites: [],
    assertion: {
      status: 'unsettled',
      subject: 'patient',
      when: 'now',
      phase: 'not_stated',
      cues: [],
    },
    from: {
      kind: 'note',
      source: note.entry.source,
      quote: unit.quote,
      spans: [place],
      ...(note.day === undefined ? {} : { day: note.day }),
      isOfEncounter: note.isOfEncounter,
      isCopied: false,
    },
  }
}

function* placesOf(quote: string, source: string): Generator<Span> {
  if (quote.trim() === '') return
  let start = source.indexOf(quote)
  for (let place = 0; start >= 0 && place < maxOccurrences; place += 1) {
    yield { start, end: start + quote.length }
    start = source.indexOf(quote, start + quote.length)
  }
}

/**
 * A unit with the text around it that may change its meaning: the heading above it, or "she stopped after two
 * weeks" after it.
 */
function around({ units, ...document }: NoteDocument, unit: Unit): NoteDocument {
  const at = units.indexOf(unit)
  return { ...document, units: units.slice(Math.max(0, at - 1), at + 3) }
}

/** The stages read the note as if the lexicon contained this wording. */
function readAgain(
  mention: Span & { readonly conceptId: string },
  unit: Unit,
  { note, notes, chart, stages }: ProposalContext,
): Fact | undefined {
  const facts = stages.factsOfNote(
    around(note.document, unit),
    {
      source: note.entry.source,
      ...(note.day === undefined ? {} : { day: note.day }),
      isOfEncounter: note.isOfEncounter,
      copiedFrom: (one) => notes.copiedFrom(note, one),
    },
    withMention(stages.lexicon, unit, mention),
    chart.asOf,
  )
  return facts.find(
    (one) =>
      one.conceptId === mention.conceptId &&
      one.from.kind === 'note' &&
      one.from.spans.some(({ start, end }) => start === mention.start && end === mention.end),
  )
}

/** The lexicon finds something else in this text, or finds the same and the rules already read it. */
function isReadOtherwise(
  span: Span,
  unit: Unit,
  conceptId: string,
  document: NoteDocument,
  lexicon: LexiconView,
): boolean {
  return lexicon.find(document, unit).some((mention) => {
    const kind = lexicon.get(mention.conceptId)?.kind
    if (kind === 'site' || kind === 'observable') return false
    const overlaps = mention.start < span.end && mention.end > span.start
    return (
      overlaps && !(lexicon.isA(conceptId, mention.conceptId) && mention.conceptId !== conceptId)
    )
  })
}

/** The lexicon extended by this wording. */
function withMention(
  lexicon: LexiconView,
  unit: Unit,
  mention: Span & { readonly conceptId: string },
): LexiconView {
  return {
    concepts: lexicon.concepts,
    isA: (id, wider) => lexicon.isA(id, wider),
    get: (id) => lexicon.get(id),
    findIn: (text) => lexicon.findIn(text),
    firstWordsIn: (text) => lexicon.firstWordsIn(text),
    firstWordsOf: (id) => lexicon.firstWordsOf(id),
    find: (document, one) => {
      const found = lexicon.find(document, one)
      return one.start === unit.start && one.end === unit.end
        ? [
            ...found.filter((other) => other.end <= mention.start || other.start >= mention.end),
            mention,
          ].sort((a, b) => a.start - b.start)
        : found
    },
  }
}
