import { readableText, type Span, type Unit } from '../../document/note-document.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { Days, Measurement } from '../fact.ts'
import { daysOfDate } from '../values/calendar.ts'
import { tokenAt } from '../values/tokens.ts'
import {
  activityConditions,
  columnConditions,
  headedValues,
  rowConditions,
  saturationsUnder,
  sideOfRow,
} from './headed-values.ts'
import { impliedValues } from './implied-measures.ts'
import { conditionIds, isCondition, measuredUnder, withActivity } from './measured-under.ts'
import type { Value } from './value-at.ts'
import { valuesOf } from './measurements.ts'
import { type Place, placeOf } from './places.ts'
import { valuesOfRow } from './table-row.ts'
import { isRow, type MentionTarget } from './parsed-unit.ts'
import { firstFrom } from './spans-in-order.ts'
import {
  mentionsOfKind,
  placed,
  type FactCandidate,
  sourceOf,
  type UnitScope,
} from './unit-scope.ts'

/** Creates the measurements of one unit: each value of a measure with its conditions. */
export class MeasurementFacts {
  readonly #scope: UnitScope
  /** Mentions by role, in text order. */
  readonly #measures: readonly Mention[]
  readonly #conditions: readonly Mention[]
  /** Concepts of the previous statement and of the lead-ins. */
  readonly #before: ReadonlySet<string>
  readonly #taken: Value[] = []
  readonly #studies: readonly Mention[]
  readonly #targets: ReadonlyMap<Mention | undefined, MentionTarget>
  /** Other mentions that a date after a value may belong to. */
  readonly #others: readonly Mention[]

  constructor(scope: UnitScope, before: ReadonlySet<string>) {
    this.#scope = scope
    this.#before = before
    this.#studies = mentionsOfKind(scope, ['study'])
    this.#others = mentionsOfKind(scope, ['therapy', 'drug', 'finding', 'disease', 'sign'])
    this.#targets = new Map(scope.parsed.targets.map((one) => [one.mention, one]))
    this.#measures = mentionsOfKind(scope, ['measure', 'score'])
    this.#conditions = saidConditions(scope)
  }

  factsOf({ mention, concept, assertion, place }: FactCandidate): readonly Measurement[] {
    const { document, noteDay, parsed } = this.#scope
    const { unit, tokens, times, text } = parsed
    const found = isRow(unit)
      ? valuesOfRow(document, unit, mention, concept, noteDay)
      : valuesOf(mention, concept, {
          tokens,
          text,
          times,
          limit: this.#limitOf(mention, this.#measures),
          dateLimit: this.#limitOf(mention, this.#others),
        })
    const values = unit.polarity === 'no' ? found.map((one) => answeredNo(one)) : found
    for (const value of values) this.#taken.push(value)
    const said = withValue(assertion, mention, unit, readableText(document))
    return values.flatMap((value) =>
      this.#measurementOf(value, values, { mention, assertion: said, place }),
    )
  }

