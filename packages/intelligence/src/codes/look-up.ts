import type { CodeEntry, CodeSystemName, Side } from './code-entry.ts'
import { codeTables } from './tables.ts'

const entries = new Map<string, CodeEntry[]>()
for (const entry of codeTables) {
  const key = keyOf(entry.system, entry.code)
  const known = entries.get(key)
  if (known === undefined) entries.set(key, [entry])
  else known.push(entry)
}

/** The keys in table order, by system and first letter: a policy check looks for hundreds of prefixes. */
const keysByLetter = Map.groupBy(entries.keys(), toFirstLetter)

/** The entry of a code on the given day, or its newest entry if no day is given or none covers it. */
export function lookUpCode(
  system: CodeSystemName,
  code: string,
  serviceDay?: string,
): CodeEntry | undefined {
  const known = entries.get(keyOf(system, code)) ?? []
  return (
    known.find((entry) => serviceDay !== undefined && isValidOn(entry, serviceDay)) ?? known.at(-1)
  )
}

export type Billability = 'billable' | 'not_billable' | 'not_valid_on_that_day' | 'unknown'

/** Whether a claim for that day (`YYYY-MM-DD`) may carry the code. `unknown`: the tables do not contain it. */
export function isBillable(system: CodeSystemName, code: string, serviceDay: string): Billability {
  const known = entries.get(keyOf(system, code))
  if (known === undefined) return 'unknown'
  const entry = known.find((one) => isValidOn(one, serviceDay))
  if (entry === undefined) return 'not_valid_on_that_day'
  return entry.billable ? 'billable' : 'not_billable'
}

/**
 * The billable ICD-10-CM codes of the tables that begin with a category or subcategory (`M54.1`), in table
 * order. Codes outside the tables are missing: a header with `hasUnlistedChildren` has more.
 */
export function codesUnder(icdPrefix: string, serviceDay: string): readonly string[] {
  const prefix = keyOf('icd10cm', icdPrefix)
  return (keysByLetter.get(toFirstLetter(prefix)) ?? [])
    .filter((key) => key.startsWith(prefix))
    .flatMap((key) => entries.get(key) ?? [])
    .filter((entry) => entry.billable && isValidOn(entry, serviceDay))
    .map((entry) => entry.code)
}

/** The side of the body of an ICD-10-CM code; undefined if it has none or is unknown. */
export function sideOf(code: string): Side | undefined {
  return lookUpCode('icd10cm', code)?.side
}

function isValidOn(entry: CodeEntry, day: string): boolean {
  return entry.validFrom <= day && (entry.validTo === undefined || day <= entry.validTo)
}

function keyOf(system: CodeSystemName, code: string): string {
  return `${system}|${code.trim().toUpperCase().replaceAll('.', '')}`
}

function toFirstLetter(key: string): string {
  return key.slice(0, key.indexOf('|') + 2)
}
