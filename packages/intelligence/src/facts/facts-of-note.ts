import type { ResourceSource } from '@authscript/prior-auth'
import { type NoteDocument, readableText, type Span, type Unit } from '../document/note-document.ts'
import type { Concept } from '../lexicon/concept.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'
import type { Mention } from '../lexicon/mention.ts'
import type { Assertion } from '../modifiers/assertion.ts'
import type {
  Fact,
  FactSource,
  Finding,
  FunctionFact,
  Measurement,
  Study,
  Therapy,
} from './fact.ts'
import { bindAttached } from './note/bind-times.ts'
import { doseBeside } from './note/doses.ts'
import { followUpOf } from './note/follow-up.ts'
import { limitIn } from './note/limits.ts'
import { type Value, valuesOf } from './note/measurements.ts'
import { type Outcome, type OutcomeCue, type Relief } from './note/outcomes.ts'
import { type Place, placeOf } from './note/places.ts'
import { valuesOfRow } from './note/table-row.ts'
import { type Course, courseOf, datesOf, isCarriedOut } from './note/therapy-course.ts'
import { isRow, type MentionTarget, UnitReader, type UnitReading } from './note/unit-reading.ts'
import type { Stages } from './stages.ts'
import { addDays, daysOfDate, oneDay } from './values/calendar.ts'
import { unboundedDays } from './values/durations.ts'
import { numberAt } from './values/numbers.ts'
import type { TimeExpression } from './values/times.ts'
import { tokenAt } from './values/tokens.ts'

/** A note as its facts are attributed: where it is from, its day, its author, whose visit. */
export interface NoteOrigin {
  readonly source: ResourceSource
  readonly day?: string
  readonly author?: string
  readonly isOfEncounter: boolean
  /** The day of the oldest note that has the same text, for a unit that was copied from there. */
  readonly copiedFrom?: (unit: Unit) => string | undefined
}

/** A concept that a note speaks of, in whatever status. */
export interface NotedMention {
  readonly conceptId: string
  readonly source: ResourceSource
  readonly quote: Span
  readonly span: Span
  readonly day?: string
  readonly isOfEncounter: boolean
}

export interface NoteFacts {
  readonly facts: readonly Fact[]
  readonly mentions: readonly NotedMention[]
}

/** The facts of a note in the order of its text. `asOf` is the day of a note that has none. */
export function factsOfNote(
  document: NoteDocument,
  note: NoteOrigin,
  lexicon: LexiconView,
  asOf: string,
  stages: Stages,
): readonly Fact[] {
  return readNote(document, note, lexicon, asOf, stages).facts
}

/** The facts of a note, with every mention beside them: what no fact came of is still not silence. */
export function readNote(
  document: NoteDocument,
  note: NoteOrigin,
  lexicon: LexiconView,
  asOf: string,
  stages: Stages,
): NoteFacts {
  const reader = new UnitReader(document, lexicon, stages)
  const facts: Fact[] = []
  const mentions: NotedMention[] = []
  let current =
    document.units[0] === undefined ? undefined : readUnit(reader, document.units[0], note, asOf)
  for (const [index, unit] of document.units.entries()) {
    const following = document.units[index + 1]
    const next = following === undefined ? undefined : readUnit(reader, following, note, asOf)
    if (current !== undefined) {
      const writer = new UnitFacts(document, note, lexicon, asOf, current, next)
      for (const fact of writer.facts()) facts.push(fact)
      for (const { conceptId, start, end } of current.mentions)
        mentions.push({
          conceptId,
          source: note.source,
          quote: quoteOf(unit, { start, end }),
          span: { start, end },
          ...(note.day === undefined ? {} : { day: note.day }),
          isOfEncounter: note.isOfEncounter,
        })
    }
    current = next
  }
  return { facts, mentions }
}

/** What is relative is relative to the day on which it was first written. */
function dayOf(unit: Unit, note: NoteOrigin, asOf: string): string {
  return note.copiedFrom?.(unit) ?? note.day ?? asOf
}

function readUnit(reader: UnitReader, unit: Unit, note: NoteOrigin, asOf: string): UnitReading {
  return reader.read(unit, dayOf(unit, note, asOf))
}

/** How far a question may stand before its answer and still be quoted with it. */
const furthestQuestion = 300

function quoteOf({ quote }: Unit, span: Span): Span {
  if (span.start >= quote.start && span.end <= quote.end) return quote
  return span.start < quote.start && quote.start - span.end <= furthestQuestion
    ? { start: span.start, end: quote.end }
    : quote
}

