import {
  type ClinicalBundle,
  type EncounterRef,
  type ReadOutcome,
  type ResourceCompleteness,
} from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import { GatewayError } from '../errors.ts'
import type { EhrSettings, ReadChartOptions } from './ehr.ts'
import {
  EhrForbiddenError,
  EhrMalformedError,
  EhrQuotaExhaustedError,
  EhrWrongPatientError,
} from './fhir-errors.ts'
import type { FhirClient } from './fhir-client.ts'
import type { JsonObject } from './limits.ts'
import { readDocuments } from './notes.ts'
import { isAboutPatient, screen, type Screened } from './screening.ts'
import {
  isOfEncounter,
  toCondition,
  toCoverage,
  toEncounter,
  toMedication,
  toObservation,
  toOrder,
  toOrganization,
  toPatient,
  toPractitioner,
  toProcedure,
} from './to-clinical-bundle/entries.ts'
import { referencedId, referencesAt, textAt } from './to-clinical-bundle/fields.ts'

/** What the finished reads of a run produced: a retry reads only the rest. */
export class ChartMemo {
  readonly #read = new Map<string, unknown>()

  async once<Result>(key: string, read: () => Promise<Result>): Promise<Result> {
    if (this.#read.has(key)) return this.#read.get(key) as Result
    const result = await read()
    this.#read.set(key, result)
    return result
  }
}

/** Resources of one kind, and how well they could be read. */
interface Kind {
  readonly resources: readonly JsonObject[]
  /** Other types that the EHR mixed in on purpose, e.g. the Medication of a MedicationRequest. */
  readonly others: readonly JsonObject[]
  readonly completeness: ResourceCompleteness
}

interface Search {
  readonly query?: Readonly<Record<string, string>>
  readonly since?: string
  /** Without it there is nothing to judge: its failure is the visit's. */
  readonly isEssential?: boolean
}

/**
 * One visit's chart, read in parallel. Encounter, Patient and ServiceRequest must be there. Any other kind that fails for now fails
 * the attempt, so that it is tried again; on the last attempt, and when it is refused for good, it is recorded as not read.
 */
export class ChartReading {
  readonly #client: FhirClient
  readonly #settings: EhrSettings
  readonly #clock: Clock
  readonly #ref: EncounterRef
  readonly #options: ReadChartOptions
  readonly #signal: AbortSignal

  constructor(
    client: FhirClient,
    settings: EhrSettings,
    clock: Clock,
    ref: EncounterRef,
    options: ReadChartOptions,
    signal: AbortSignal,
  ) {
    this.#client = client
    this.#settings = settings
    this.#clock = clock
    this.#ref = ref
    this.#options = options
    this.#signal = signal
  }

