import { canonicalSystem, codeSystem } from '@authscript/prior-auth'
import type { JsonObject } from '../../client/limits.ts'
import { dateAt, numberAt, objectsAt, textAt, textsAt } from '../fields.ts'

/**
 * Which of several names, addresses, phones and identifiers is in use on a day (`YYYY-MM-DD`), by `use`, `period` and `rank`. What is marked old
 * or is out of its period is never taken, except a name, for someone must be named.
 */

type Ranks = Readonly<Record<string, number>>

const outOfUse: ReadonlySet<string> = new Set(['old', 'maiden'])

/** Behind everything that is in use. */
const last = 1000

const nameRanks: Ranks = {
  official: 0,
  usual: 1,
  none: 2,
  other: 3,
  temp: 4,
  nickname: 5,
  anonymous: 6,
}

export function chosenName(resource: JsonObject, day: string | undefined): JsonObject | undefined {
  return best(objectsAt(resource, 'name'), (name) => {
    const isNamed = textAt(name, 'family', 'text') !== undefined
    return rankIn(nameRanks, name) + (isNamed ? 0 : last / 2) + (isInUse(name, day) ? 0 : last)
  })
}

const homeRanks: Ranks = { home: 0, none: 1, other: 2, work: 3, temp: 4, billing: 5 }
const workRanks: Ranks = { work: 0, none: 1, other: 2, home: 3, temp: 4, billing: 5 }

export type Whose = 'person' | 'workplace'

export function chosenAddress(
  resource: JsonObject,
  day: string | undefined,
  whose: Whose,
): JsonObject | undefined {
  return best(
    objectsAt(resource, 'address').filter((one) => isInUse(one, day)),
    (address) =>
      rankIn(whose === 'person' ? homeRanks : workRanks, address) +
      (address['type'] === 'postal' ? 0.5 : 0),
  )
}

const personPhoneRanks: Ranks = { home: 0, mobile: 1, none: 2, other: 3, work: 4, temp: 5 }
const workPhoneRanks: Ranks = { work: 0, none: 1, mobile: 2, other: 3, home: 4, temp: 5 }

/** By `rank` where the chart gives one, else by use. A number for text messages or a pager is no phone. */
export function chosenTelecom(
  resource: JsonObject,
  system: 'phone' | 'fax',
  day: string | undefined,
  whose: Whose,
): string | undefined {
  const found = best(
    objectsAt(resource, 'telecom').filter(
      (one) =>
        textAt(one, 'system')?.toLowerCase() === system &&
        textAt(one, 'value') !== undefined &&
        isInUse(one, day),
    ),
    (one) =>
      (numberAt(one, 'rank') ?? 9) * 10 +
      rankIn(whose === 'person' ? personPhoneRanks : workPhoneRanks, one),
  )
  return found === undefined ? undefined : textAt(found, 'value')
}

const identifierRanks: Ranks = { official: 0, usual: 1, none: 2, other: 3, secondary: 4, temp: 5 }

/** The value of the identifier of a system that is in use; undefined when none is. */
export function chosenIdentifier(
  resource: JsonObject,
  day: string | undefined,
  isAsked: (identifier: JsonObject) => boolean,
  penalty: (value: string) => number = () => 0,
): string | undefined {
  const found = best(
    objectsAt(resource, 'identifier').filter(
      (one) => textAt(one, 'value') !== undefined && isAsked(one) && isInUse(one, day),
    ),
    (one) => rankIn(identifierRanks, one) + penalty(textAt(one, 'value') ?? ''),
  )
  return found === undefined ? undefined : textAt(found, 'value')
}

export function hasSystem(identifier: JsonObject, system: string): boolean {
  const found = textAt(identifier, 'system')
  return found !== undefined && canonicalSystem(found) === system
}

/** National provider identifier: one with a right check digit before one without. */
export function npiOf(resource: JsonObject, day: string | undefined): string | undefined {
  return chosenIdentifier(resource, day, isNpi, (value) => (isValidNpi(value) ? 0 : last))
}

export function isNpi(identifier: JsonObject): boolean {
  return (
    hasSystem(identifier, codeSystem.npi) ||
    (textAt(identifier, 'system') === undefined &&
      textsAt(identifier, 'type.coding.code').includes('NPI'))
  )
}

/** Luhn over 80840 and the ten digits. @see 45 CFR 162.406 */
export function isValidNpi(value: string): boolean {
  if (!/^[12]\d{9}$/.test(value)) return false
  const digits = [...`80840${value}`].map(Number).toReversed()
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit : digit * 2
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

/** The lowest score; of equals the one whose period began last, then the first. */
function best(
  candidates: readonly JsonObject[],
  score: (candidate: JsonObject) => number,
): JsonObject | undefined {
  const begun = (one: JsonObject) => dateAt(one, 'period.start') ?? ''
  return [...candidates].sort((a, b) => score(a) - score(b) || begun(b).localeCompare(begun(a)))[0]
}

function rankIn(ranks: Ranks, value: JsonObject): number {
  const use = textAt(value, 'use')?.toLowerCase()
  return ranks[use ?? 'none'] ?? ranks['other'] ?? last
}

/** Neither marked as old nor out of its period on the day. */
export function isInUse(value: JsonObject, day: string | undefined): boolean {
  if (outOfUse.has(textAt(value, 'use')?.toLowerCase() ?? '')) return false
  return isInPeriod(dateAt(value, 'period.start'), dateAt(value, 'period.end'), day)
}

/** Dates may be as short as a year: a period that ended in 2015 ended on its last day. */
export function isInPeriod(
  start: string | undefined,
  end: string | undefined,
  day: string | undefined,
): boolean {
  if (day === undefined) return true
  const startsLater = start !== undefined && start.slice(0, 10) > day.slice(0, start.length)
  const hasEnded = end !== undefined && end.slice(0, 10) < day.slice(0, end.length)
  return !startsLater && !hasEnded
}