/** How far from a value, in letters, stands what it was measured under. */
const conditionReach = 60

/** The index of the first mention that begins at a place or behind it. */
function firstFrom(mentions: readonly Mention[], place: number): number {
  let low = 0
  let high = mentions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((mentions[middle]?.start ?? 0) < place) low = middle + 1
    else high = middle
  }
  return low
}

/** Turns one unit's mentions into facts. */
class UnitFacts {
  readonly #document: NoteDocument
  readonly #note: NoteOrigin
  readonly #lexicon: LexiconView
  readonly #noteDay: string
  readonly #reading: UnitReading
  readonly #outcomes: ReadonlyMap<MentionTarget, readonly OutcomeCue[]>
  readonly #reliefs: ReadonlyMap<MentionTarget, readonly Relief[]>
  readonly #followUp: ReturnType<typeof followUpOf>
  /** Mentions by what they are, in the order of the text. */
  readonly #measures: readonly Mention[]
  readonly #conditions: readonly Mention[]
  readonly #findings: readonly Mention[]

  constructor(
    document: NoteDocument,
    note: NoteOrigin,
    lexicon: LexiconView,
    asOf: string,
    reading: UnitReading,
    next: UnitReading | undefined,
  ) {
    this.#document = document
    this.#note = note
    this.#lexicon = lexicon
    this.#noteDay = dayOf(reading.unit, note, asOf)
    this.#reading = reading
    const therapies = reading.targets.filter((one) => one.kind === 'therapy')
    this.#outcomes = bindAttached(reading.tokens, therapies, reading.outcomes)
    this.#reliefs = bindAttached(reading.tokens, therapies, reading.reliefs)
    const ofKind = (kinds: readonly string[]) =>
      reading.mentions
        .filter((one) => kinds.includes(lexicon.get(one.conceptId)?.kind ?? ''))
        .toSorted((one, other) => one.start - other.start)
    this.#measures = ofKind(['measure', 'score'])
    this.#conditions = ofKind(['observable', 'device', 'function'])
    this.#findings = ofKind(['finding', 'sign', 'disease'])
    this.#followUp = therapies.length === 0 ? undefined : followUpOf(reading, next, readableText(document))
  }

