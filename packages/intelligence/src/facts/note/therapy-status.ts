import { textOf } from '../../document/note-document.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import { isRow } from './parsed-unit.ts'
import { type FactCandidate, timesOf, type UnitScope } from './unit-scope.ts'

const ongoing =
  /\b(?:continu(?:es|ing|ed on)|currently|current|still (?:on|takes|taking|uses|using|attends|attending|goes|going|in|doing|does|at it)|keeps (?:it|them|this) up|kept (?:it|them) up|has not stopped|not stopped since|every day since|ever since|remains on|ongoing|(?<!(?:rx|tx|treatments?|care|management|meds?|medications?) )(?:so far|to date)|stays on|is on|taking|takes|attends|goes to)\b|, ?active\b/i
const over =
  /\b(?:stopped|quit|discontinued|completed|finished|discharged|ended|was on|previously|no longer|until|off)\b/i
/** "Discontinue Xeljanz", "tofacitinib was stopped": the word directly before or directly after. */
const stoppedBefore =
  /\b(?:stop|stops|stopped|stopping|discontinue[ds]?|discontinuing|came off|taken off|weaned off|weaned from|switch(?:ed|ing)? (?:off of |from )|quit|d\/c'?d?)(?: (?:the|her|his|all|taking))*\s*$/i
const stoppedBehind =
  /^(?: (?:xr|er|sr|sc|iv|infusions?|injections?|therapy|treatment))?,? (?:(?:was|were|has been|have been|had been|is|will be|to be|is to be|being) )?(?:stopped|discontinued|withdrawn|d\/c'?d?|quit|ended)\b/i
const notStopped = /\b(?:not|never|n't|without|don't)\b[^.;]{0,20}$/i
/** "Last tofacitinib tablet the week before the infusion", "final dose on Friday". */
const lastOne =
  /\b(?:last|final) (?:[\w-]+ ){0,3}?(?:tablets?|pills?|doses?|capsules?|injections?|shots?|infusions?)\b/i
/** Drugs that are given in one day. */
const givenOnce =
  /\b(?:given|received|got|injected|administered|infused|infusion|injection|shot|stopped|discontinued|d\/c|last|filled|until|single|x ?1)\b/i
const formerList =
  /\b(?:past|prior|previous|former|history|discontinued|stopped|tried|failed|inactive|allerg\w*)\b/i
/** "Keep taking it until seen in August": the end is in the future. */
export const untilThen =
  /\b(?:keep|keeps|continue|stay|remain|is to|are to|should|will|may|can)\b[^.;]{0,80}\buntil\b/i

/** Stated to be ongoing: "continues", "currently on", "since March". */
export function isOngoingTherapy(
  scope: UnitScope,
  { target, mention, assertion, concept }: FactCandidate,
): boolean {
  if (assertion.phase !== 'done' || assertion.when !== 'now') return false
  const { text, unit } = scope.parsed
  const from = Math.max(0, mention.start - unit.start - 60)
  const around = text.slice(from, mention.end - unit.start + 80)
  const times = timesOf(scope, target)
  const isSince = times.some((one) => one.kind === 'period' && one.to === undefined)
  // A drug on the medication list with a start day and no end.
  const isOnList =
    concept.kind === 'drug' &&
    (isOfCurrentList(scope) || (isRow(unit) && !isUnderFormer(scope))) &&
    times.some(
      (one) =>
        one.kind === 'day' &&
        (one.role === 'start' || isListedDrug(scope, { concept }, times)) &&
        one.days.last < scope.noteDay,
    ) &&
    !times.some((one) => one.kind === 'day' && one.role === 'end')
  if (untilThen.test(text)) return true
  return (isSince || isOnList || ongoing.test(around)) && !over.test(around)
}

export function isStoppedDrug(scope: UnitScope, { start, end }: Mention): boolean {
  const { text, unit } = scope.parsed
  const before = text.slice(Math.max(0, start - unit.start - 40), start - unit.start)
  const found = stoppedBefore.exec(before)
  if (found !== null) return !notStopped.test(before.slice(0, found.index))
  return stoppedBehind.test(text.slice(end - unit.start, end - unit.start + 60))
}

export function isLastDose(scope: UnitScope, { mention }: FactCandidate): boolean {
  const { text, unit } = scope.parsed
  const from = Math.max(0, mention.start - unit.start - 20)
  return lastOne.test(text.slice(from, mention.end - unit.start + 30))
}

function isOfCurrentList(scope: UnitScope): boolean {
  return scope.parsed.unit.section.kind === 'medications' && !isUnderFormer(scope)
}

/** "Discontinued medications", "Previous treatment" */
function isUnderFormer(scope: UnitScope): boolean {
  const { document, parsed } = scope
  const { title } = parsed.unit.section
  return title !== undefined && formerList.test(textOf(document, title))
}

/** A drug on a list with a day beside it: the day it was started, prescribed or filled, not a whole course. */
export function isListedDrug(
  scope: UnitScope,
  { concept }: Pick<FactCandidate, 'concept'>,
  times: readonly TimeExpression[],
): boolean {
  const days = times.filter((one) => one.kind !== 'ignored')
  const [day] = days
  return (
    concept.kind === 'drug' &&
    days.length === 1 &&
    day?.kind === 'day' &&
    day.role === 'on' &&
    !givenOnce.test(scope.parsed.text)
  )
}

/** The first item of its statement, or a later item of the list that begins it. */
export function isListEntry(scope: UnitScope, { start }: Mention): boolean {
  const { text, unit, targets } = scope.parsed
  const [first] = targets
    .filter((one) => one.kind === 'therapy')
    .toSorted((one, other) => one.start - other.start)
  const before = text.slice(0, start - unit.start)
  return (
    first !== undefined &&
    first.start - unit.start <= 2 &&
    /^[^.;:]*$/.test(before) &&
    (before.trim() === '' || /(?:,|\band|&|\+)\s*$/.test(before))
  )
}

export function isBeforePlan(scope: UnitScope): boolean {
  const { parsed, document } = scope
  return document.units.some(
    (one) =>
      one.start > parsed.unit.end &&
      (one.section.kind === 'plan' || one.section.kind === 'assessment'),
  )
}
