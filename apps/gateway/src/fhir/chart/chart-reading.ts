import type { EncounterRef, ReadOutcome, ResourceCompleteness } from '@authscript/prior-auth'
import { asksForLongWait, GatewayError } from '../../errors.ts'
import type { FhirClient } from '../client/fhir-client.ts'
import type { JsonObject } from '../client/limits.ts'
import type { EhrSettings, ReadChartOptions } from '../ehr.ts'
import type { FileBytes } from '../notes/binary-resource.ts'
import {
  EhrForbiddenError,
  EhrMalformedError,
  EhrQuotaExhaustedError,
  EhrWrongPatientError,
} from '../fhir-errors.ts'
import type { SearchedKind } from '../profiles/search-plan.ts'
import { isBefore } from './resource-date.ts'
import { searchKind } from './search-kind.ts'
import { isAboutPatient, screen, type Screened } from './screening.ts'

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
export interface Kind {
  readonly resources: readonly JsonObject[]
  /** Other types that the EHR mixed in on purpose, e.g. the Medication of a MedicationRequest. */
  readonly others: readonly JsonObject[]
  readonly completeness: ResourceCompleteness
}

export interface Search {
  /** The first day of the look-back: what is dated before it is left out. */
  readonly since?: string
  /** Without it there is nothing to judge: its failure is the encounter's. */
  readonly isEssential?: boolean
}

/**
 * Reads resources of one encounter's chart. A kind that cannot be read for now fails the attempt, so that it is retried; on the last
 * attempt, and when it is refused permanently, it is recorded as not read.
 */
export class ChartReading {
  readonly #client: FhirClient
  readonly #settings: EhrSettings
  readonly #ref: EncounterRef
  readonly #options: ReadChartOptions
  readonly #signal: AbortSignal

  constructor(
    client: FhirClient,
    settings: EhrSettings,
    ref: EncounterRef,
    options: ReadChartOptions,
    signal: AbortSignal,
  ) {
    this.#client = client
    this.#settings = settings
    this.#ref = ref
    this.#options = options
    this.#signal = signal
  }

  async readEssential(resourceType: 'Encounter' | 'Patient', id: string): Promise<JsonObject> {
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

  /** All of one kind that the chart has: within the look-back, or without a date. */
  async search(kind: SearchedKind, { since, isEssential = false }: Search = {}): Promise<Kind> {
    const { profile, limits } = this.#settings
    return this.#orUnread(kind, { since, isEssential }, async () => {
      const found = await searchKind(profile, kind, {
        since,
        maxHistoryPages: limits.maxHistoryPages,
        search: (parameters, maxPages) =>
          this.#options.memo.once(`${kind} ${JSON.stringify([parameters, maxPages])}`, () =>
            this.#client.search(
              { patient: this.#ref.patientId, ...parameters },
              {
                ...this.#request(kind),
                keepPartial: this.#options.lastAttempt,
                ...(maxPages === undefined ? {} : { maxPages }),
              },
            ),
          ),
      })
      const screened = screen(found.resources, kind, this.#ref.patientId)
      const inTime = screened.kept.filter(
        (resource) => since === undefined || !isBefore(resource, since),
      )
      return {
        resources: inTime,
        others: screened.others,
        completeness: completenessOf(kind, { ...screened, kept: inTime }, found.cutOff, since),
      }
    })
  }

  /** Single resources by id, each once; one that is refused for good leaves the kind partial. */
  async readEach(resourceType: string, ids: readonly string[]): Promise<Kind> {
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

  /** The answer for a Binary; a reason where it cannot be had. */
  readBinary(id: string, maxBytes: number): Promise<FileBytes | { readonly reason: string }> {
    return this.orReason(async () => {
      const { data, contentType } = await this.#client.readBinary(
        id,
        maxBytes,
        this.#request('Binary'),
      )
      return { bytes: data, contentType }
    })
  }

  /** What `read` gives; where it fails permanently, the reason. */
  async orReason<Result>(
    read: () => Promise<Result>,
  ): Promise<Result | { readonly reason: string }> {
    try {
      return await read()
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
      asksForLongWait(error) ||
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

export function complete(resourceType: string, count: number): ResourceCompleteness {
  return { resourceType, outcome: 'complete', count, strangers: 0, malformed: 0 }
}

export function lessened(
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
    screened.unplaced > 0 ? `${screened.unplaced} do not say clearly whose they are` : undefined,
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
