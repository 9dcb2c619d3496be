import type { Fact } from '../facts/fact.ts'
import { type Duration, daysOf } from '../policy/sourced.ts'
import type { AnswerContext } from './answer-context.ts'
import { daysBetween, placeOfFact } from './days.ts'
import type { ConceptTree } from './chart-facts.ts'
import { organs, type QueriedPlace, sidesMeet, sitesMeet } from './fact-scope.ts'
import type { FactReading, ReadingOf } from './reading.ts'

/** The place and degree that a query asks for, because a denial may cover only part of it. */
export interface QueriedDenial extends QueriedPlace {
  readonly notCourse?: readonly string[] | undefined
  readonly within?: Duration | undefined
  readonly severity?: readonly string[] | undefined
  readonly course?: readonly string[] | undefined
}

/**
 * A denial with the concepts that it rules out: the named ones and narrower ones. "No fever" does
 * not rule out chills, "no foot drop" does not rule out weakness, "no weakness on the left" says
 * nothing about the right. Only the encounter's own notes and coded results can deny; an older note
 * could not know.
 */
export function readDenial(
  fact: Fact,
  asked: readonly string[],
  query: QueriedDenial,
  context: AnswerContext,
  because: string,
): FactReading {
  const { from } = fact
  const isOfNow = from.kind === 'note' ? from.isOfEncounter : isResult(fact, query, context)
  if (!isOfNow) return { as: 'mentions', fact }
  // "No echo this stay" says nothing about other times, and suggests that there may have been one.
  if (isOfAnotherTime(fact, query, context)) return { as: 'mentions', fact }
  const isWhole = !isPartial(fact, query, context)
  const concepts = !isWhole
    ? []
    : asked.filter((wanted) => context.concepts.isA(wanted, fact.conceptId))
  return { as: 'denies', fact, concepts, because, isWhole }
}

/** A coded result denies if it is not older than the query's window. */
function isResult(fact: Fact, { within }: QueriedDenial, { asOf }: AnswerContext): boolean {
  return (
    fact.from.kind === 'coded' &&
    fact.from.list === 'observations' &&
    placeOfFact(fact, within, asOf) === 'inside'
  )
}

/**
 * "No MRI during the admission in May" says nothing about April: a denial for a period only counts
 * if the period contains the query's whole window.
 */
function isOfAnotherTime(fact: Fact, { within }: QueriedDenial, { asOf }: AnswerContext): boolean {
  const days =
    fact.kind === 'study'
      ? fact.day
      : fact.kind === 'therapy'
        ? (fact.start ?? fact.end)
        : undefined
  // "Prescribed in May and never picked up" was never done, whatever its day.
  if (days === undefined || (fact.kind === 'therapy' && fact.assertion.phase === 'not_done'))
    return false
  const until = fact.kind === 'therapy' ? (fact.end ?? days).last : days.last
  const isLongEnough =
    within !== undefined && daysBetween(days.first, asOf) >= daysOf(within) - slackDays
  return !isLongEnough || until < asOf
}

/** Six months are 182 to 184 days. */
const slackDays = 3

/** "Cardiovascular: no hypertension": the heading of a body system is not part of what is denied. */
const headOfSystem = 'heart'

function isPartial(fact: Fact, query: QueriedDenial, { orderSide, concepts }: AnswerContext) {
  // A brace that was never picked up counts as none, however severe its cause.
  const { severity, course } = fact.kind === 'finding' ? fact.assertion : {}
  const isOneSide = fact.side === 'left' || fact.side === 'right'
  const isAskedSide = query.side === 'of_order' && orderSide === fact.side
  const natural = concepts.get(fact.conceptId)?.sites ?? []
  const isNatural = (site: string) => natural.some((whole) => concepts.isA(site, whole))
  // "No stenosis of the lumbar spine" when the query ignores other parts of the spine: the denial
  // covers the whole query.
  const isAllThatIsAsked =
    query.notSites?.some(isNatural) === true && fact.sites.every((site) => isNatural(site))
  const isOnePart =
    query.sites === undefined &&
    !isAllThatIsAsked &&
    fact.sites.some((site) => !natural.includes(site) && !organs.has(site) && site !== headOfSystem)
  return (
    (isOneSide && !isAskedSide) ||
    isOnePart ||
    (severity !== undefined && query.severity?.includes(severity) !== true) ||
    // If the query excludes stable or improved findings, "no new weakness" denies everything it
    // asks for.
    (narrows(course) && query.course?.includes(course) !== true && query.notCourse === undefined)
  )
}

