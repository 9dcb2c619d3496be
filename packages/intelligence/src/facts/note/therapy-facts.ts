import { type Span, textOf } from '../../document/note-document.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { Therapy } from '../fact.ts'
import { daysBetween, oneDay } from '../values/calendar.ts'
import { numberAt } from '../values/numbers.ts'
import { tokenAt } from '../values/tokens.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import { bindAttached } from './bind-times.ts'
import { withLayout, withPast } from './act-assertion.ts'
import { deniedDays } from './denied-days.ts'
import { doseBeside, highestDoseBehind, type TakenDose, takenDoseOf } from './doses.ts'
import { indicationsOf } from './indications.ts'
import { followUpOf, isAttended } from './follow-up.ts'
import type { Outcome, OutcomeCue } from './outcomes.ts'
import type { Relief } from './reliefs.ts'
import { type Course, courseOf, isCarriedOut } from './therapy-course.ts'
import { reliefDaysIn } from './relief-days.ts'
import { isStatedByVerb, ownOrLeadTimes } from './stated-acts.ts'
import { doseOfRow, reliefOfRow } from './table-row.ts'
import { isRow, type MentionTarget, type ParsedUnit } from './parsed-unit.ts'
import { placed, type FactCandidate, sourceOf, timesOf, type UnitScope } from './unit-scope.ts'

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
/** "Keep taking it until seen in August": the end is in the future. */
const untilThen =
  /\b(?:keep|keeps|continue|stay|remain|is to|are to|should|will|may|can)\b[^.;]{0,80}\buntil\b/i
/** "Takes tramadol, and used Celebrex until 2024": the end does not apply to the drug that is taken now. */
const takenNow = /\b(?:takes|taking|uses|is on|currently on|now on)(?: (?:the|her|his|some))? $/i
/** "Last tofacitinib tablet the week before the infusion", "final dose on Friday". */
const lastOne =
  /\b(?:last|final) (?:[\w-]+ ){0,3}?(?:tablets?|pills?|doses?|capsules?|injections?|shots?|infusions?)\b/i

/** Drugs that are given in one day. */
const givenOnce =
  /\b(?:given|received|got|injected|administered|infused|infusion|injection|shot|stopped|discontinued|d\/c|last|filled|until|single|x ?1)\b/i

const formerList =
  /\b(?:past|prior|previous|former|history|discontinued|stopped|tried|failed|inactive|allerg\w*)\b/i

