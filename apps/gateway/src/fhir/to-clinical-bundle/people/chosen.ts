import { canonicalSystem, codeSystem } from '@authscript/prior-auth'
import type { JsonObject } from '../../client/parse-resource.ts'
import { dateAt, numberAt, objectsAt, textAt, textsAt } from '../fields.ts'

/**
 * Chooses among several names, addresses, phones and identifiers the one in use on a day (`YYYY-MM-DD`), by `use`, `period` and `rank`.
 * Entries that are marked old or outside of their period are never chosen, except for names, because a name is required.
 */

type Ranks = Readonly<Record<string, number>>

const outOfUse: ReadonlySet<string> = new Set(['old', 'maiden'])

/** Ranks after everything that is in use. */
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

export type ContactContext = 'home' | 'work'

export function chosenAddress(
  resource: JsonObject,
  day: string | undefined,
  context: ContactContext,
): JsonObject | undefined {
  return best(
    objectsAt(resource, 'address').filter((one) => isInUse(one, day)),
    (address) =>
      rankIn(context === 'home' ? homeRanks : workRanks, address) +
      (address['type'] === 'postal' ? 0.5 : 0),
  )
}

const personPhoneRanks: Ranks = { home: 0, mobile: 1, none: 2, other: 3, work: 4, temp: 5 }
const workPhoneRanks: Ranks = { work: 0, none: 1, mobile: 2, other: 3, home: 4, temp: 5 }

/** By `rank` if the chart has one, or else by `use`. Numbers for text messages or pagers do not count as phones. */
export function chosenTelecom(
  resource: JsonObject,
  system: 'phone' | 'fax',
  day: string | undefined,
  context: ContactContext,
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
      rankIn(context === 'home' ? personPhoneRanks : workPhoneRanks, one),
  )
  return found === undefined ? undefined : textAt(found, 'value')
}

const identifierRanks: Ranks = { official: 0, usual: 1, none: 2, other: 3, secondary: 4, temp: 5 }

/** The value of the matching identifier that is in use; undefined if there is none. */
export function chosenIdentifier(
  resource: JsonObject,
  day: string | undefined,
  isWanted: (identifier: JsonObject) => boolean,
  penalty: (value: string) => number = () => 0,
): string | undefined {
  const found = best(
    objectsAt(resource, 'identifier').filter(
      (one) => textAt(one, 'value') !== undefined && isWanted(one) && isInUse(one, day),
    ),
    (one) => rankIn(identifierRanks, one) + penalty(textAt(one, 'value') ?? ''),
  )
  return found === undefined ? undefined : textAt(found, 'value')
}

export function hasSystem(identifier: JsonObject, system: string): boolean {
  const found = textAt(identifier, 'system')
  return found !== undefined && canonicalSystem(found) === system
}

/** The National Provider Identifier; one with a valid check digit is preferred. */
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

/** The candidate with the lowest score; of equal scores, the one whose period began last, then the first. */
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

/** Whether it is not marked old and the day is within its period. */
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
