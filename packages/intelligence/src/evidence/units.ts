import { UcumLhcUtils } from '@lhncbc/ucum-lhc'
import type { Bounds, Limit } from '../policy/sourced.ts'

const ucum = UcumLhcUtils.getInstance()

/** What people write where UCUM has another sign. Nothing here is a guess: each has one meaning. */
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

/** `value` in another UCUM unit; undefined when one cannot be turned into the other, or is not a unit. */
export function convertUnit(value: number, from: string, to: string): number | undefined {
  const unit = spoken[from.trim().toLowerCase()] ?? from.trim()
  if (unit === to) return value
  const result = ucum.convertUnitTo(unit, value, to)
  // A message means that the library guessed what was meant.
  if (result.status !== 'succeeded' || result.msg.length > 0 || result.toVal === null)
    return undefined
  return result.toVal
}

export function isUnit(unit: string): boolean {
  return (
    unit === '1' ||
    (convertUnit(1, unit, unit) !== undefined && ucum.validateUnitString(unit).status === 'valid')
  )
}

/** How many decimals a converted value is compared with: 7.33 kPa is 55 mmHg to a person. */
const decimals = 1

/**
 * Whether a value keeps to all bounds, after conversion to each bound's unit. `unknown` when its unit is missing or another kind of unit; a value without unit
 * is taken as it stands only where the text around it gave the unit (`unit` is undefined).
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
      results.push(holds(rounded, limit.value) ? 'inside' : 'outside')
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

/** "<5" is surely not at least 15, and ">100" surely is; "<20" may be either. */
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
