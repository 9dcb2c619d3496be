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

/** A resource as it is kept: its JSON ready to be sent, and what searches ask for. */
export interface Stored {
  readonly practiceId: string
  readonly resourceType: string
  readonly id: string
  readonly versionId: number
  readonly text: string
  readonly patientId: string | undefined
  readonly encounterIds: readonly string[]
  readonly status: string | undefined
  readonly tokens: Readonly<Record<string, readonly string[]>>
  readonly span: Span | undefined
  readonly lastUpdated: number
}

const dateFields: Readonly<Record<string, readonly string[]>> = {
  Observation: ['effectiveDateTime', 'effectiveInstant', 'effectivePeriod.start'],
  Procedure: ['performedDateTime', 'performedPeriod.start'],
  Encounter: ['period.start'],
  Condition: ['recordedDate', 'onsetDateTime'],
  DocumentReference: ['date'],
  ServiceRequest: ['authoredOn'],
  MedicationRequest: ['authoredOn'],
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

  /** Resources of a type about a patient, in the order they were put. */
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

  /** Adds a resource or replaces it with its next version. */
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

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function toStored(practiceId: string, resource: Resource, versionId: number, now: number): Stored {
  const { resourceType, id } = resource
  const date = (dateFields[resourceType] ?? []).flatMap((path) => stringsAt(resource, path))[0]
  return {
    practiceId,
    resourceType,
    id,
    versionId,
    text: JSON.stringify(resource),
    patientId: patientIdOf(resource),
    encounterIds: [
      ...stringsAt(resource, 'encounter.reference'),
      ...stringsAt(resource, 'context.encounter.reference'),
    ].flatMap((reference) => referencedId(reference, 'Encounter') ?? []),
    status: stringsAt(resource, 'status')[0],
    tokens: {
      code: tokensOf(resource, 'code'),
      category: tokensOf(resource, 'category'),
      'clinical-status': tokensOf(resource, 'clinicalStatus'),
      intent: stringsAt(resource, 'intent'),
      identifier: identifiersOf(resource),
    },
    span: date === undefined ? undefined : spanOf(date),
    lastUpdated: now,
  }
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

/** `code` and `system|code` of every coding under a CodeableConcept. */
function tokensOf(resource: Resource, path: string): readonly string[] {
  return valuesAt(resource, `${path}.coding`).flatMap((coding: Json) => {
    const [code] = stringsAt(coding, 'code')
    const [system] = stringsAt(coding, 'system')
    return code === undefined ? [] : [code, `${system ?? ''}|${code}`]
  })
}

function identifiersOf(resource: Resource): readonly string[] {
  return valuesAt(resource, 'identifier').flatMap((identifier) => {
    const [value] = stringsAt(identifier, 'value')
    const [system] = stringsAt(identifier, 'system')
    return value === undefined ? [] : [value, `${system ?? ''}|${value}`]
  })
}
