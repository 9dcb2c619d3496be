import type { Combination, Mode } from '../modes/mode.ts'
import { dateFilter } from './fhir-date.ts'
import type { Charts, Stored } from './resource-store.ts'
import { resultParameters, searchParameters } from './search-parameters.ts'

/** Why a search is refused, in the mode's wording. */
export class SearchRefused extends Error {
  override readonly name = 'SearchRefused'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export interface SearchResult {
  /** In a stable order. */
  readonly matches: readonly Stored[]
  /** Parameters that the server does not know and left out. */
  readonly ignored: readonly string[]
}

/** Required parameters of a search without a patient if the mode's own combinations are not enforced. */
const looseCombinations: Readonly<Record<string, readonly Combination[]>> = {
  Patient: ['_id', 'identifier', 'name', 'family+birthdate', 'family+gender', 'family+given'],
  Practitioner: ['_id', 'identifier', 'name'],
  PractitionerRole: ['_id', 'identifier', 'practitioner'],
  Organization: ['_id', 'identifier', 'name'],
  Location: ['_id', 'identifier', 'name'],
  Medication: ['_id'],
  Binary: ['_id'],
  DocumentReference: ['patient', '_id', 'identifier'],
}
const looseClinical: readonly Combination[] = ['patient', '_id']

/** @throws {SearchRefused} for a combination or a parameter that the mode does not accept */
export function search(
  charts: Charts,
  mode: Mode,
  resourceType: string,
  query: URLSearchParams,
  isStrictHandling: boolean,
): SearchResult {
  const asked = [...query].filter(([name]) => !isControl(mode, name))
  const known = asked.filter(([name]) => isKnown(mode, resourceType, name))
  const ignored = [...new Set(asked.map(([name]) => name))].filter(
    (name) => !isKnown(mode, resourceType, name),
  )
  const refusesUnknown =
    mode.search.unknownParameters === 'refused' ||
    (isStrictHandling && mode.search.honoursStrictHandling)
  const names = new Set(known.map(([name]) => name))
  checkCombination(mode, resourceType, names)
  if (ignored.length > 0 && refusesUnknown) throw unknownParameter(mode, resourceType, ignored)

  const patientId = bareId(query.get('patient') ?? query.get('subject'))
  const id = query.get('_id')
  let matches =
    patientId !== undefined
      ? charts.ofPatient(resourceType, patientId)
      : id === null
        ? charts.ofType(resourceType)
        : id.split(',').flatMap((one) => charts.find(resourceType, one) ?? [])
  for (const [name, value] of known) {
    const fits = filterOf(resourceType, name, value)
    if (fits === undefined)
      throw new SearchRefused(400, `Unknown or unusable search parameter '${name}'`)
    matches = matches.filter(fits)
  }
  return { matches: sorted(matches, resourceType, query.get('_sort')), ignored }
}

/** The combinations that this mode accepts for a type, for its refusals and for `/metadata`. */
export function acceptedCombinations(mode: Mode, resourceType: string): readonly Combination[] {
  if (!mode.switches.strictSearch) return looseCombinations[resourceType] ?? looseClinical
  return mode.search.combinations[resourceType] ?? mode.search.otherTypes
}

export function isKnown(mode: Mode, resourceType: string, name: string): boolean {
  if (mode.search.unsupported[resourceType]?.includes(name) === true) return false
  if (name === '_id' || name === '_lastUpdated') return true
  return searchParameters[resourceType]?.[name] !== undefined
}

function isControl(mode: Mode, name: string): boolean {
  return (
    resultParameters.has(name) ||
    name === mode.paging.next.parameter ||
    name === mode.practiceParameter
  )
}

function checkCombination(mode: Mode, resourceType: string, names: ReadonlySet<string>): void {
  const accepted = acceptedCombinations(mode, resourceType)
  const fits = mode.switches.strictSearch ? fitsExactly : fitsAtLeast
  if (accepted.some((combination) => fits(combination, names))) return
  const listed = accepted.map((combination) => combination.replaceAll('+', ' and ')).join('; ')
  throw new SearchRefused(
    mode.search.combinationRefusedStatus,
    `One of the following parameter combinations is required for ${resourceType}: ${listed}`,
  )
}

function fitsExactly(combination: Combination, names: ReadonlySet<string>): boolean {
  const parts = combination.split('+')
  const required = parts.filter((part) => part !== '*' && !part.endsWith('?'))
  if (!required.every((name) => names.has(name))) return false
  const allowed = new Set(parts.map((part) => part.replace('?', '')))
  return allowed.has('*') || [...names].every((name) => allowed.has(name))
}

function fitsAtLeast(combination: Combination, names: ReadonlySet<string>): boolean {
  return combination
    .split('+')
    .every((name) => names.has(name) || (name === 'patient' && names.has('subject')))
}

function unknownParameter(
  mode: Mode,
  resourceType: string,
  unknown: readonly string[],
): SearchRefused {
  const valid = Object.keys(searchParameters[resourceType] ?? {})
    .filter((name) => isKnown(mode, resourceType, name))
    .concat('_id', '_lastUpdated')
  return new SearchRefused(
    400,
    `Unknown or unusable search parameter '${unknown.join("', '")}' for ${resourceType}. Valid search parameters are: ${valid.join(', ')}`,
  )
}

function filterOf(
  resourceType: string,
  name: string,
  value: string,
): ((stored: Stored) => boolean) | undefined {
  const wanted = value.split(',')
  if (name === '_id') return (stored) => wanted.includes(stored.id)
  if (name === '_lastUpdated') {
    const fits = dateFilter(value)
    return fits && ((stored) => fits({ from: stored.lastUpdated, to: stored.lastUpdated + 1 }))
  }
  if (name === 'patient' || name === 'subject') {
    const ids = wanted.map(bareId)
    return (stored) => ids.includes(stored.patientId)
  }
  switch (searchParameters[resourceType]?.[name]?.kind) {
    case 'date': {
      const fits = dateFilter(value)
      return fits && ((stored) => stored.spans[name]?.some(fits) === true)
    }
    case 'reference': {
      const ids = wanted.map((one) => bareId(one) ?? '')
      return (stored) => ids.some((id) => stored.values[name]?.includes(id) === true)
    }
    case 'string': {
      const starts = wanted.map((one) => one.toLowerCase())
      return (stored) =>
        starts.some((start) => stored.values[name]?.some((text) => text.startsWith(start)) === true)
    }
    case 'token':
      return (stored) => wanted.some((one) => hasToken(stored.values[name] ?? [], one))
    default:
      return undefined
  }
}

/** `system|` alone matches any code of the system. */
function hasToken(values: readonly string[], wanted: string): boolean {
  if (wanted.endsWith('|')) return values.some((value) => value.startsWith(wanted))
  return values.includes(wanted)
}

/** Sorts by one date parameter or `_lastUpdated`; undated entries come last. Other sort parameters are ignored. */
function sorted(
  matches: readonly Stored[],
  resourceType: string,
  order: string | null,
): readonly Stored[] {
  if (order === null) return matches
  const name = order.replace(/^-/, '')
  const isDate = searchParameters[resourceType]?.[name]?.kind === 'date'
  if (!isDate && name !== '_lastUpdated') return matches
  const sign = order.startsWith('-') ? -1 : 1
  const keyOf = (stored: Stored) =>
    name === '_lastUpdated' ? stored.lastUpdated : stored.spans[name]?.[0]?.from
  return matches.toSorted((a, b) => {
    const [first, second] = [keyOf(a), keyOf(b)]
    if (first === second) return 0
    if (first === undefined) return 1
    if (second === undefined) return -1
    return first < second ? -sign : sign
  })
}

/** `Patient/123` and `123` are the same. */
function bareId(value: string | null): string | undefined {
  return value === null ? undefined : value.slice(value.lastIndexOf('/') + 1)
}
