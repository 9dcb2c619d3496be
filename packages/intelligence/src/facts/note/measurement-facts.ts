import type { Mention } from '../../lexicon/mention.ts'
import type { Measurement } from '../fact.ts'
import { daysOfDate } from '../values/calendar.ts'
import { tokenAt } from '../values/tokens.ts'
import { type Value, valuesOf } from './measurements.ts'
import { valuesOfRow } from './table-row.ts'
import { isRow } from './unit-reading.ts'
import {
  firstFrom,
  mentionsOfKind,
  placed,
  type Spoken,
  sourceOf,
  type UnitScope,
} from './unit-scope.ts'

/** How far from a value, in letters, stands what it was measured under. */
const conditionReach = 60

/** Makes the measurements of one unit: each value of a measure, with what it was measured under. */
export class MeasurementFacts {
  readonly #scope: UnitScope
  /** Mentions by what they are, in the order of the text. */
  readonly #measures: readonly Mention[]
  readonly #conditions: readonly Mention[]

  constructor(scope: UnitScope) {
    this.#scope = scope
    this.#measures = mentionsOfKind(scope, ['measure', 'score'])
    this.#conditions = mentionsOfKind(scope, ['observable', 'device', 'function'])
  }

  factsOf({ mention, concept, assertion, place }: Spoken): readonly Measurement[] {
    const { document, noteDay, lexicon, reading } = this.#scope
    const { unit, tokens, times, text } = reading
    const values = isRow(unit)
      ? valuesOfRow(document, unit, mention, concept, noteDay)
      : valuesOf(mention, concept, { tokens, text, times, limit: this.#limitOf(mention) })
    const sectionDay = unit.section.day === undefined ? undefined : daysOfDate(unit.section.day)
    return values.flatMap((value): readonly Measurement[] => {
      const conditions = this.#conditionsOf(value, values, mention)
      // "AHI < 5 on CPAP" is what a device is set to reach.
      const isTreated =
        value.comparator !== undefined &&
        conditions.some((one) => lexicon.get(one.conceptId)?.kind === 'device')
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
          from: sourceOf(this.#scope, mention, [{ start, end }, ...conditions, ...place.spans]),
        },
      ]
    })
  }

  /** The first token of the next measure of the unit. */
  #limitOf(mention: Mention): number {
    const { tokens } = this.#scope.reading
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
    return to - from <= conditionReach && !/[,;]/.test(this.#scope.document.source.slice(from, to))
  }
}
