import type { Unit } from '../document/note-document.ts'
import type { Concept } from '../lexicon/concept.ts'
import type { Mention } from '../lexicon/mention.ts'
import type { Assertion } from './assertion.ts'
import type { CueCategory } from './cue.ts'
import type { CueInScope } from './cue-index.ts'
import { acts } from './acts.ts'
import { questionMarkRow } from './table/possible.ts'
import { namedRow, unexaminedRow, unmeasuredRow } from './table/unsettled.ts'

/** The nearest cue of a category whose scope contains the mention. */
export type CueLookup = (category: CueCategory) => CueInScope | undefined

type Status = Assertion['status']

/** In tokens. */
const farDoubtTokens = 5

/**
 * Whether it is present, from the wording, the lines above, the layout and the section. In doubt, nothing is
 * affirmed or denied.
 */
export function statusOf(
  mention: Mention,
  concept: Concept | undefined,
  unit: Unit,
  nearestCue: CueLookup,
  isGoverned: (category: CueCategory) => boolean,
  phase: Assertion['phase'],
  shape: {
    readonly isWithdrawn: boolean
    readonly isUnread: boolean
    readonly isBare: boolean
    /** The result is part of the mention: "HBsAg negative". */
    readonly includesResult: boolean
    /** It contains a test with its result, and the unit has at most two cells. */
    readonly includesTestResult: boolean
  },
): Status {
  // "HBsAg | REACTIVE": the value stands beside it, although the table has no known answer columns.
  const hasOwnValue = mention.isJudged === true && unit.kind === 'row' && shape.includesTestResult
  if (unit.polarity === 'unmarked') return 'unsettled'
  if (unit.polarity === 'unknown' && !hasOwnValue) return 'unsettled'
  if (shape.isWithdrawn || shape.isUnread || isGoverned('withdrawn')) return 'unsettled'
  if (nearestCue('withdrawn') !== undefined) return 'unsettled'
  if (nearestCue('inquired') !== undefined || isGoverned('inquired')) return 'unsettled'
  if (unit.section.kind === 'allergies' && concept?.kind === 'drug') return 'unsettled'
  if (unit.section.kind === 'instructions' || isGoverned('hypothetical')) return 'hypothetical'
  if (nearestCue('hypothetical') !== undefined) return 'hypothetical'
  const worded = wordedStatus(mention, concept, nearestCue, phase, {
    includesResult: shape.includesResult,
    isAnswered: unit.polarity === 'yes' || unit.polarity === 'no',
  })
  // "Neuro exam attached? No" says nothing about the findings of the examination.
  const isRefused = worded === 'denied' || unit.polarity === 'no'
  if (isRefused && nearestCue('paper') !== undefined) return 'unsettled'
  const led = isGoverned('denied') ? underDenial(worded, mention, nearestCue) : worded
  const settled = led === 'affirmed' && isGoverned('possible') ? 'possible' : led
  if (settled !== 'affirmed' && settled !== 'denied') return settled
  if (isGoverned('unsettled')) return 'unsettled'
  if (unit.polarity === 'no' && mention.isAnswered !== true) {
    return settled === 'affirmed' || isAnswerFirst(unit, nearestCue) ? 'denied' : 'unsettled'
  }
  if (settled === 'denied') return 'denied'
  if (isNounAlone(concept)) return 'unsettled'
  if (
    shape.isBare &&
    mention.isJudged !== true &&
    unit.polarity === undefined &&
    nearestCue('affirmed') === undefined &&
    !isGoverned('affirmed')
  ) {
    return 'unsettled'
  }
  return 'affirmed'
}

/** "Negative: fever, chills": the denying word is the layout's answer itself. */
function isAnswerFirst({ kind }: Unit, nearestCue: CueLookup): boolean {
  return kind === 'pair' && nearestCue('denied')?.cue.start === 0
}

