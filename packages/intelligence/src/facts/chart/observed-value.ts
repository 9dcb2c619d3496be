import type { MeasuredValue } from '@authscript/prior-auth'
import { convertUnit, isUnit } from '../values/units.ts'
import type { Concept } from '../../lexicon/concept.ts'
import type { Days, Fact, Finding, Measurement } from '../fact.ts'
import { valuesOf } from '../note/measurements.ts'
import { tokensOf } from '../values/tokens.ts'
import { unitAt } from '../values/written-units.ts'
import { textsOf } from './chart-entry.ts'

type Parts = Pick<Finding, 'conceptId' | 'assertion' | 'sites' | 'side' | 'from'>

/**
 * The fact of an observation: a measurement, a present or absent finding, a study, or only a mention if its
 * value says nothing.
 */
export function observedFact(
  value: MeasuredValue | undefined,
  concept: Concept | undefined,
  parts: Parts,
  conditions: readonly string[],
  day: Days | undefined,
): Fact {
  const dated = day === undefined ? {} : { day }
  if (concept?.kind === 'study')
    return { kind: 'study', ...parts, ...dated, hasResult: value !== undefined }
  const measured = value === undefined ? undefined : measuredOf(value, concept)
  const isMeasure = concept === undefined || concept.kind === 'measure' || concept.kind === 'score'
  if (measured !== undefined && isMeasure) {
    const { isImpossible, ...rest } = measured
    const assertion =
      isImpossible === true
        ? ({ ...parts.assertion, status: 'unsettled' } as const)
        : parts.assertion
    return { kind: 'measurement', ...parts, assertion, ...rest, conditions, ...dated }
  }
  const presence = isMeasure ? undefined : presenceOf(value)
  const status = presence === undefined ? 'unsettled' : presence
  const isSettled = parts.assertion.status === 'affirmed'
  return {
    kind: 'finding',
    ...parts,
    assertion: isSettled ? { ...parts.assertion, status } : parts.assertion,
    ...(day === undefined ? {} : { onset: day }),
  }
}

type CourseResult = Pick<Measurement, 'value' | 'comparator' | 'high' | 'unit' | 'outOf'> & {
  readonly isImpossible?: true
}

function measuredOf(value: MeasuredValue, concept: Concept | undefined): CourseResult | undefined {
  switch (value.kind) {
    case 'quantity': {
      const { comparator } = value
      if (comparator === 'ad') return undefined
      return {
        value: value.value,
        ...(comparator === undefined ? {} : { comparator }),
        ...unitOf(value.value, [value.unitCode, value.unit], concept),
      }
    }
    case 'range': {
      const { low, high } = value
      const first = low ?? high
      if (first === undefined) return undefined
      const open =
        low === undefined
          ? { comparator: '<=' as const }
          : high === undefined
            ? { comparator: '>=' as const }
            : { high }
      return { value: first, ...open, ...unitOf(first, [value.unit], concept) }
    }
    case 'text':
      return numberInText(value.text, concept)
    case 'boolean':
    case 'concept':
      return undefined
    default:
      return value satisfies never
  }
}

/** The first stated unit in which the value is plausible. A value that is plausible in none settles nothing. */
function unitOf(
  value: number,
  said: readonly (string | undefined)[],
  concept: Concept | undefined,
): Pick<CourseResult, 'unit' | 'isImpossible'> {
  const units = said.flatMap((one) => (one === undefined || one.trim() === '' ? [] : [ucumOf(one)]))
  const [first] = units
  if (first === undefined)
    return isPossible(value, undefined, concept) ? {} : { isImpossible: true }
  const fitting = units.find((one) => isPossible(value, one, concept))
  return fitting === undefined ? { unit: first, isImpossible: true } : { unit: fitting }
}

function isPossible(
  value: number,
  unit: string | undefined,
  concept: Concept | undefined,
): boolean {
  if (concept?.range === undefined)
    return (
      unit === undefined ||
      concept?.unit === undefined ||
      convertUnit(value, unit, concept.unit) !== undefined
    )
  const converted =
    unit === undefined || concept.unit === undefined
      ? value
      : convertUnit(value, unit, concept.unit)
  return converted !== undefined && converted >= concept.range[0] && converted <= concept.range[1]
}

function ucumOf(unit: string): string {
  if (isUnit(unit)) return unit
  const tokens = tokensOf(unit)
  const read = unitAt(tokens, 0)
  return read !== undefined && read.next === tokens.length ? read.ucum : unit
}

/** "32.1 kg/m2", "<5": a text that consists of a number. */
function numberInText(text: string, concept: Concept | undefined): CourseResult | undefined {
  if (text.length > 60) return undefined
  const tokens = tokensOf(text)
  const meant = concept ?? { id: 'unknown', kind: 'measure', name: 'unknown' }
  const [value] = valuesOf({ start: 0, end: 0 }, meant, {
    tokens,
    text,
    times: [],
    limit: tokens.length,
  })
  if (value === undefined || value.first > 0 || value.next < tokens.length) return undefined
  const { value: number, high, comparator, unit, outOf } = value
  return {
    value: number,
    ...(high === undefined ? {} : { high }),
    ...(comparator === undefined ? {} : { comparator }),
    ...(unit === undefined ? {} : { unit }),
    ...(outOf === undefined ? {} : { outOf }),
  }
}

const present = /^(?:positive|present|yes|detected|abnormal|reactive|true|pos|\+)$/i
const absent =
  /^(?:negative|absent|no|none|not (?:detected|present)|normal|non-?reactive|false|neg|-)$/i

function presenceOf(value: MeasuredValue | undefined): 'affirmed' | 'denied' | undefined {
  if (value?.kind === 'boolean') return value.value ? 'affirmed' : 'denied'
  const said = wordsOf(value)
  if (said.some((one) => present.test(one)))
    return said.some((one) => absent.test(one)) ? undefined : 'affirmed'
  return said.some((one) => absent.test(one)) ? 'denied' : undefined
}

/** The texts of a value: its own text, and the text and displays of its concept. */
export function wordsOf(value: MeasuredValue | undefined): readonly string[] {
  if (value?.kind === 'text') return [value.text.trim()]
  return value?.kind === 'concept' ? textsOf(value.concept).map((one) => one.trim()) : []
}