  /** Values of a row under column headings that name their measure. Call after the row's own measures are done. */
  headed(): readonly Measurement[] {
    const { document, lexicon, noteDay, parsed } = this.#scope
    const { unit, headers } = parsed
    const { cells = [], polarity } = unit
    if (!isRow(unit) || this.#taken.length > 0) return []
    if (polarity === 'unknown' || polarity === 'unmarked') return []
    const named = headedValues(document, cells, headers, lexicon, noteDay)
    const isUnnamed = named.length === 0 && this.#measures.length === 0
    const values = isUnnamed ? saturationsUnder(document, cells, lexicon, noteDay) : named
    if (values.length === 0) return []
    const ofRow = [
      ...this.#conditions,
      ...activityConditions(document, cells),
      ...rowConditions(document, cells),
    ]
    const side = sideOfRow(document, cells)
    return values.map(
      ({
        concept,
        under: ofColumn,
        value: { start, end, first: _first, next: _next, ...said },
      }) => ({
        kind: 'measurement',
        conceptId: concept.id,
        assertion: stated,
        sites: concept.sites ?? [],
        ...(side === undefined ? {} : { side }),
        ...said,
        conditions: conditionIds([...ofRow, ...ofColumn], lexicon),
        from: sourceOf(this.#scope, { conceptId: concept.id, start, end }, [...ofRow, ...ofColumn]),
      }),
    )
  }

  /** Values without a named measure. Call after the named ones are done. */
  implied(): readonly Measurement[] {
    const { parsed, lexicon } = this.#scope
    const { unit, tokens, mentions, assertions } = parsed
    const isOfPatient = unit.section.kind !== 'plan' && unit.section.kind !== 'instructions'
    if (!isOfPatient || unit.polarity !== undefined || isRow(unit)) return []
    if (mentions.length === 0 && this.#before.size === 0) return []
    const found = impliedValues({
      tokens,
      mentions: mentions.toSorted((one, other) => one.start - other.start),
      before: this.#before,
      lexicon,
      taken: this.#taken.toSorted((one, other) => one.start - other.start),
    })
    // "Discrepancy sent to the lab": if no named measure counts here, no bare number does.
    const isUnsettled =
      mentions.length > 0 &&
      mentions.every(
        (one) =>
          assertions.get(one)?.cues.length !== 0 && assertions.get(one)?.status === 'unsettled',
      )
    const values = found.map((one) => one.value).toSorted((one, other) => one.start - other.start)
    return found.flatMap(({ conceptId, value, by }) => {
      const span = { start: value.start, end: value.end }
      const mention: Mention = { conceptId, ...span }
      const place = by === undefined ? nowhere : placeOf(by, parsed.places, parsed.around, lexicon)
      const said = by === undefined ? undefined : assertions.get(by)
      const day = by === undefined ? undefined : this.#dayOf(by)
      const isOpen = said !== undefined && said.status !== 'affirmed' && said.status !== 'denied'
      const assertion: Assertion = {
        ...stated,
        ...(isOpen ? { status: said.status } : isUnsettled ? { status: 'unsettled' } : {}),
        subject: said?.subject ?? 'patient',
        when: said?.when ?? 'now',
      }
      const dated = day === undefined ? value : { ...value, day }
      return this.#measurementOf(dated, values, { mention, assertion, place })
    })
  }

  /** "ABG 6/3: PO2 78": the day of the preceding study in the statement. */
  #dayOfStudy({ start }: Span): Days | undefined {
    const study = this.#studies[firstFrom(this.#studies, start) - 1]
    return study === undefined ? undefined : this.#dayOf(study)
  }

  #dayOf(mention: Mention): Days | undefined {
    const { bound } = this.#scope.parsed
    const target = this.#targets.get(mention)
    const times = target === undefined ? undefined : bound.get(target)
    const day = times?.find((one) => one.kind === 'day')
    return day?.kind === 'day' ? day.days : undefined
  }

  #measurementOf(
    value: Value,
    values: readonly Value[],
    { mention, assertion, place }: Pick<FactCandidate, 'mention' | 'assertion' | 'place'>,
  ): readonly Measurement[] {
    const { lexicon, document, parsed } = this.#scope
    const { section } = parsed.unit
    const conditions = this.#conditionsOf(value, values, mention, readableText(document))
    // "AHI < 5 on CPAP" is the target of a device.
    const isTreated =
      value.comparator !== undefined &&
      conditions.some((one) => lexicon.get(one.conceptId)?.kind === 'device')
    if (isTreated) return []
    const { start, end, first: _first, next: _next, day, ...said } = value
    const sectionDay = section.day === undefined ? undefined : daysOfDate(section.day)
    const on =
      day ??
      (values.length === 1 ? this.#dayOf(mention) : undefined) ??
      this.#dayOfStudy(mention) ??
      (value.isEarlier === true ? undefined : sectionDay)
    return [
      {
        kind: 'measurement',
        conceptId: mention.conceptId,
        assertion,
        ...placed(place),
        ...said,
        conditions: conditionIds(conditions, lexicon),
        ...(on === undefined ? {} : { day: on }),
        from: sourceOf(this.#scope, mention, [{ start, end }, ...conditions, ...place.spans]),
      },
    ]
  }

  #conditionsOf(
    value: Value,
    values: readonly Value[],
    mention: Mention,
    source: string,
  ): readonly Mention[] {
    const { unit } = this.#scope.parsed
    if (isRow(unit)) {
      const said = this.#conditionsOfRow(value, mention)
      if (said.length > 0) return said
    }
    const near = measuredUnder(value, values, this.#conditions, mention, source)
    if (near.length > 0) return withActivity(near, value, this.#conditions)
    const before = bracketedBefore(value, values, source)
    if (before !== undefined) return this.#conditionsOf(before, values, mention, source)
    // A walk test is both a measure in metres and a condition of other values.
    const first = this.#measures.find((one) => !this.#conditions.includes(one))
    const start = Math.min(first?.start ?? mention.start, values[0]?.start ?? mention.start)
    const heading = this.#conditions.filter((one) => one.end <= start)
    return heading.length > 0 && start - (heading[0]?.start ?? 0) < 200
      ? heading
      : this.#scope.parsed.leadConditions
  }

  /** The conditions in the name of the measure, the value's cell and its column heading. */
  #conditionsOfRow(value: Span, measure: Mention): readonly Mention[] {
    const { document, lexicon, parsed } = this.#scope
    const { cells = [] } = parsed.unit
    const isIn = (one: Span, cell: Span) => one.start >= cell.start && one.end <= cell.end
    const home = cells.find((cell) => isIn(measure, cell))
    const own = cells.find((cell) => isIn(value, cell))
    if (own === undefined || own === home) return []
    const inside = this.#conditions.filter(
      (one) => isIn(one, own) || (home !== undefined && isIn(one, home)),
    )
    const over = (parsed.headers.get(own) ?? []).filter((one) =>
      isCondition(one.conceptId, lexicon),
    )
    return [
      ...inside,
      ...over,
      ...columnConditions(document, own),
      ...rowConditions(document, cells),
    ]
  }

  /** The first token of the next of these mentions. */
  #limitOf(mention: Mention, mentions: readonly Mention[]): number {
    const { tokens } = this.#scope.parsed
    const next = mentions[firstFrom(mentions, mention.end)]
    return next === undefined ? tokens.length : tokenAt(tokens, next.start)
  }
}