/** "Bladder" alone asserts nothing. */
function isNounAlone(concept: Concept | undefined): boolean {
  return concept?.isBare === true || concept?.kind === 'observable'
}

function wordedStatus(
  mention: Mention,
  concept: Concept | undefined,
  nearestCue: CueLookup,
  phase: Assertion['phase'],
  {
    includesResult,
    isAnswered,
  }: { readonly includesResult: boolean; readonly isAnswered: boolean },
): Status {
  const denialCue = standingDenial(nearestCue)
  const denial =
    denialCue !== undefined && isOf(denialCue, concept, includesResult) ? denialCue : undefined
  const doubtCue = nearestCue('possible')
  // "Screening for a biologic: QuantiFERON neg": a test with a result is settled. "MRI in the last year? [ ]
  // Yes [x] No" is a question with an answer.
  const isSettled =
    (includesResult && doubtCue?.cue.row.id === 'differential') ||
    (isAnswered && doubtCue?.cue.row === questionMarkRow)
  const doubt = isSettled ? undefined : doubtCue
  const open = nearestCue('unsettled')
  if (open !== undefined && leavesOpen(open, concept)) return 'unsettled'
  if (denial !== undefined && doubt !== undefined) {
    // "Asked about fever: none."
    if (!denial.isBefore && doubt.isBefore) return 'denied'
    // "It was considered and ruled out."
    if (!denial.isBefore && !doubt.isBefore && doubt.distance < denial.distance) return 'denied'
    // "no suspected fracture" denies; "likely no fracture" does not. "perhaps grade 3, round head with no
    // osteonecrosis": a doubt far before the denial applies to something else.
    const isDenied =
      denial.isBefore &&
      doubt.isBefore &&
      (doubt.distance < denial.distance || doubt.distance > denial.distance + farDoubtTokens)
    return isDenied && mention.denied === undefined ? 'denied' : 'possible'
  }
  if (doubt !== undefined) return 'possible'
  if (denial === undefined) {
    return mention.denied === true || phase === 'not_done' ? 'denied' : 'affirmed'
  }
  // "no effusion, McMurray negative": a finding denied by its own value is not an item of the list.
  if (mention.denied === true) return denial.distance > 0 ? 'denied' : 'unsettled'
  return denial.isDoubtful ? 'unsettled' : 'denied'
}

/** A test that could not be performed has no result; a film that was not taken was not done. */
function leavesOpen({ cue: { row } }: CueInScope, concept: Concept | undefined): boolean {
  if (row === unexaminedRow) return concept?.kind === 'sign'
  // Reviewing films means that they were made.
  if (row === namedRow) return concept !== undefined && !acts.has(concept.kind)
  return row !== unmeasuredRow || concept === undefined || !acts.has(concept.kind)
}

/**
 * "Negative MRI" is a negated mention; in "no effusion, skin intact" the skin is intact, because a normal sign
 * is not an item of a list of denials. "Surface antigen negative, anti-core negative": a test with its own
 * result does not take the next one's.
 */
function isOf(
  { isResult, isBefore, distance }: CueInScope,
  concept: Concept | undefined,
  includesResult: boolean,
): boolean {
  if (isResult && concept?.kind === 'study') return false
  if (isResult && !isBefore && includesResult) return false
  return concept?.denies === undefined || distance <= 1
}

/** A denial that no nearer affirmation cancels. */
function standingDenial(nearestCue: CueLookup): CueInScope | undefined {
  const denial = nearestCue('denied')
  if (denial === undefined) return undefined
  const affirmation = nearestCue('affirmed')
  if (affirmation !== undefined && affirmation.distance <= denial.distance) return undefined
  return denial
}

/** Under "Denies the following:". */
function underDenial(worded: Status, mention: Mention, nearestCue: CueLookup): Status {
  if (mention.denied === true) return 'unsettled'
  if (worded !== 'affirmed') return worded
  return nearestCue('affirmed') === undefined ? 'denied' : 'unsettled'
}
