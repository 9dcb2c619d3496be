import type { MeasuredValue } from '@authscript/prior-auth'
import { UcumLhcUtils } from '@lhncbc/ucum-lhc'
import { BoundedCache } from './bounded-cache.ts'
import type { Bounds, Limit } from '../../policy/sourced.ts'

const ucum = UcumLhcUtils.getInstance()

/** A conversion takes the library 0.1 ms, and a long chart repeats a few values in a few units. */
const conversions = new BoundedCache<number | undefined>(5_000)
const units = new BoundedCache<boolean>(1_000)

/** Common spellings whose UCUM code differs. Each has exactly one meaning. */
const spoken: Readonly<Record<string, string>> = {
  mmhg: 'mm[Hg]',
  'mm hg': 'mm[Hg]',
  torr: 'mm[Hg]',
  lb: '[lb_av]',
  lbs: '[lb_av]',
  pounds: '[lb_av]',
  in: '[in_i]',
  inches: '[in_i]',
  percent: '%',
  pct: '%',
  'per cent': '%',
  '% o2': '%',
  '%o2': '%',
  '% sat': '%',
  'mm[hg]': 'mm[Hg]',
  'mmhg.': 'mm[Hg]',
  'mm of hg': 'mm[Hg]',
  'kg/m*2': 'kg/m2',
  'kg/m**2': 'kg/m2',
  'kg/sq m': 'kg/m2',
  'kg/sq. m': 'kg/m2',
  'kg/m2': 'kg/m2',
  'kg per m2': 'kg/m2',
  'events/hour': '/h',
  'events/hr': '/h',
  'events/h': '/h',
  'per hour': '/h',
  '/hour': '/h',
  '/hr': '/h',
  'kg/m^2': 'kg/m2',
  'kg/m²': 'kg/m2',
  years: 'a',
  score: '1',
}

/** `value` in another UCUM unit; undefined if it cannot be converted or is not a unit. */
export function convertUnit(value: number, from: string, to: string): number | undefined {
  const unit = spoken[from.trim().toLowerCase()] ?? from.trim()
  if (unit === to) return value
  return conversions.get(`${value} ${to} ${unit}`, () => {
    const result = ucum.convertUnitTo(unit, value, to)
    // A message means that the library guessed the unit.
    const isExact = result.status === 'succeeded' && result.msg.length === 0
    return isExact ? (result.toVal ?? undefined) : undefined
  })
}

export function isUnit(unit: string): boolean {
  return unit === '1' || units.get(unit, () => isValid(unit))
}

function isValid(unit: string): boolean {
  return (
    convertUnit(1, unit, unit) !== undefined && ucum.validateUnitString(unit).status === 'valid'
  )
}

/**
 * Possible values in this unit in a living person. A value outside is in a different unit than stated: 0.85 is
 * not a saturation in percent, and 85 with the code of "one" does not mean 8,500 %. Units without a row are not
 * checked.
 */
const plausible: Readonly<Record<string, readonly [least: number, most: number]>> = {
  '%': [1.5, 200],
  'mm[Hg]': [10, 800],
  kPa: [1, 110],
  'kg/m2': [7, 200],
  '/h': [0, 300],
  a: [0, 130],
}

/**
 * The only plausible unit of a number without one, within a range: a saturation or ejection fraction above 1.5
 * is a percentage, a score has no unit, events are counted per hour. An oxygen pressure without a unit may be in
 * kPa only if it is small.
 */
const unspoken: Readonly<Record<string, readonly [least: number, most: number]>> = {
  '1': [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  '%': [1.5, 100],
  'mm[Hg]': [25, 800],
  'kg/m2': [10, 100],
  '/h': [0, 300],
}

type Quantity = Extract<MeasuredValue, { readonly kind: 'quantity' }>

/**
 * Whether a coded quantity satisfies all bounds, in its own unit (coded or in words), or without a unit if only
 * one is possible. `unknown` for a unit that cannot be converted and for a value that is impossible in its unit.
 */
export function compareMeasured(
  { value, unit, unitCode, comparator }: Quantity,
  bounds: Bounds,
): 'inside' | 'outside' | 'unknown' {
  const limits = [bounds.atLeast, bounds.above, bounds.atMost, bounds.below].filter(
    (limit) => limit !== undefined,
  )
  const named = [unitCode, unit].flatMap((one) => (one?.trim() ? [one] : []))
  const known = named.find((one) =>
    limits.every((limit) =>
      isPlausible(convertUnit(value, one, limit.unit), plausible[limit.unit]),
    ),
  )
  if (known !== undefined) return compareToBounds(value, known, bounds, comparator)
  const isUnspoken = limits.every((limit) => isPlausible(value, unspoken[limit.unit] ?? nothing))
  return named.length === 0 && isUnspoken
    ? compareToBounds(value, undefined, bounds, comparator)
    : 'unknown'
}

const nothing = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as const

function isPlausible(
  value: number | undefined,
  range: readonly [least: number, most: number] | undefined,
): boolean {
  if (value === undefined) return false
  return range === undefined || (value >= range[0] && value <= range[1])
}

/** Decimals used to compare a converted value: people read 7.33 kPa as 55 mmHg. */
const decimals = 1

/**
 * Whether a value satisfies all bounds, after conversion to each bound's unit. `unknown` if its unit is missing
 * or incompatible. A value without a unit (`unit` is undefined) is compared unchanged only if the surrounding
 * text gave the unit.
 */
export function compareToBounds(
  value: number,
  unit: string | undefined,
  bounds: Bounds,
  comparator?: '<' | '<=' | '>=' | '>' | 'ad',
): 'inside' | 'outside' | 'unknown' {
  const results: ('inside' | 'outside' | 'unknown')[] = []
  const check = (limit: Limit | undefined, holds: (one: number, bound: number) => boolean) => {
    if (limit === undefined) return
    const converted = unit === undefined ? value : convertUnit(value, unit, limit.unit)
    if (converted === undefined) results.push('unknown')
    else {
      const rounded =
        unit === undefined || unit === limit.unit ? converted : Number(converted.toFixed(decimals))
      results.push(holds(rounded + beyond(comparator), limit.value) ? 'inside' : 'outside')
    }
  }
  check(bounds.atLeast, (one, bound) => one >= bound)
  check(bounds.above, (one, bound) => one > bound)
  check(bounds.atMost, (one, bound) => one <= bound)
  check(bounds.below, (one, bound) => one < bound)
  if (results.includes('unknown') || comparator === 'ad') return 'unknown'
  const result = results.every((one) => one === 'inside') ? 'inside' : 'outside'
  return comparator === undefined ? result : withComparator(result, comparator, bounds)
}

/** "> 56" is above 56 by any amount. */
function beyond(comparator: string | undefined): number {
  return comparator === '>' ? 1e-9 : comparator === '<' ? -1e-9 : 0
}

/** "<5" is certainly below 15, and ">100" is certainly at least 15; "<20" may be either. */
function withComparator(
  result: 'inside' | 'outside',
  comparator: '<' | '<=' | '>=' | '>',
  bounds: Bounds,
): 'inside' | 'outside' | 'unknown' {
  const hasLower = bounds.atLeast !== undefined || bounds.above !== undefined
  const hasUpper = bounds.atMost !== undefined || bounds.below !== undefined
  if (hasLower && hasUpper) return 'unknown'
  const reachesUp = comparator.startsWith('>')
  if (hasLower) return reachesUp === (result === 'inside') ? result : 'unknown'
  return reachesUp === (result === 'outside') ? result : 'unknown'
}