const partly =
  /\b(?:(?:went|been|goes|going|attended|showed up|made it) (?:to |for )?(?:only )?(?:about |maybe |perhaps )?(?:half|some|part|most|a few|a couple|one or two) |(?:half|some|part) of (?:it|them|the (?:visits|sessions|course))|on and off|off and on|sporadic\w*|spotty|irregular\w*|inconsistent\w*|(?:poor|low|limited|incomplete) (?:attendance|compliance|adherence)|missed (?:most|many|several|half|a lot|some)|(?:not sure|unsure|unknown|unclear|not known|uncertain|does not (?:know|recall|remember)|doesn't (?:know|recall|remember)|cannot (?:recall|remember)) (?:how (?:many|long|much|often)|for how long|when (?:it|he|she|they) (?:ended|stopped|finished))|(?:end|stop|finish) date (?:unknown|unclear|not known|not sure)|as (?:much|often) as (?:he|she|they) could)/i

/** Creates the therapies of one unit, with their lengths and outcomes, which may be stated in the next sentence. */
export class TherapyFacts {
  readonly #scope: UnitScope
  readonly #outcomes: ReadonlyMap<MentionTarget, readonly OutcomeCue[]>
  readonly #reliefs: ReadonlyMap<MentionTarget, readonly Relief[]>
  readonly #followUp: ReturnType<typeof followUpOf>
  readonly #isAttended: boolean

  constructor(scope: UnitScope, next: ParsedUnit | undefined, text: string) {
    this.#scope = scope
    const { parsed } = scope
    this.#isAttended = isAttended(parsed, next, text)
    const therapies = parsed.targets.filter((one) => one.kind === 'therapy')
    const isOfNone = therapies.length === 0
    this.#outcomes = isOfNone ? new Map() : bindAttached(parsed.tokens, therapies, parsed.outcomes)
    this.#reliefs = isOfNone ? new Map() : bindAttached(parsed.tokens, therapies, parsed.reliefs)
    this.#followUp = isOfNone ? undefined : followUpOf(parsed, next, text)
  }

  factOf(said: FactCandidate): Therapy {
    const candidate = { ...said, assertion: this.#assertionOf(said) }
    const { target, mention, assertion, place } = candidate
    const course = this.#course(candidate)
    const dose = this.#doseOf(candidate)
    const givenFor = this.#givenFor(candidate)
    const cues = this.#outcomes.get(target) ?? []
    const followUp = isCarriedOut(assertion) ? this.#followUp : undefined
    const outcome = isCarriedOut(assertion)
      ? (outcomeOf(cues) ?? (cues.length === 0 ? followUp?.outcome : undefined))
      : undefined
    const own =
      this.#reliefs.get(target)?.find((one) => one.percent !== undefined) ??
      this.#reliefs.get(target)?.[0]
    const { unit } = this.#scope.parsed
    const listed =
      isRow(unit) && isCarriedOut(assertion)
        ? reliefOfRow(this.#scope.document, unit, this.#scope.noteDay)
        : undefined
    const percent = listed?.percent ?? own?.percent ?? followUp?.reliefPercent
    const days =
      listed?.days ??
      (own === undefined ? followUp?.reliefDays : this.#reliefDays(own)) ??
      this.#reliefOfOnce(candidate)
    const usesNext =
      followUp !== undefined &&
      (followUp.isCourse ||
        (cues.length === 0 && followUp.outcome !== undefined) ||
        (own === undefined && followUp.reliefPercent !== undefined))
    return {
      kind: 'therapy',
      conceptId: mention.conceptId,
      assertion,
      ...placed(place),
      ...withoutSpans(course),
      ...(dose === undefined ? {} : { dose: dose.text }),
      ...(givenFor.length === 0 ? {} : { givenFor: givenFor.map((one) => one.conceptId) }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(this.#isOngoing(candidate) ? { isOngoing: true as const } : {}),
      ...(this.#isLast(candidate) ? { isLastStated: true as const } : {}),
      ...(percent === undefined ? {} : { reliefPercent: percent }),
      ...(days === undefined ? {} : { reliefDays: days }),
      from: sourceOf(
        this.#scope,
        mention,
        [
          ...course.spans,
          ...cues,
          ...place.spans,
          ...(dose === undefined ? [] : [dose.span]),
          ...(listed?.spans ?? []),
          ...(usesNext ? followUp.spans : []),
        ],
        usesNext ? followUp.quoteEnd : undefined,
      ),
    }
  }

  #assertionOf({ target, mention, concept, assertion }: FactCandidate): Assertion {
    const { parsed, noteDay } = this.#scope
    const stated = withPast(assertion, timesOf(this.#scope, target), this.#isRated(), parsed.unit, {
      noteDay,
      text: parsed.text,
      kind: concept.kind,
    })
    // "Keep taking it until seen in August": it is ongoing.
    const isToGoOn =
      stated.when === 'past' && stated.phase === 'done' && untilThen.test(parsed.text)
    const isStopped =
      concept.kind === 'drug' &&
      stated.phase === 'done' &&
      stated.when === 'now' &&
      this.#isStopped(mention)
    const dated: Assertion = isToGoOn
      ? { ...stated, when: 'now' }
      : isStopped
        ? { ...stated, when: 'past' }
        : stated
    const isTried =
      dated.phase === 'not_stated' &&
      dated.status === 'affirmed' &&
      ((this.#outcomes.get(target) ?? []).some(({ outcome }) => outcome !== 'helped') ||
        (this.#reliefs.get(target) ?? []).some(({ percent }) => percent !== undefined))
    const isSentThere =
      this.#isAttended &&
      concept.kind === 'therapy' &&
      dated.status === 'affirmed' &&
      (dated.phase === 'not_stated' || dated.phase === 'planned')
    if (isTried || isSentThere || isStatedByVerb(this.#scope, mention, dated))
      return { ...dated, phase: 'done' }
    const leads = parsed.unit.leads.map((lead) => textOf(this.#scope.document, lead)).join(' ; ')
    const hasDose =
      doseBeside(parsed.tokens, mention) !== undefined ||
      (isRow(parsed.unit) && doseOfRow(this.#scope.document, parsed.unit, mention) !== undefined)
    const { title } = parsed.unit.section
    return withLayout(dated, concept.kind, hasDose, parsed.unit, {
      text: parsed.text,
      leads,
      title: title === undefined ? '' : textOf(this.#scope.document, title),
      isEntryBeforePlan: this.#isEntry(mention) && this.#isBeforePlan(),
    })
  }

  /** Stated to be ongoing: "continues", "currently on", "since March". */
  #isOngoing({ target, mention, assertion, concept }: FactCandidate): boolean {
    if (assertion.phase !== 'done' || assertion.when !== 'now') return false
    const { text, unit } = this.#scope.parsed
    const from = Math.max(0, mention.start - unit.start - 60)
    const around = text.slice(from, mention.end - unit.start + 80)
    const times = timesOf(this.#scope, target)
    const isSince = times.some((one) => one.kind === 'period' && one.to === undefined)
    // A drug on the medication list with a start day and no end.
    const isOnList =
      concept.kind === 'drug' &&
      (this.#isOfCurrentList() || (isRow(unit) && !this.#isUnderFormer())) &&
      times.some(
        (one) =>
          one.kind === 'day' &&
          (one.role === 'start' || this.#isListed({ concept }, times)) &&
          one.days.last < this.#scope.noteDay,
      ) &&
      !times.some((one) => one.kind === 'day' && one.role === 'end')
    if (untilThen.test(text)) return true
    return (isSince || isOnList || ongoing.test(around)) && !over.test(around)
  }

  #isStopped({ start, end }: Mention): boolean {
    const { text, unit } = this.#scope.parsed
    const before = text.slice(Math.max(0, start - unit.start - 40), start - unit.start)
    const found = stoppedBefore.exec(before)
    if (found !== null) return !notStopped.test(before.slice(0, found.index))
    return stoppedBehind.test(text.slice(end - unit.start, end - unit.start + 60))
  }

  #isLast({ mention }: FactCandidate): boolean {
    const { text, unit } = this.#scope.parsed
    const from = Math.max(0, mention.start - unit.start - 20)
    return lastOne.test(text.slice(from, mention.end - unit.start + 30))
  }

  #givenFor({ mention, concept }: FactCandidate): readonly Mention[] {
    const { parsed, lexicon } = this.#scope
    return concept.kind === 'drug'
      ? indicationsOf(mention, parsed.tokens, parsed.mentions, lexicon)
      : []
  }

  /** Beside the drug, later in its sentence, or in any cell of its table row. */
  #doseOf(candidate: FactCandidate): TakenDose | undefined {
    const { parsed, document } = this.#scope
    const dose = this.#writtenDose(candidate)
    return dose === undefined ? undefined : takenDoseOf(parsed.tokens, document.source, dose)
  }

  #writtenDose({ mention, concept, assertion }: FactCandidate): Span | undefined {
    const { parsed, document } = this.#scope
    const beside = doseBeside(parsed.tokens, mention)
    if (beside !== undefined || concept.kind !== 'drug') return beside
    if (isRow(parsed.unit)) return doseOfRow(document, parsed.unit, mention)
    if (!isCarriedOut(assertion)) return undefined
    const another = parsed.targets.find((one) => one.kind === 'therapy' && one.start >= mention.end)
    return highestDoseBehind(parsed.tokens, mention, another?.start ?? Number.POSITIVE_INFINITY)
  }

  /** Its times, without ends that are in the future or belong to another therapy. */
  #timesOf({ target, mention }: FactCandidate): readonly TimeExpression[] {
    const { text, unit, targets } = this.#scope.parsed
    const times = ownOrLeadTimes(this.#scope, target)
    const isToCome = untilThen.test(text)
    const isTakenNow = takenNow.test(text.slice(0, mention.start - unit.start))
    if (!isToCome && !isTakenNow) return times
    return times.filter((one) => {
      if (one.kind !== 'day' || one.role !== 'end') return true
      const isOfAnother = targets.some(
        (other) => other.kind === 'therapy' && other.start >= mention.end && other.end <= one.start,
      )
      return !isToCome && !(isTakenNow && isOfAnother)
    })
  }

  #course(candidate: FactCandidate): Course {
    const { mention, concept, assertion } = candidate
    const times = this.#timesOf(candidate)
    const { section } = this.#scope.parsed.unit
    if (assertion.status === 'denied' || assertion.phase === 'not_done') {
      const days = deniedDays(times, this.#scope.parsed.text, this.#scope.noteDay)
      if (days === undefined) return { spans: [] }
      const [start, end] = [oneDay(days.first), oneDay(days.last)]
      return { start, end, spans: times.map((one) => ({ start: one.start, end: one.end })) }
    }
    const isPlan =
      (section.kind === 'plan' || section.kind === 'instructions') && assertion.phase !== 'done'
    const isDone = isCarriedOut(assertion) && !isPlan && !this.#isPrescription(candidate)
    const followUp = this.#followUp?.isCourse === true ? this.#followUp.times : []
    // "PT for 6 weeks. She attended 2 weeks only.": the sentence about what was done takes precedence.
    const all = isDone ? [...followUp, ...times] : times
    const isOngoing = this.#isOngoing(candidate)
    const whole = courseOf(all, this.#scope.noteDay, isDone, isOngoing)
    const read = this.#isListed(candidate, times) ? startOnly(whole) : whole
    const course = this.#isOfUnknownExtent(candidate) ? openCourse(read, this.#scope.noteDay) : read
    const count =
      isDone && course.sessions === undefined && concept.kind === 'therapy'
        ? this.#countBefore(mention)
        : undefined
    return count === undefined ? course : { ...course, sessions: count }
  }

  /** The first item of its statement, or a later item of the list that begins it. */
  #isEntry({ start }: Mention): boolean {
    const { text, unit, targets } = this.#scope.parsed
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

  #isBeforePlan(): boolean {
    const { parsed, document } = this.#scope
    return document.units.some(
      (one) =>
        one.start > parsed.unit.end &&
        (one.section.kind === 'plan' || one.section.kind === 'assessment'),
    )
  }

  #isOfCurrentList(): boolean {
    return this.#scope.parsed.unit.section.kind === 'medications' && !this.#isUnderFormer()
  }

  /** "Discontinued medications", "Previous treatment" */
  #isUnderFormer(): boolean {
    const { document, parsed } = this.#scope
    const { title } = parsed.unit.section
    return title !== undefined && formerList.test(textOf(document, title))
  }

  /** A drug on a list with a day beside it: the day it was started, prescribed or filled, not a whole course. */
  #isListed(
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
      !givenOnce.test(this.#scope.parsed.text)
    )
  }

  /** "PT three times a week for six weeks" without a statement that it was done: either ordered or done. */
  #isPrescription({ target, assertion, concept }: FactCandidate): boolean {
    return (
      concept.kind === 'therapy' &&
      assertion.phase === 'not_stated' &&
      this.#isRated() &&
      (this.#outcomes.get(target) ?? []).length === 0
    )
  }

  #isRated(): boolean {
    return this.#scope.parsed.times.some((one) => one.kind === 'ignored' && one.isRate === true)
  }

  /**
   * "PT since March, attendance spotty", "PT begun 3/9; thinks that he went to half of it": the amount that was
   * done is unknown.
   */
  #isOfUnknownExtent({ mention }: FactCandidate): boolean {
    const { text, unit, targets, times } = this.#scope.parsed
    const from = mention.end - unit.start
    const found = partly.exec(text.slice(from, from + 160))
    if (found === null) return false
    const at = mention.end + found.index
    return !targets.some(
      (one) =>
        one.kind === 'finding' &&
        one.start >= mention.end &&
        one.start < at &&
        !times.some((time) => time.start < one.end && time.end > one.start),
    )
  }

  /** "Two epidural injections": the number of a plural. */
  #countBefore({ start, end }: Span): number | undefined {
    const { parsed, document } = this.#scope
    if (!/s$/i.test(document.source.slice(start, end))) return undefined
    const { tokens } = parsed
    const first = tokenAt(tokens, start)
    for (const at of [first - 1, first - 2]) {
      const read = numberAt(tokens, at)
      const isWhole =
        read !== undefined && Number.isInteger(read.value) && read.value > 0 && read.value < 100
      if (isWhole && read.next >= first - 1 && read.next <= first && tokens[at]?.isGlued !== true)
        return read.value
    }
    return undefined
  }

  /** An injection is given at one time, so a length beside it is the length of its relief. */
  #reliefOfOnce({ concept, assertion }: FactCandidate): number | undefined {
    const { parsed, lexicon } = this.#scope
    return isCarriedOut(assertion) && lexicon.isA(concept.id, 'injection')
      ? reliefDaysIn(parsed.text, parsed.tokens, parsed.times)
      : undefined
  }

  #reliefDays(relief: Relief): number | undefined {
    const { parsed } = this.#scope
    const target = parsed.reliefTargets.get(relief)
    const length =
      target === undefined
        ? undefined
        : parsed.bound.get(target)?.find((one) => one.kind === 'duration')
    return length?.kind === 'duration' ? length.days : undefined
  }
}

/** If the amount done is unknown, the length lies between zero and the stated length. */
function openCourse(course: Course, noteDay: string): Course {
  if (course.lastedDays === undefined && course.start === undefined) return course
  const maxDays =
    course.lastedAtMostDays ??
    course.lastedDays ??
    daysBetween(course.start?.first ?? noteDay, course.end?.last ?? noteDay)
  return { ...course, lastedDays: 0, lastedAtMostDays: Math.max(0, maxDays) }
}

function startOnly({ end: _end, ...course }: Course): Course {
  return course
}

function withoutSpans({ spans: _spans, ...course }: Course): Omit<Course, 'spans'> {
  return course
}

/** Of several outcomes the least favorable: not tolerated, failed, helped. Partial help settles nothing. */
function outcomeOf(cues: readonly OutcomeCue[]): Outcome | undefined {
  const said = new Set(cues.map((one) => one.outcome))
  if (said.has('not_tolerated')) return 'not_tolerated'
  if (said.has('failed')) return said.has('helped') && !said.has('partial') ? undefined : 'failed'
  return said.has('helped') && !said.has('partial') ? 'helped' : undefined
}
