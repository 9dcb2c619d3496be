import { type Span, textOf } from '../../document/note-document.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { Therapy } from '../fact.ts'
import { daysBetween, oneDay } from '../values/calendar.ts'
import { numberAt } from '../values/numbers.ts'
import { tokenAt } from '../values/tokens.ts'
import { bindAttached } from './bind-times.ts'
import { withLayout, withPast } from './act-assertion.ts'
import { deniedDays } from './denied-days.ts'
import { doseBeside } from './doses.ts'
import { indicationsOf } from './indications.ts'
import { followUpOf } from './follow-up.ts'
import type { Outcome, OutcomeCue, Relief } from './outcomes.ts'
import { type Course, courseOf, isCarriedOut } from './therapy-course.ts'
import { doseOfRow, reliefOfRow } from './table-row.ts'
import { isRow, type MentionTarget, type UnitReading } from './unit-reading.ts'
import { placed, type Spoken, sourceOf, timesOf, type UnitScope } from './unit-scope.ts'

const ongoing =
  /\b(?:continu(?:es|ing|ed on)|currently|current|still (?:on|takes|taking|uses|attends|goes|in)|remains on|ongoing|so far|to date|stays on|is on|taking|takes|attends|goes to)\b/i
const over =
  /\b(?:stopped|quit|discontinued|completed|finished|discharged|ended|was on|previously|no longer|until|off)\b/i
/** "Last tofacitinib tablet the week before the infusion", "final dose on Friday". */
const lastOne =
  /\b(?:last|final) (?:[\w-]+ ){0,3}?(?:tablets?|pills?|doses?|capsules?|injections?|shots?|infusions?)\b/i

const ofThePast =
  /\b(?:prior|previous|past|former|discontinued|stopped|failed|tried|history|inactive)\b/i