  async read(): Promise<ClinicalBundle> {
    const { lookback } = this.#settings
    const encounterResource = await this.#readEssential('Encounter', this.#ref.encounterId)
    const encounter = toEncounter(encounterResource)
    const since = (months: number) =>
      monthsBefore(encounter.periodStart ?? this.#clock.now().toISOString(), months)

    const [
      patient,
      orders,
      conditions,
      observations,
      procedures,
      medications,
      documents,
      coverages,
    ] = await Promise.all([
      this.#readEssential('Patient', this.#ref.patientId),
      this.#search('ServiceRequest', { isEssential: true }),
      this.#search('Condition'),
      this.#search('Observation', windowed('date', since(lookback.observationMonths))),
      this.#search('Procedure', windowed('date', since(lookback.procedureMonths))),
      this.#search('MedicationRequest', windowed('authoredon', since(lookback.medicationMonths))),
      this.#search('DocumentReference', windowed('date', since(lookback.documentMonths))),
      this.#search('Coverage'),
    ])
    const patientEntry = toPatient(patient)
    const visitOrders = orders.resources
      .map(toOrder)
      .filter((order) => isOfEncounter(order, encounter))

    const [practitioners, organizations, medicines, notes] = await Promise.all([
      this.#readEach('Practitioner', [
        ...encounter.practitionerIds,
        ...(patientEntry.generalPractitionerIds ?? []),
        ...visitOrders.flatMap((order) => [
          ...(order.requesterId === undefined ? [] : [order.requesterId]),
          ...order.performerIds,
        ]),
      ]),
      this.#readEach('Organization', [
        ...(encounter.organizationId === undefined ? [] : [encounter.organizationId]),
        ...visitOrders.flatMap((order) => order.performerOrganizationIds ?? []),
        ...coverages.resources.flatMap((coverage) =>
          referencesAt(coverage, 'payor', 'Organization'),
        ),
      ]),
      this.#medicines(medications),
      readDocuments(documents.resources, {
        limits: this.#settings.limits,
        readBinary: (id) => this.#readBinary(id),
      }),
    ])
    const organizationById = byId(organizations.resources)

    return {
      practiceId: this.#ref.practiceId,
      patient: patientEntry,
      encounter,
      orders: visitOrders,
      conditions: conditions.resources.map(toCondition),
      observations: observations.resources.map(toObservation),
      procedures: procedures.resources.map(toProcedure),
      medications: medications.resources.map((resource) =>
        toMedication(resource, medicineOf(resource, medicines)),
      ),
      documents: notes.documents,
      coverages: coverages.resources.map((resource) => toCoverage(resource, organizationById)),
      practitioners: practitioners.resources.map(toPractitioner),
      organizations: organizations.resources.map(toOrganization),
      completeness: [
        complete('Encounter', 1),
        complete('Patient', 1),
        ...[orders, conditions, observations, procedures, medications].map(
          (kind) => kind.completeness,
        ),
        notes.isCutOff
          ? lessened(documents.completeness, 'partial', notes.reason)
          : documents.completeness,
        ...[coverages, practitioners, organizations].map((kind) => kind.completeness),
      ],
    }
  }

  async #readEssential(resourceType: 'Encounter' | 'Patient', id: string): Promise<JsonObject> {
    return this.#options.memo.once(`${resourceType}/${id}`, async () => {
      const resource = await this.#client.read(id, this.#request(resourceType))
      if (resource['resourceType'] !== resourceType || resource['id'] !== id) {
        throw new EhrMalformedError(
          `reading ${resourceType} of encounter ${this.#ref.encounterId}: the EHR answered something else`,
        )
      }
      if (!isAboutPatient(resource, this.#ref.patientId)) {
        throw new EhrWrongPatientError(
          `encounter ${this.#ref.encounterId} belongs to another patient than ${this.#ref.patientId}; check the registration`,
        )
      }
      return resource
    })
  }

  async #search(
    resourceType: string,
    { query = {}, since, isEssential = false }: Search = {},
  ): Promise<Kind> {
    return this.#orUnread(resourceType, { since, isEssential }, () =>
      this.#options.memo.once(`search ${resourceType}`, async () => {
        const found = await this.#client.search(
          { patient: this.#ref.patientId, ...query },
          this.#request(resourceType),
        )
        const screened = screen(found.resources, resourceType, this.#ref.patientId)
        return {
          resources: screened.kept,
          others: screened.others,
          completeness: completenessOf(resourceType, screened, found.cutOff, since),
        }
      }),
    )
  }

  /** Single resources by id, each once; one that is refused for good leaves the kind partial. */
  async #readEach(resourceType: string, ids: readonly string[]): Promise<Kind> {
    const kinds = await Promise.all(
      [...new Set(ids)].map((id) =>
        this.#orUnread(resourceType, { since: undefined, isEssential: false }, () =>
          this.#options.memo.once(`${resourceType}/${id}`, async () => {
            const resource = await this.#client.read(id, this.#request(resourceType))
            const isIt = resource['resourceType'] === resourceType
            return {
              resources: isIt ? [resource] : [],
              others: [],
              completeness: complete(resourceType, isIt ? 1 : 0),
            }
          }),
        ),
      ),
    )
    const resources = kinds.flatMap((kind) => kind.resources)
    const unread = kinds.find((kind) => kind.completeness.outcome !== 'complete')
    return {
      resources,
      others: [],
      completeness:
        unread === undefined
          ? complete(resourceType, resources.length)
          : {
              ...lessened(unread.completeness, 'partial', unread.completeness.reason),
              count: resources.length,
            },
    }
  }

  /** The Medication resources that requests refer to: mixed in, contained, or read one by one. */
  async #medicines(requests: Kind): Promise<ReadonlyMap<string, JsonObject>> {
    const known = byId(
      requests.others.filter((resource) => resource['resourceType'] === 'Medication'),
    )
    const wanted = requests.resources.flatMap((request) =>
      referencesAt(request, 'medicationReference', 'Medication'),
    )
    const missing = await this.#readEach(
      'Medication',
      wanted.filter((id) => !known.has(id)),
    )
    return new Map([...known, ...byId(missing.resources)])
  }

  async #readBinary(
    id: string,
  ): Promise<
    { readonly contentType: string; readonly data: Buffer } | { readonly reason: string }
  > {
    try {
      return await this.#options.memo.once(`Binary/${id}`, () =>
        this.#client.readBinary(id, this.#request('Binary')),
      )
    } catch (error) {
      return { reason: `not read: ${this.#unreadOrThrow(error).code}` }
    }
  }

  async #orUnread(
    resourceType: string,
    { since, isEssential }: { readonly since: string | undefined; readonly isEssential: boolean },
    read: () => Promise<Kind>,
  ): Promise<Kind> {
    try {
      return await read()
    } catch (error) {
      if (isEssential) throw error
      const { code } = this.#unreadOrThrow(error)
      const outcome: ReadOutcome = error instanceof EhrForbiddenError ? 'forbidden' : 'failed'
      return {
        resources: [],
        others: [],
        completeness: {
          ...complete(resourceType, 0),
          outcome,
          reason: code,
          ...(since === undefined ? {} : { since }),
        },
      }
    }
  }

  /** Whether a failure may be recorded as "not read": what may pass by itself is first tried again. */
  #unreadOrThrow(error: unknown): GatewayError {
    if (
      !(error instanceof GatewayError) ||
      error instanceof EhrQuotaExhaustedError ||
      this.#signal.aborted
    )
      throw error
    if (error.kind === 'transient' && !this.#options.lastAttempt) throw error
    return error
  }

  #request(resourceType: string) {
    return {
      practiceId: this.#ref.practiceId,
      resourceType,
      lane: 'chart' as const,
      signal: this.#signal,
    }
  }
}