/** "No new headache" leaves old ones possible; "unchanged, with no focal deficit" does not. */
function narrows(course: Fact['assertion']['course']): course is 'new' | 'worse' {
  return course === 'new' || course === 'worse'
}

/** Whether the supporting and the denying fact cannot both be true. */
export function contradicts(
  { fact: yes }: ReadingOf<'supports'> | ReadingOf<'open'>,
  { fact: no, concepts: closed }: ReadingOf<'denies'>,
  { concepts }: AnswerContext,
  asked: readonly string[] = [],
): boolean {
  // It counts through its code and not its name, although everything the query asks for is denied.
  const isByCode =
    yes.from.kind === 'coded' && !asked.some((one) => concepts.isA(yes.conceptId, one))
  const isSameMatter =
    yes.conceptId === '' ||
    (isByCode && asked.length > 0 && asked.every((one) => closed.includes(one)))
      ? closed.length > 0
      : concepts.isA(yes.conceptId, no.conceptId) || isSessionOf(yes, no, concepts)
  // "A small effusion in May. Today it has gone": it is not there now, whenever it was found.
  const isGone = no.assertion.when === 'resolved' && no.assertion.status === 'affirmed'
  const isOfThen = !isGone && (yes.assertion.when === 'now') !== (no.assertion.when === 'now')
  const { severity, course } = no.assertion
  return (
    isSameMatter &&
    !isOfThen &&
    sidesMeet(yes.side, no.side) &&
    (sitesMeet(yes, no, concepts) || isOfItsNature(no, concepts)) &&
    (severity === undefined || severity === yes.assertion.severity) &&
    (!narrows(course) || course === yes.assertion.course)
  )
}

/** "A small effusion in May. Today it has gone": of two days in the note, the later one counts. */
export function isResolvedLater(
  yes: ReadingOf<'supports'>,
  no: ReadingOf<'denies'>,
  context: AnswerContext,
): boolean {
  const isGone =
    no.fact.assertion.when === 'resolved' && no.fact.assertion.status === 'affirmed' && no.isWhole
  const then = begunOf(yes.fact)
  const now = begunOf(no.fact)
  if (!isGone || then === undefined || now === undefined) return false
  return then.last < now.first && contradicts(yes, no, context)
}

function begunOf(fact: Fact) {
  return fact.kind === 'finding' ? fact.onset : undefined
}

/** "No leg weakness" denies foot drop: a concept that is narrower by its nature is denied everywhere. */
function isOfItsNature({ conceptId, sites }: Fact, concepts: ConceptTree): boolean {
  const natural = concepts.get(conceptId)?.sites ?? []
  return natural.length > 0 && sites.every((site) => natural.includes(site))
}

/**
 * A coded session of one kind of therapy and a note that denies another kind or the whole therapy:
 * the code's kind is not reliable.
 */
function isSessionOf({ kind, from, conceptId }: Fact, no: Fact, concepts: ConceptTree): boolean {
  if (kind !== 'therapy' || from.kind !== 'coded' || from.list !== 'procedures') return false
  const wider = concepts.get(conceptId)?.broader ?? []
  return (
    concepts.isA(no.conceptId, conceptId) ||
    (concepts.get(no.conceptId)?.broader ?? []).some((one) => wider.includes(one))
  )
}

/** A note only suspects what a code states: the code then proves nothing (a contradiction). */
export function doubts(
  { fact: hedged }: ReadingOf<'open'>,
  { fact: coded }: ReadingOf<'supports'>,
  { concepts }: AnswerContext,
): boolean {
  if (hedged.from.kind !== 'note' || coded.from.kind !== 'coded') return false
  if (hedged.assertion.status !== 'possible') return false
  const isSameMatter =
    coded.conceptId === '' ||
    concepts.isA(coded.conceptId, hedged.conceptId) ||
    concepts.isA(hedged.conceptId, coded.conceptId)
  return isSameMatter && sidesMeet(hedged.side, coded.side) && sitesMeet(hedged, coded, concepts)
}