const partly =
  /\b(?:(?:went|been|goes|going|attended|showed up|made it) (?:to |for )?(?:only )?(?:about |maybe |perhaps )?(?:half|some|part|most|a few|a couple|one or two) |(?:half|some|part) of (?:it|them|the (?:visits|sessions|course))|on and off|off and on|sporadic\w*|spotty|irregular\w*|inconsistent\w*|(?:poor|low|limited|incomplete) (?:attendance|compliance|adherence)|missed (?:most|many|several|half|a lot|some)|(?:not sure|unsure|unknown|unclear|not known|uncertain|does not (?:know|recall|remember)|doesn't (?:know|recall|remember)|cannot (?:recall|remember)) (?:how (?:many|long|much|often)|for how long|when (?:it|he|she|they) (?:ended|stopped|finished))|(?:end|stop|finish) date (?:unknown|unclear|not known|not sure)|as (?:much|often) as (?:he|she|they) could)/i

/** Makes the therapies of one unit, with how long they lasted and how they went; the next sentence may say so. */
export class TherapyFacts {
  readonly #scope: UnitScope
  readonly #outcomes: ReadonlyMap<MentionTarget, readonly OutcomeCue[]>
  readonly #reliefs: ReadonlyMap<MentionTarget, readonly Relief[]>
  readonly #followUp: ReturnType<typeof followUpOf>

  constructor(scope: UnitScope, next: UnitReading | undefined, text: string) {
    this.#scope = scope
    const { reading } = scope
    const therapies = reading.targets.filter((one) => one.kind === 'therapy')
    const isOfNone = therapies.length === 0
    this.#outcomes = isOfNone
      ? new Map()
      : bindAttached(reading.tokens, therapies, reading.outcomes)
    this.#reliefs = isOfNone ? new Map() : bindAttached(reading.tokens, therapies, reading.reliefs)
    this.#followUp = isOfNone ? undefined : followUpOf(reading, next, text)
  }

  factOf(said: Spoken): Therapy {
    const spoken = { ...said, assertion: this.#assertionOf(said) }
    const { target, mention, assertion, place } = spoken
    const course = this.#course(spoken)
    const dose = this.#doseOf(spoken)
    const givenFor = this.#givenFor(spoken)
    const cues = this.#outcomes.get(target) ?? []
    const followUp = isCarriedOut(assertion) ? this.#followUp : undefined
    const outcome = isCarriedOut(assertion)
      ? (outcomeOf(cues) ?? (cues.length === 0 ? followUp?.outcome : undefined))
      : undefined
    const own =
      this.#reliefs.get(target)?.find((one) => one.percent !== undefined) ??
      this.#reliefs.get(target)?.[0]
    const { unit } = this.#scope.reading
    const listed =
      isRow(unit) && isCarriedOut(assertion)
        ? reliefOfRow(this.#scope.document, unit, this.#scope.noteDay)
        : undefined
    const percent = listed?.percent ?? own?.percent ?? followUp?.reliefPercent
    const days = listed?.days ?? (own === undefined ? followUp?.reliefDays : this.#reliefDays(own))
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
      ...(dose === undefined
        ? {}
        : { dose: this.#scope.document.source.slice(dose.start, dose.end) }),
      ...(givenFor.length === 0 ? {} : { givenFor: givenFor.map((one) => one.conceptId) }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(this.#isOngoing(spoken) ? { isOngoing: true as const } : {}),
      ...(this.#isLast(spoken) ? { isLastTold: true as const } : {}),
      ...(percent === undefined ? {} : { reliefPercent: percent }),
      ...(days === undefined ? {} : { reliefDays: days }),
      from: sourceOf(
        this.#scope,
        mention,
        [
          ...course.spans,
          ...cues,
          ...place.spans,
          ...(dose === undefined ? [] : [dose]),
          ...(listed?.spans ?? []),
          ...(usesNext ? followUp.spans : []),
        ],
        usesNext ? followUp.quoteEnd : undefined,
      ),
    }
  }

  #assertionOf({ target, mention, concept, assertion }: Spoken): Assertion {
    const { reading, noteDay } = this.#scope
    const dated = withPast(assertion, timesOf(this.#scope, target), this.#isRated(), reading.unit, {
      noteDay,
      text: reading.text,
    })
    const isTried =
      dated.phase === 'unsaid' &&
      dated.status === 'affirmed' &&
      ((this.#outcomes.get(target) ?? []).some(({ outcome }) => outcome !== 'helped') ||
        (this.#reliefs.get(target) ?? []).some(({ percent }) => percent !== undefined))
    if (isTried) return { ...dated, phase: 'done' }
    const leads = reading.unit.leads.map((lead) => textOf(this.#scope.document, lead)).join(' ; ')
    const hasDose = doseBeside(reading.tokens, mention) !== undefined
    return withLayout(dated, concept.kind, hasDose, reading.unit, { text: reading.text, leads })
  }

  /** Said to go on: "continues", "currently on", "since March". */
  #isOngoing({ target, mention, assertion }: Spoken): boolean {
    if (assertion.phase !== 'done' || assertion.when !== 'now') return false
    const { text, unit } = this.#scope.reading
    const from = Math.max(0, mention.start - unit.start - 60)
    const around = text.slice(from, mention.end - unit.start + 80)
    const isSince = timesOf(this.#scope, target).some(
      (one) => one.kind === 'period' && one.to === undefined,
    )
    return (isSince || ongoing.test(around) || this.#isListedNow(target)) && !over.test(around)
  }

  /** A row with a start and no end on the list of what is taken now. */
  #isListedNow(target: MentionTarget): boolean {
    const { document, reading } = this.#scope
    const { unit, text } = reading
    if (!isRow(unit) || unit.section.kind !== 'medications' || over.test(text)) return false
    const { title } = unit.section
    if (title !== undefined && ofThePast.test(textOf(document, title))) return false
    const days = timesOf(this.#scope, target).filter((one) => one.kind === 'day')
    return days.length > 0 && days.every((one) => one.role === 'start')
  }

  #isLast({ mention }: Spoken): boolean {
    const { text, unit } = this.#scope.reading
    const from = Math.max(0, mention.start - unit.start - 20)
    return lastOne.test(text.slice(from, mention.end - unit.start + 30))
  }

  #givenFor({ mention, concept }: Spoken): readonly Mention[] {
    const { reading, lexicon } = this.#scope
    return concept.kind === 'drug'
      ? indicationsOf(mention, reading.tokens, reading.mentions, lexicon)
      : []
  }

  /** Beside the drug; in a table in any cell of its row. */
  #doseOf({ mention, concept }: Spoken): Span | undefined {
    const { reading, document } = this.#scope
    const beside = doseBeside(reading.tokens, mention)
    if (beside !== undefined || concept.kind !== 'drug' || !isRow(reading.unit)) return beside
    return doseOfRow(document, reading.unit, mention)
  }

  #course(spoken: Spoken): Course {
    const { target, mention, concept, assertion } = spoken
    const times = timesOf(this.#scope, target)
    const { section } = this.#scope.reading.unit
    if (assertion.status === 'denied' || assertion.phase === 'not_done') {
      const days = deniedDays(times, this.#scope.reading.text, this.#scope.noteDay)
      if (days === undefined) return { spans: [] }
      const [start, end] = [oneDay(days.first), oneDay(days.last)]
      return { start, end, spans: times.map((one) => ({ start: one.start, end: one.end })) }
    }
    const isPlan =
      (section.kind === 'plan' || section.kind === 'instructions') && assertion.phase !== 'done'
    const isDone = isCarriedOut(assertion) && !isPlan && !this.#isPrescription(spoken)
    const followUp = this.#followUp?.isCourse === true ? this.#followUp.times : []
    // "PT for 6 weeks. She attended 2 weeks only.": the sentence that says what was done overrules.
    const all = isDone ? [...followUp, ...times] : times
    const read = courseOf(all, this.#scope.noteDay, isDone, this.#isOngoing(spoken))
    const course = this.#isOfUnknownExtent(spoken) ? openCourse(read, this.#scope.noteDay) : read
    const count =
      isDone && course.sessions === undefined && concept.kind === 'therapy'
        ? this.#countBefore(mention)
        : undefined
    return count === undefined ? course : { ...course, sessions: count }
  }

  /** "PT three times a week for six weeks", and nobody says that it was done: what was ordered, or what was done. */
  #isPrescription({ target, assertion, concept }: Spoken): boolean {
    return (
      concept.kind === 'therapy' &&
      assertion.phase === 'unsaid' &&
      this.#isRated() &&
      (this.#outcomes.get(target) ?? []).length === 0
    )
  }

  #isRated(): boolean {
    return this.#scope.reading.times.some((one) => one.kind === 'ignored' && one.isRate === true)
  }

  /** "PT since March, attendance spotty", "PT begun 3/9; thinks that he went to half of it": how much of it was done is not known. */
  #isOfUnknownExtent({ mention }: Spoken): boolean {
    const { text, unit, targets, times } = this.#scope.reading
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
    const { reading, document } = this.#scope
    if (!/s$/i.test(document.source.slice(start, end))) return undefined
    const { tokens } = reading
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

  #reliefDays(relief: Relief): number | undefined {
    const { reading } = this.#scope
    const target = reading.reliefTargets.get(relief)
    const length =
      target === undefined
        ? undefined
        : reading.bound.get(target)?.find((one) => one.kind === 'duration')
    return length?.kind === 'duration' ? length.days : undefined
  }
}

/** Of a course of which nobody knows how much was done the length lies between nothing and what it may have been. */
function openCourse(course: Course, noteDay: string): Course {
  if (course.lastedDays === undefined && course.start === undefined) return course
  const mostDays =
    course.lastedAtMostDays ??
    course.lastedDays ??
    daysBetween(course.start?.first ?? noteDay, course.end?.last ?? noteDay)
  return { ...course, lastedDays: 0, lastedAtMostDays: Math.max(0, mostDays) }
}

function withoutSpans({ spans: _spans, ...course }: Course): Omit<Course, 'spans'> {
  return course
}

/** Of several the one that settles most against it: not tolerated, failed, helped. A partial help settles nothing. */
function outcomeOf(cues: readonly OutcomeCue[]): Outcome | undefined {
  const said = new Set(cues.map((one) => one.outcome))
  if (said.has('not_tolerated')) return 'not_tolerated'
  if (said.has('failed')) return said.has('helped') && !said.has('partial') ? undefined : 'failed'
  return said.has('helped') && !said.has('partial') ? 'helped' : undefined
}
