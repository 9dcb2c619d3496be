import { dateFilter } from './fhir-date.ts'
import { stringsAt } from './resource.ts'
import type { ResourceStore, Stored } from './resource-store.ts'

/** Why a search is refused, as athenahealth says it. */
export class SearchRefused extends Error {
  override readonly name = 'SearchRefused'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** What a search without a patient needs instead; anything else is system-wide and refused. */
const combinations: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Patient: [
    ['_id'],
    ['identifier'],
    ['name'],
    ['family', 'birthdate'],
    ['family', 'gender'],
    ['family', 'given'],
  ],
  Practitioner: [['_id'], ['identifier'], ['name']],
  Organization: [['_id'], ['identifier'], ['name']],
  Medication: [['_id']],
  Binary: [['_id']],
  DocumentReference: [['patient'], ['_id'], ['identifier']],
}
const clinicalCombinations = [['patient'], ['_id']] as const

const tokenParameters = ['code', 'category', 'clinical-status', 'intent', 'identifier'] as const
const dateParameters: ReadonlySet<string> = new Set([
  'date',
  'authoredon',
  'recorded-date',
  'onset-date',
])
const ignored: ReadonlySet<string> = new Set([
  'ah-practice',
  '_count',
  '_page',
  '_sort',
  '_format',
  '_include',
])

/** Resources of the practice that match every parameter, in a stable order. */
export function search(
  store: ResourceStore,
  practiceId: string,
  resourceType: string,
  query: URLSearchParams,
): readonly Stored[] {
  const patientId = bareId(query.get('patient') ?? query.get('subject'))
  checkCombination(resourceType, query)
  let found =
    patientId !== undefined
      ? store.ofPatient(practiceId, resourceType, patientId)
      : idsOf(query).length > 0
        ? idsOf(query).flatMap((id) => store.find(practiceId, resourceType, id) ?? [])
        : store.ofType(practiceId, resourceType)
  for (const [name, value] of query) {
    if (ignored.has(name)) continue
    const matches = matcherOf(store, name, value)
    if (matches === undefined)
      throw new SearchRefused(400, `Unknown or unusable search parameter '${name}'`)
    found = found.filter(matches)
  }
  return found
}

function idsOf(query: URLSearchParams): readonly string[] {
  return query.get('_id')?.split(',') ?? []
}

function checkCombination(resourceType: string, query: URLSearchParams): void {
  const has = (name: string) => query.has(name) || (name === 'patient' && query.has('subject'))
  const accepted = combinations[resourceType] ?? clinicalCombinations
  if (accepted.some((names) => names.every(has))) return
  const listed = accepted.map((names) => names.join(' and ')).join('; ')
  throw new SearchRefused(
    403,
    `One of the following parameter combinations is required for ${resourceType}: ${listed}`,
  )
}

function matcherOf(
  store: ResourceStore,
  name: string,
  value: string,
): ((stored: Stored) => boolean) | undefined {
  const wanted = value.split(',')
  if (name === 'patient' || name === 'subject') {
    const patientId = bareId(value)
    return (stored) => stored.patientId === patientId
  }
  if (name === '_id') return (stored) => wanted.includes(stored.id)
  if (name === 'encounter')
    return (stored) => wanted.some((id) => stored.encounterIds.includes(bareId(id) ?? ''))
  if (name === 'status')
    return (stored) => stored.status !== undefined && wanted.includes(stored.status)
  const token = tokenParameters.find((one) => one === name)
  if (token !== undefined) {
    return (stored) => wanted.some((one) => stored.tokens[token]?.includes(one) === true)
  }
  if (dateParameters.has(name)) {
    const matches = dateFilter(value)
    return matches && ((stored) => stored.span !== undefined && matches(stored.span))
  }
  if (name === '_lastUpdated') {
    const matches = dateFilter(value)
    return (
      matches && ((stored) => matches({ from: stored.lastUpdated, to: stored.lastUpdated + 1 }))
    )
  }
  const path = {
    name: 'name',
    family: 'name.family',
    given: 'name.given',
    birthdate: 'birthDate',
    gender: 'gender',
  }[name]
  if (path === undefined) return undefined
  return (stored) => {
    const paths = path === 'name' ? ['name.family', 'name.given', 'name.text', 'name'] : [path]
    const texts = paths.flatMap((one) => stringsAt(store.read(stored), one))
    return texts.some((text) => text.toLowerCase().startsWith(value.toLowerCase()))
  }
}

/** `Patient/123` and `123` name the same. */
function bareId(value: string | null): string | undefined {
  return value === null ? undefined : value.slice(value.lastIndexOf('/') + 1)
}