  facts(): readonly Fact[] {
    return this.#reading.targets.flatMap((target) => {
      const concept =
        target.mention === undefined ? undefined : this.#lexicon.get(target.mention.conceptId)
      const assertion =
        target.mention === undefined ? undefined : this.#reading.assertions.get(target.mention)
      if (target.mention === undefined || concept === undefined || assertion === undefined)
        return []
      return this.#factsOf(target, target.mention, concept, assertion)
    })
  }

  #factsOf(
    target: MentionTarget,
    mention: Mention,
    concept: Concept,
    assertion: Assertion,
  ): readonly Fact[] {
    const place = placeOf(mention, this.#reading.places, this.#reading.around, this.#lexicon)
    switch (concept.kind) {
      case 'finding':
      case 'sign':
      case 'disease':
      case 'device':
        return [this.#finding(target, mention, assertion, place)]
      case 'therapy':
      case 'drug':
        return [this.#therapy(target, mention, concept, assertion, place)]
      case 'study':
        return [this.#study(target, mention, assertion, place)]
      case 'measure':
      case 'score':
        return this.#measurements(mention, concept, assertion, place)
      case 'function':
        return [this.#function(mention, assertion, place)]
      case 'site':
      case 'observable':
        return []
      default:
        return concept.kind satisfies never
    }
  }

  #finding(target: MentionTarget, mention: Mention, assertion: Assertion, place: Place): Finding {
    const times = this.#timesOf(target)
    const { start } = datesOf(
      times.filter((one) => one.kind !== 'day' || one.role !== 'end'),
      this.#noteDay,
    )
    const length = times.find((one) => one.kind === 'duration' || one.kind === 'period')
    const onset = start ?? (length?.kind === 'duration' ? this.#began(length) : undefined)
    const lasting =
      length?.kind === 'duration' || length?.kind === 'period' ? length.days : undefined
    const isDenied = mention.denied === true && assertion.status === 'affirmed'
    return {
      kind: 'finding',
      conceptId: mention.conceptId,
      assertion: isDenied ? { ...assertion, status: 'denied' } : assertion,
      ...placed(place),
      ...(onset === undefined ? {} : { onset }),
      ...(lasting === undefined ? {} : { lastingDays: lasting }),
      from: this.#source(mention, [...times, ...place.spans]),
    }
  }

  /** "Pain x 3 weeks" began three weeks ago, give or take half of the unit. */
  #began({
    days,
    mostDays,
    slackDays,
  }: {
    readonly days: number
    readonly mostDays: number
    readonly slackDays: number
  }) {
    const first =
      mostDays === unboundedDays ? '1900-01-01' : addDays(this.#noteDay, -mostDays - slackDays)
    return { first, last: addDays(this.#noteDay, -Math.max(0, days - slackDays)) }
  }

  #therapy(
    target: MentionTarget,
    mention: Mention,
    concept: Concept,
    assertion: Assertion,
    place: Place,
  ): Therapy {
    const course = this.#course(target, mention, concept, assertion)
    const dose = doseBeside(this.#reading.tokens, mention)
    const cues = this.#outcomes.get(target) ?? []
    const followUp = isCarriedOut(assertion) ? this.#followUp : undefined
    const outcome = isCarriedOut(assertion)
      ? (outcomeOf(cues) ?? (cues.length === 0 ? followUp?.outcome : undefined))
      : undefined
    const own =
      this.#reliefs.get(target)?.find((one) => one.percent !== undefined) ??
      this.#reliefs.get(target)?.[0]
    const percent = own?.percent ?? followUp?.reliefPercent
    const days = own === undefined ? followUp?.reliefDays : this.#reliefDays(own)
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
      ...(dose === undefined ? {} : { dose: this.#document.source.slice(dose.start, dose.end) }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(percent === undefined ? {} : { reliefPercent: percent }),
      ...(days === undefined ? {} : { reliefDays: days }),
      from: this.#source(
        mention,
        [
          ...course.spans,
          ...cues,
          ...place.spans,
          ...(dose === undefined ? [] : [dose]),
          ...(usesNext ? followUp.spans : []),
        ],
        usesNext ? followUp.quoteEnd : undefined,
      ),
    }
  }

  #course(target: MentionTarget, mention: Mention, concept: Concept, assertion: Assertion): Course {
    const times = this.#timesOf(target)
    const { section } = this.#reading.unit
    const isPlan =
      (section.kind === 'plan' || section.kind === 'instructions') && assertion.phase !== 'done'
    const isDone = isCarriedOut(assertion) && !isPlan
    const followUp = this.#followUp?.isCourse === true ? this.#followUp.times : []
    // "PT for 6 weeks. She attended 2 weeks only.": the sentence that says what was done overrules.
    const all = isDone ? [...followUp, ...times] : times
    const course = courseOf(all, this.#noteDay, isDone)
    const count =
      isDone && course.sessions === undefined && concept.kind === 'therapy'
        ? this.#countBefore(mention)
        : undefined
    return count === undefined ? course : { ...course, sessions: count }
  }

  /** "Two epidural injections": the number of a plural. */
  #countBefore({ start, end }: Span): number | undefined {
    if (!/s$/i.test(this.#document.source.slice(start, end))) return undefined
    const { tokens } = this.#reading
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
    const target = this.#reading.reliefTargets.get(relief)
    const length =
      target === undefined
        ? undefined
        : this.#reading.bound.get(target)?.find((one) => one.kind === 'duration')
    return length?.kind === 'duration' ? length.days : undefined
  }

  #study(target: MentionTarget, mention: Mention, assertion: Assertion, place: Place): Study {
    const times = this.#timesOf(target)
    const dated =
      times.find((one) => one.kind === 'day') ?? times.find((one) => one.kind === 'period')
    const { section } = this.#reading.unit
    const day =
      dated?.kind === 'day'
        ? dated.days
        : dated?.kind === 'period'
          ? dated.from
          : section.day === undefined
            ? undefined
            : oneDay(section.day)
    return {
      kind: 'study',
      conceptId: mention.conceptId,
      assertion,
      ...placed(place),
      ...(day === undefined ? {} : { day }),
      hasResult: isCarriedOut(assertion) && this.#hasResult(mention),
      from: this.#source(mention, [...times, ...place.spans]),
    }
  }

  #hasResult({ end }: Span): boolean {
    const { unit, text } = this.#reading
    if (unit.section.kind === 'results') return true
    const behind = text.slice(end - unit.start, end - unit.start + 400)
    const next = this.#findings[firstFrom(this.#findings, end)]
    return (
      (next !== undefined && next.start < end + 400) ||
      /\b(?:shows?|showed|showing|reveal(?:s|ed)|demonstrat(?:es|ed|ing)|impression|normal|negative|positive|unremarkable|consistent with|findings?|found|notable for|significant for|without|no (?:acute|evidence))\b/i.test(
        behind,
      )
    )
  }

  #measurements(
    mention: Mention,
    concept: Concept,
    assertion: Assertion,
    place: Place,
  ): readonly Measurement[] {
    const { unit, tokens, times, text } = this.#reading
    const values = isRow(unit)
      ? valuesOfRow(this.#document, unit, mention, concept, this.#noteDay)
      : valuesOf(mention, concept, { tokens, text, times, limit: this.#limitOf(mention) })
    const sectionDay = unit.section.day === undefined ? undefined : daysOfDate(unit.section.day)
    return values.flatMap((value): readonly Measurement[] => {
      const conditions = this.#conditionsOf(value, values, mention)
      // "AHI < 5 on CPAP" is what a device is set to reach.
      const isTreated =
        value.comparator !== undefined &&
        conditions.some((one) => this.#lexicon.get(one.conceptId)?.kind === 'device')
      if (isTreated) return []
      const { start, end, first: _first, next: _next, day, ...said } = value
      const on = day ?? (value.isEarlier === true ? undefined : sectionDay)
      return [
        {
          kind: 'measurement',
          conceptId: mention.conceptId,
          assertion,
          ...placed(place),
          ...said,
          conditions: [...new Set(conditions.map((one) => one.conceptId))],
          ...(on === undefined ? {} : { day: on }),
          from: this.#source(mention, [{ start, end }, ...conditions, ...place.spans]),
        },
      ]
    })
  }

  /** The first token of the next measure of the unit. */
  #limitOf(mention: Mention): number {
    const { tokens } = this.#reading
    const next = this.#measures[firstFrom(this.#measures, mention.end)]
    return next === undefined ? tokens.length : tokenAt(tokens, next.start)
  }

  /** What was said of how it was measured, given to the value nearest to it: behind it without a comma between, else before. */
  #conditionsOf(value: Value, values: readonly Value[], measure: Mention): readonly Mention[] {
    const from = firstFrom(this.#conditions, value.start - conditionReach)
    const to = firstFrom(this.#conditions, value.end + conditionReach)
    return this.#conditions.slice(from, to).filter((one) => {
      if (one === measure) return false
      const before = values.findLast((other) => other.end <= one.start)
      const behind = values.find((other) => other.start >= one.end)
      const isBefore = before !== undefined && this.#isNear(before.end, one.start)
      const owner = isBefore
        ? before
        : behind !== undefined && this.#isNear(one.end, behind.start)
          ? behind
          : undefined
      return owner === value
    })
  }

  #isNear(from: number, to: number): boolean {
    return to - from <= conditionReach && !/[,;]/.test(this.#document.source.slice(from, to))
  }

  #function(mention: Mention, assertion: Assertion, place: Place): FunctionFact {
    const { text, unit } = this.#reading
    const at = mention.start - unit.start
    const before =
      text
        .slice(Math.max(0, at - 80), Math.max(0, at))
        .split(/[;,]|\bbut\b/)
        .at(-1) ?? ''
    const behind =
      text
        .slice(Math.max(0, mention.end - unit.start), Math.max(0, mention.end - unit.start) + 60)
        .split(/[;,]|\bbut\b/)[0] ?? ''
    return {
      kind: 'function',
      conceptId: mention.conceptId,
      assertion,
      ...placed(place),
      limit: limitIn(
        `${before} ${this.#document.source.slice(mention.start, mention.end)} ${behind}`,
        assertion,
      ),
      from: this.#source(mention, place.spans),
    }
  }

  #timesOf(target: MentionTarget): readonly TimeExpression[] {
    return this.#reading.bound.get(target) ?? []
  }

  #source(mention: Mention, spans: readonly Span[], quoteEnd?: number): FactSource {
    const { unit } = this.#reading
    const own = quoteOf(unit, mention)
    const quote = quoteEnd === undefined ? own : { start: own.start, end: quoteEnd }
    const copied = this.#note.copiedFrom?.(unit)
    const day = copied ?? this.#note.day
    const inQuote = [mention, ...spans]
      .filter((one) => one.start >= quote.start && one.end <= quote.end)
      .map(({ start, end }) => ({ start, end }))
    return {
      kind: 'note',
      source: this.#note.source,
      quote,
      spans: inQuote,
      ...(day === undefined ? {} : { day }),
      ...(this.#note.author === undefined ? {} : { author: this.#note.author }),
      isOfEncounter: this.#note.isOfEncounter && copied === undefined,
      isCopied: copied !== undefined,
    }
  }
}

function placed({ sites, side }: Place): Pick<Finding, 'sites' | 'side'> {
  return side === undefined ? { sites } : { sites, side }
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
