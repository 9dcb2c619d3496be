import { textOf } from '../../document/note-document.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { Therapy } from '../fact.ts'
import { oneDay } from '../values/calendar.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import { bindAttached } from './bind-times.ts'
import { withLayout, withPast } from './act-assertion.ts'
import { deniedDays } from './denied-days.ts'
import { doseBeside } from './doses.ts'
import { indicationsOf } from './indications.ts'
import { followUpOf, isAttended } from './follow-up.ts'
import type { Outcome, OutcomeCue } from './outcomes.ts'
import type { Relief } from './reliefs.ts'
import { type Course, courseOf, isCarriedOut } from './therapy-course.ts'
import { reliefDaysIn } from './relief-days.ts'
import { doseOfDrug } from './therapy-dose.ts'
import { countBefore, isOfUnknownExtent, openCourse, startOnly } from './therapy-extent.ts'
import {
  isBeforePlan,
  isLastDose,
  isListedDrug,
  isListEntry,
  isOngoingTherapy,
  isStoppedDrug,
  untilThen,
} from './therapy-status.ts'
import { isStatedByVerb, ownOrLeadTimes } from './stated-acts.ts'
import { doseOfRow, reliefOfRow } from './table-row.ts'
import { isRow, type MentionTarget, type ParsedUnit } from './parsed-unit.ts'
import { placed, type FactCandidate, sourceOf, timesOf, type UnitScope } from './unit-scope.ts'

/** "Takes tramadol, and used Celebrex until 2024": the end does not apply to the drug that is taken now. */
const takenNow = /\b(?:takes|taking|uses|is on|currently on|now on)(?: (?:the|her|his|some))? $/i

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
    const dose = doseOfDrug(this.#scope, candidate)
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
      ...(isOngoingTherapy(this.#scope, candidate) ? { isOngoing: true as const } : {}),
      ...(isLastDose(this.#scope, candidate) ? { isLastStated: true as const } : {}),
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
    const isOngoingLater =
      stated.when === 'past' && stated.phase === 'done' && untilThen.test(parsed.text)
    const isStopped =
      concept.kind === 'drug' &&
      stated.phase === 'done' &&
      stated.when === 'now' &&
      isStoppedDrug(this.#scope, mention)
    const dated: Assertion = isOngoingLater
      ? { ...stated, when: 'now' }
      : isStopped
        ? { ...stated, when: 'past' }
        : stated
    const isTried =
      dated.phase === 'not_stated' &&
      dated.status === 'affirmed' &&
      ((this.#outcomes.get(target) ?? []).some(({ outcome }) => outcome !== 'helped') ||
        (this.#reliefs.get(target) ?? []).some(({ percent }) => percent !== undefined))
    const isReferralAttended =
      this.#isAttended &&
      concept.kind === 'therapy' &&
      dated.status === 'affirmed' &&
      (dated.phase === 'not_stated' || dated.phase === 'planned')
    if (isTried || isReferralAttended || isStatedByVerb(this.#scope, mention, dated))
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
      isEntryBeforePlan: isListEntry(this.#scope, mention) && isBeforePlan(this.#scope),
    })
  }

  #givenFor({ mention, concept }: FactCandidate): readonly Mention[] {
    const { parsed, lexicon } = this.#scope
    return concept.kind === 'drug'
      ? indicationsOf(mention, parsed.tokens, parsed.mentions, lexicon)
      : []
  }

  /** Its times, without ends that are in the future or belong to another therapy. */
  #timesOf({ target, mention }: FactCandidate): readonly TimeExpression[] {
    const { text, unit, targets } = this.#scope.parsed
    const times = ownOrLeadTimes(this.#scope, target)
    const isInFuture = untilThen.test(text)
    const isTakenNow = takenNow.test(text.slice(0, mention.start - unit.start))
    if (!isInFuture && !isTakenNow) return times
    return times.filter((one) => {
      if (one.kind !== 'day' || one.role !== 'end') return true
      const isOfAnother = targets.some(
        (other) => other.kind === 'therapy' && other.start >= mention.end && other.end <= one.start,
      )
      return !isInFuture && !(isTakenNow && isOfAnother)
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
    const isOngoing = isOngoingTherapy(this.#scope, candidate)
    const whole = courseOf(all, this.#scope.noteDay, isDone, isOngoing)
    const read = isListedDrug(this.#scope, candidate, times) ? startOnly(whole) : whole
    const course = isOfUnknownExtent(this.#scope, candidate)
      ? openCourse(read, this.#scope.noteDay)
      : read
    const count =
      isDone && course.sessions === undefined && concept.kind === 'therapy'
        ? countBefore(this.#scope, mention)
        : undefined
    return count === undefined ? course : { ...course, sessions: count }
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