const unknownReach = 50
const notKnown =
  /\b(?:unclear|unknown|unsure|uncertain|not (?:clear|known|sure|stated|noted|recorded|said|documented|specified))\b[^.;]*$/i

/** "no O2 on", "not recorded whether at rest or walking": a condition that is denied or in question did not apply. */
function saidConditions({ parsed, lexicon }: UnitScope): readonly Mention[] {
  const said = parsed.mentions.filter((one) => {
    if (!isCondition(one.conceptId, lexicon)) return false
    // The wording of other cells does not apply to it.
    const status = isRow(parsed.unit) ? undefined : parsed.assertions.get(one)?.status
    const before = parsed.text.slice(0, one.start - parsed.unit.start).slice(-unknownReach)
    return status !== 'denied' && status !== 'hypothetical' && !notKnown.test(before)
  })
  return said.toSorted((one, other) => one.start - other.start)
}

const stated: Assertion = {
  status: 'affirmed',
  subject: 'patient',
  when: 'now',
  phase: 'not_stated',
  cues: [],
}
const nowhere: Place = { sites: [], spans: [] }

/**
 * "89% RA at rest (repeat 89%)": a value in brackets takes the conditions of the value before them, which it
 * repeats.
 */
function bracketedBefore(value: Span, values: readonly Value[], source: string): Value | undefined {
  const before = values[firstFrom(values, value.start) - 1]
  if (before === undefined || value.start - before.end > 60) return undefined
  return /\([^();]{0,40}$/.test(source.slice(before.end, value.start)) ? before : undefined
}

const opposite = { '>': '<=', '>=': '<', '<': '>=', '<=': '>' } as const

/** "Hematocrit greater than 56? No": it is at most 56. */
function answeredNo(value: Value): Value {
  return value.comparator === undefined
    ? value
    : { ...value, comparator: opposite[value.comparator] }
}

/**
 * A value that is given was measured: "no oxygen:" above a list does not deny its numbers. "Never an AHI of 15"
 * settles nothing.
 */
function withValue(assertion: Assertion, mention: Span, unit: Unit, source: string): Assertion {
  if (assertion.status !== 'denied') return assertion
  const isDeniedHere = assertion.cues.some(
    (cue) =>
      cue.start >= unit.start &&
      cue.end <= mention.start &&
      mention.start - cue.end < 30 &&
      // "No synovitis and a DAS28 of 2.1": the denial applies to what stands before.
      !/\w\W+and (?:an?|the|his|her) $/.test(source.slice(cue.end, mention.start)),
  )
  return { ...assertion, status: isDeniedHere ? 'unsettled' : 'affirmed' }
}
