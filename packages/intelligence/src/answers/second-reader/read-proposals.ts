import type { ClinicalBundle, DocumentEntry } from '@authscript/prior-auth'
import type { NoteDocument, Span, Unit } from '../../document/note-document.ts'
import type { EvidenceProposal } from './proposal.ts'
import type { Fact } from '../../facts/fact.ts'
import type { Criterion } from '../../policy/criterion.ts'
import { conceptsOf } from '../alternatives.ts'
import { names } from './anchor.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { ReadingStages } from './reading-stages.ts'

export interface ProposedChart {
  readonly bundle: ClinicalBundle
  /** `YYYY-MM-DD`, the day of the visit. */
  readonly asOf: string
}

/** A passage may stand in a note more than once; further ones are not looked at. */
const mostPlaces = 8

/**
 * The facts that proposals come to, each read again: the quote stands in the note letter for letter, its words name the concept and are read as no other one by
 * the lexicon, and the stages themselves say who, when, whether, how long and how much, from words within the quote. What the proposer claims beyond that, or
 * otherwise, drops the proposal.
 */
export function readProposals(
  criterion: Criterion,
  proposals: readonly EvidenceProposal[],
  chart: ProposedChart,
  stages: ReadingStages,
): readonly Fact[] {
  const asked = [...new Set(criterion.any.flatMap(conceptsOf))]
  const documents = new Map<string, NoteDocument>()
  return proposals
    .filter((one) => one.criterionId === criterion.criterionId)
    .flatMap((proposal) => {
      const note = chart.bundle.documents.find(
        ({ source }) => source.resourceId === proposal.documentId,
      )
      if (note?.content.kind !== 'text' || isVoid(note)) return []
      const { text } = note.content
      const document = documents.get(proposal.documentId) ?? stages.readDocument(text)
      documents.set(proposal.documentId, document)
      const concepts = proposal.conceptId === undefined ? asked : [proposal.conceptId]
      return concepts
        .filter((id) => asked.some((wanted) => stages.lexicon.isA(id, wanted)))
        .flatMap((id) => readProposal(proposal, id, { document, note, chart, stages }) ?? [])
    })
}

interface Reading {
  readonly document: NoteDocument
  readonly note: DocumentEntry
  readonly chart: ProposedChart
  readonly stages: ReadingStages
}

function readProposal(
  proposal: EvidenceProposal,
  conceptId: string,
  { document, note, chart, stages }: Reading,
): Fact | undefined {
  const { lexicon } = stages
  const words = proposal.words ?? proposal.quote
  if (!names(words, conceptId, lexicon)) return undefined
  for (const quote of placesOf(proposal.quote, document.source)) {
    const at = proposal.quote.indexOf(words)
    if (at < 0 || words === '') return undefined
    const span = { start: quote.start + at, end: quote.start + at + words.length }
    const unit = document.units.find((one) => one.start <= span.start && span.end <= one.end)
    if (unit === undefined || isReadOtherwise(span, unit, conceptId, document, lexicon)) continue
    const day = note.date?.slice(0, 10)
    const facts = stages.factsOfNote(
      document,
      {
        source: note.source,
        ...(day === undefined ? {} : { day }),
        isOfEncounter: note.encounterIds.includes(chart.bundle.encounter.source.resourceId),
      },
      withMention(lexicon, unit, { conceptId, ...span }),
      chart.asOf,
    )
    const fact = facts.find(
      (one) =>
        one.conceptId === conceptId &&
        one.from.kind === 'note' &&
        one.from.spans.some(({ start, end }) => start === span.start && end === span.end),
    )
    if (fact !== undefined && agrees(fact, proposal, quote)) return fact
  }
  return undefined
}

function* placesOf(quote: string, source: string): Generator<Span> {
  if (quote.trim() === '') return
  let start = source.indexOf(quote)
  for (let place = 0; start >= 0 && place < mostPlaces; place += 1) {
    yield { start, end: start + quote.length }
    start = source.indexOf(quote, start + quote.length)
  }
}

/** The lexicon finds something else in these words; or the same, and the rules have read it already. */
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

/** The lexicon, as if it knew these words. */
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

/** What the stages read is what is claimed, and all of it stands within the quote. */
function agrees(fact: Fact, { stance, claim = {} }: EvidenceProposal, quote: Span): boolean {
  const { assertion, from } = fact
  const isWithin =
    from.kind === 'note' &&
    from.spans.every((span) => span.start >= quote.start && span.end <= quote.end)
  const status = stance === 'supports' ? 'affirmed' : 'denied'
  const isUndone = assertion.phase === 'planned' || assertion.phase === 'not_done'
  const isSameStatus =
    assertion.subject === 'patient' &&
    (assertion.status === status || (stance === 'refutes' && assertion.phase === 'not_done')) &&
    !(stance === 'supports' && isUndone)
  return isWithin && isSameStatus && agreesWithClaim(fact, claim)
}

function agreesWithClaim(fact: Fact, claim: NonNullable<EvidenceProposal['claim']>): boolean {
  const days =
    fact.kind === 'therapy'
      ? fact.lastedDays
      : fact.kind === 'finding'
        ? fact.lastingDays
        : undefined
  const sessions = fact.kind === 'therapy' ? fact.sessions : undefined
  const value = fact.kind === 'measurement' ? fact.value : undefined
  const on =
    fact.kind === 'study' || fact.kind === 'measurement'
      ? fact.day
      : fact.kind === 'therapy'
        ? (fact.end ?? fact.start)
        : fact.kind === 'finding'
          ? fact.onset
          : undefined
  const isOn =
    claim.on === undefined || (on !== undefined && on.first <= claim.on && claim.on <= on.last)
  return (
    (claim.days === undefined || claim.days === days) &&
    (claim.sessions === undefined || claim.sessions === sessions) &&
    (claim.value === undefined || claim.value === value) &&
    (claim.side === undefined || claim.side === fact.side) &&
    isOn
  )
}

function isVoid({ status }: DocumentEntry): boolean {
  return status === 'entered-in-error' || status === 'superseded'
}
