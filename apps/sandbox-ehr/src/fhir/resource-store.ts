import { type Span, spanOf } from './fhir-date.ts'
import {
  isObject,
  type Json,
  type JsonObject,
  type Resource,
  referencedId,
  stringsAt,
  valuesAt,
} from './resource.ts'
import { type SearchParameter, searchParameters } from './search-parameters.ts'

/** A stored resource: its serialized JSON, and the values that searches use. */
export interface Stored {
  readonly practiceId: string
  readonly resourceType: string
  readonly id: string
  readonly versionId: number
  readonly text: string
  readonly patientId: string | undefined
  readonly status: string | undefined
  /** The values for each search parameter of the type; dates are in `spans`. */
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly spans: Readonly<Record<string, readonly Span[]>>
  readonly lastUpdated: number
}

export class ResourceStore {
  readonly #byKey = new Map<string, Stored>()
  readonly #byPatient = new Map<string, Stored[]>()
  readonly #byType = new Map<string, Map<string, Stored>>()

  get size(): number {
    return this.#byKey.size
  }

  find(practiceId: string, resourceType: string, id: string): Stored | undefined {
    return this.#byKey.get(`${practiceId} ${resourceType}/${id}`)
  }

  /** Resources of a type about a patient, in the order in which they were stored. */
  ofPatient(practiceId: string, resourceType: string, patientId: string): readonly Stored[] {
    return this.#byPatient.get(`${practiceId} ${resourceType} ${patientId}`) ?? []
  }

  ofType(practiceId: string, resourceType: string): readonly Stored[] {
    return [...(this.#byType.get(`${practiceId} ${resourceType}`)?.values() ?? [])]
  }

  *all(resourceType: string): IterableIterator<Stored> {
    for (const stored of this.#byKey.values())
      if (stored.resourceType === resourceType) yield stored
  }

  read(stored: Stored): Resource {
    return JSON.parse(stored.text) as Resource
  }

  /** Adds a resource or replaces it by its next version. */
  put(practiceId: string, resource: Resource, now: number): Stored {
    const key = `${practiceId} ${resource.resourceType}/${resource.id}`
    const earlier = this.#byKey.get(key)
    const versionId = (earlier?.versionId ?? 0) + 1
    const meta = isObject(resource['meta']) ? resource['meta'] : {}
    const stamped: JsonObject = {
      ...resource,
      meta: { ...meta, versionId: String(versionId), lastUpdated: new Date(now).toISOString() },
    }
    const stored = toStored(practiceId, stamped as Resource, versionId, now)
    this.#byKey.set(key, stored)
    const ofType = entry(
      this.#byType,
      `${practiceId} ${resource.resourceType}`,
      () => new Map<string, Stored>(),
    )
    ofType.set(resource.id, stored)
    if (earlier?.patientId !== undefined) this.#replace(earlier, stored)
    else if (stored.patientId !== undefined) this.#listOf(stored).push(stored)
    return stored
  }

  #listOf(stored: Stored): Stored[] {
    const key = `${stored.practiceId} ${stored.resourceType} ${stored.patientId}`
    return entry(this.#byPatient, key, () => [])
  }

  #replace(earlier: Stored, stored: Stored): void {
    const list = this.#listOf(earlier)
    const index = list.indexOf(earlier)
    if (stored.patientId === earlier.patientId) list[index] = stored
    else {
      list.splice(index, 1)
      if (stored.patientId !== undefined) this.#listOf(stored).push(stored)
    }
  }
}

/** The charts that one client may see: those of its practices combined. */
export class Charts {
  readonly #store: ResourceStore
  readonly #practiceIds: readonly string[]

  constructor(store: ResourceStore, practiceIds: readonly string[]) {
    this.#store = store
    this.#practiceIds = practiceIds
  }

  find(resourceType: string, id: string): Stored | undefined {
    for (const practiceId of this.#practiceIds) {
      const found = this.#store.find(practiceId, resourceType, id)
      if (found !== undefined) return found
    }
    return undefined
  }

  ofPatient(resourceType: string, patientId: string): readonly Stored[] {
    return this.#practiceIds.flatMap((practiceId) =>
      this.#store.ofPatient(practiceId, resourceType, patientId),
    )
  }

  ofType(resourceType: string): readonly Stored[] {
    return this.#practiceIds.flatMap((practiceId) => this.#store.ofType(practiceId, resourceType))
  }
}

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function toStored(practiceId: string, resource: Resource, versionId: number, now: number): Stored {
  const { resourceType, id } = resource
  const values: Record<string, readonly string[]> = {}
  const spans: Record<string, readonly Span[]> = {}
  for (const [name, parameter] of Object.entries(searchParameters[resourceType] ?? {})) {
    const found = parameter.paths.flatMap((path) => valuesAt(resource, path))
    if (parameter.kind === 'date') spans[name] = found.flatMap(spansOf)
    else values[name] = found.flatMap((value) => textsOf(parameter.kind, value))
  }
  return {
    practiceId,
    resourceType,
    id,
    versionId,
    text: JSON.stringify(resource),
    patientId: patientIdOf(resource),
    status: stringsAt(resource, 'status')[0],
    values,
    spans,
    lastUpdated: now,
  }
}

/** A date or a period; a period without an end is open. */
function spansOf(value: Json): readonly Span[] {
  if (typeof value === 'string') {
    const span = spanOf(value)
    return span === undefined ? [] : [span]
  }
  const [start] = stringsAt(value, 'start').flatMap((text) => spanOf(text) ?? [])
  const [end] = stringsAt(value, 'end').flatMap((text) => spanOf(text) ?? [])
  if (start === undefined && end === undefined) return []
  return [{ from: start?.from ?? -Infinity, to: end?.to ?? Infinity }]
}

function textsOf(kind: SearchParameter['kind'], value: Json): readonly string[] {
  if (kind === 'reference')
    return stringsAt(value, 'reference').map((text) => text.slice(text.lastIndexOf('/') + 1))
  if (kind === 'string') return typeof value === 'string' ? [value.toLowerCase()] : []
  if (typeof value === 'string') return [value]
  const codings =
    isObject(value) && Array.isArray(value['coding']) ? valuesAt(value, 'coding') : [value]
  return codings.flatMap((coding) => {
    const [code] = [...stringsAt(coding, 'code'), ...stringsAt(coding, 'value')]
    const [system = ''] = stringsAt(coding, 'system')
    return code === undefined ? [] : [code, `${system}|${code}`]
  })
}

export function patientIdOf(resource: Resource): string | undefined {
  if (resource.resourceType === 'Patient') return resource.id
  for (const path of ['subject.reference', 'patient.reference', 'beneficiary.reference']) {
    for (const reference of stringsAt(resource, path)) {
      const id = referencedId(reference, 'Patient')
      if (id !== undefined) return id
    }
  }
  return undefined
}