function windowed(parameter: string, since: string): Search {
  return { query: { [parameter]: `ge${since}` }, since }
}

/** `YYYY-MM-DD`, that many months before. */
export function monthsBefore(date: string, months: number): string {
  const time = new Date(date.length >= 10 ? date.slice(0, 10) : `${date}-01-01`.slice(0, 10))
  const day = time.getUTCDate()
  time.setUTCDate(1)
  time.setUTCMonth(time.getUTCMonth() - months)
  const lastDay = new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 0)).getUTCDate()
  time.setUTCDate(Math.min(day, lastDay))
  return time.toISOString().slice(0, 10)
}

function complete(resourceType: string, count: number): ResourceCompleteness {
  return { resourceType, outcome: 'complete', count, strangers: 0, malformed: 0 }
}

function lessened(
  completeness: ResourceCompleteness,
  outcome: ReadOutcome,
  reason: string | undefined,
): ResourceCompleteness {
  if (completeness.outcome !== 'complete') return completeness
  return { ...completeness, outcome, ...(reason === undefined ? {} : { reason }) }
}

function completenessOf(
  resourceType: string,
  screened: Screened,
  cutOff: string | undefined,
  since: string | undefined,
): ResourceCompleteness {
  const reasons = [
    cutOff,
    screened.warning,
    screened.malformed > 0 ? `${screened.malformed} could not be understood` : undefined,
  ].filter((reason) => reason !== undefined)
  return {
    resourceType,
    outcome: reasons.length === 0 ? 'complete' : 'partial',
    count: screened.kept.length,
    strangers: screened.strangers,
    malformed: screened.malformed,
    ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
    ...(since === undefined ? {} : { since }),
  }
}

function byId(resources: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  return new Map(resources.map((resource) => [String(resource['id']), resource]))
}

function medicineOf(
  request: JsonObject,
  medicines: ReadonlyMap<string, JsonObject>,
): JsonObject | undefined {
  const reference = textAt(request, 'medicationReference.reference')
  if (reference?.startsWith('#') === true) {
    const contained = Array.isArray(request['contained'])
      ? (request['contained'] as readonly JsonObject[])
      : []
    return contained.find((resource) => textAt(resource, 'id') === reference.slice(1))
  }
  const id = referencedId(reference, 'Medication')
  return id === undefined ? undefined : medicines.get(id)
}
