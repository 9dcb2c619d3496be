import type { Fact } from '../facts/fact.ts'
import type { CodeSet } from '../policy/criterion.ts'
import type { Duration } from '../policy/sourced.ts'
import type { AnswerContext } from './answer-context.ts'
import type { NotedMention } from '../facts/note-index.ts'
import type { FactStore } from './chart-facts.ts'
import { ownDaysOf, placeOfFact } from './days.ts'
import { type QueriedDenial, readDenial } from './denial.ts'
import { isVerified } from './evidence/verify-fact.ts'
import { placeOfSites } from './fact-scope.ts'
import type { FactReading } from './reading.ts'
import { dayInBrackets, noteDayInBrackets, nameOf } from './wording.ts'

export interface CandidateQuery extends QueriedDenial {
  readonly concepts: readonly string[]
  readonly codes?: readonly CodeSet[] | undefined
  readonly within?: Duration | undefined
  readonly notesOnly?: true | undefined
  readonly exactly?: true | undefined
  readonly isPlaced?: true | undefined
}

/**
 * Reads each fact that may bear on a query. Facts about other parts of the body are skipped, and so
 * are facts whose source cannot be found again in the chart. Statements about other people,
 * conditional, template, withdrawn or copied text are mentions, whatever the query asks.
 */
export function readCandidates(
  store: FactStore,
  asked: CandidateQuery,
  context: AnswerContext,
  read: (fact: Fact) => FactReading | undefined,
): readonly FactReading[] {
  const isAsked = ({ conceptId }: { readonly conceptId: string }) =>
    asked.exactly !== true || asked.concepts.includes(conceptId)
  const facts = new Set([
    ...store.factsOf(asked.concepts).filter(isAsked),
    ...(asked.codes === undefined ? [] : store.factsWithCodes(asked.codes)),
  ])
  const isCounted = (fact: Fact) =>
    !(fact.from.kind === 'coded' && fact.from.list === 'order') &&
    !(asked.notesOnly === true && fact.from.kind === 'coded' && !isTitle(fact)) &&
    isVerified(fact, context)
  const readings: FactReading[] = []
  for (const fact of facts) {
    if (!isCounted(fact)) continue
    const place = placeOfSites(fact, asked, context.concepts)
    if (place === 'elsewhere') continue
    if (isTitle(fact) && placeOfFact(fact, asked.within, context.asOf) === 'outside') continue
    const reading = isMentionOnly(fact) ? readAsMention(fact) : read(fact)
    if (reading === undefined) continue
    readings.push(placed(reading, place, asked))
  }
  for (const fact of store.widerFactsOf(asked.concepts)) {
    if (facts.has(fact) || !isCounted(fact)) continue
    const place = { ...asked, sites: asked.sites ?? naturalSitesOf(asked.concepts, context) }
    if (placeOfSites(fact, place, context.concepts) === 'elsewhere') continue
    readings.push(readWider(fact, asked, context))
  }
  for (const mention of store.mentionsOf(asked.concepts).filter(isAsked)) {
    const fact = toBareFact(mention)
    if (isPartOf(mention, facts)) continue
    if (isVerified(fact, context)) readings.push({ as: 'mentions', fact })
  }
  return readings
}

/** Keeps the reading only if the fact is about the part of the body that the query asks for. */
function placed(
  reading: FactReading,
  place: 'here' | 'wider',
  { isPlaced }: CandidateQuery,
): FactReading {
  const { fact, as } = reading
  if (as !== 'supports' && as !== 'short' && as !== 'open') return reading
  if (isPlaced === true && fact.sites.length === 0) return { as: 'mentions', fact }
  return place === 'wider' && as === 'supports'
    ? { as: 'open', fact, because: 'stated for a larger part of the body than the question' }
    : reading
}

function isTitle({ from }: Fact): boolean {
  return from.kind === 'coded' && from.list === 'documents'
}

/** "MRI" in "MRI of the knee": this text already belongs to a fact. */
function isPartOf({ source, span }: NotedMention, facts: Iterable<Fact>): boolean {
  for (const { from } of facts)
    if (
      from.kind === 'note' &&
      from.source.resourceId === source.resourceId &&
      from.spans.some(({ start, end }) => start <= span.start && span.end <= end)
    )
      return true
  return false
}

/** A mention as a fact that settles nothing. */
function toBareFact({ conceptId, source, quote, span, day, isOfEncounter }: NotedMention): Fact {
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
      source,
      quote,
      spans: [span],
      ...(day === undefined ? {} : { day }),
      isOfEncounter,
      isCopied: false,
    },
  }
}

/**
 * A cancelled procedure was not done. A procedure that the note only considers ("if the films show
 * arthritis we may cancel the MRI", an empty box beside "order placed") is neither done nor
 * cancelled.
 */
function readAsMention(fact: Fact): FactReading {
  const { assertion, from, kind } = fact
  if (from.kind === 'coded')
    return assertion.phase === 'not_done'
      ? { as: 'beside', fact, because: 'called off' }
      : { as: 'mentions', fact }
  const isAct = kind === 'study' || kind === 'therapy'
  const isOnlyConsidered =
    assertion.status === 'hypothetical'
      ? assertion.phase !== 'done'
      : assertion.status === 'unsettled' && assertion.phase === 'planned'
  return isAct &&
    isOnlyConsidered &&
    assertion.subject === 'patient' &&
    !from.isCopied &&
    ownDaysOf(fact) === undefined
    ? { as: 'beside', fact, because: 'only considered' }
    : { as: 'mentions', fact }
}

/**
 * The parts of the body that all these concepts belong to by nature; undefined if one of them has
 * no fixed part.
 */
function naturalSitesOf(
  conceptIds: readonly string[],
  { concepts }: AnswerContext,
): readonly string[] | undefined {
  const sites = conceptIds.map((id) => concepts.get(id)?.sites ?? [])
  return sites.every((one) => one.length > 0) ? [...new Set(sites.flat())] : undefined
}

/**
 * Only the denial of a wider concept says something: no imaging means no MRI, but imaging may be
 * something other than an MRI.
 */
function readWider(fact: Fact, asked: CandidateQuery, context: AnswerContext): FactReading {
  if (!isMentionOnly(fact) && isDenied(fact))
    return readDenial(
      fact,
      asked.concepts,
      asked,
      context,
      `the note${noteDayInBrackets(fact)} denies ${nameOf(fact.conceptId, context)}`,
    )
  if (isPlanned(fact)) return { as: 'beside', fact, because: 'only planned' }
  const name = nameOf(fact.conceptId, context)
  return ownDaysOf(fact) !== undefined &&
    placeOfFact(fact, asked.within, context.asOf) === 'outside'
    ? {
        as: 'beside',
        fact,
        because: `${name}${dayInBrackets(fact)} is older than the question allows`,
      }
    : { as: 'mentions', fact }
}

/** Nothing follows from the fact. A conditional plan counts as a plan. */
function isMentionOnly(fact: Fact): boolean {
  const { assertion, from } = fact
  return (
    assertion.subject === 'other' ||
    assertion.status === 'unsettled' ||
    (assertion.status === 'hypothetical' && assertion.phase !== 'planned') ||
    (from.kind === 'note' && from.isCopied)
  )
}

export function isDenied({ assertion }: Fact): boolean {
  return assertion.status === 'denied' || assertion.phase === 'not_done'
}

export function isPlanned({ assertion }: Fact): boolean {
  return assertion.phase === 'planned' && assertion.status !== 'denied'
}
