import type { EncounterRef, ReadOutcome, ResourceCompleteness } from '@authscript/prior-auth'
import { asksForLongWait, GatewayError } from '../../errors.ts'
import type { FhirClient } from '../client/fhir-client.ts'
import type { JsonObject } from '../client/parse-resource.ts'
import type { EhrSettings } from '../ehr-settings.ts'
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

/** Keeps the results of a run's finished reads, so that a retry reads only the rest. */
export class ChartMemo {
  readonly #read = new Map<string, unknown>()

  async once<Result>(key: string, read: () => Promise<Result>): Promise<Result> {
    if (this.#read.has(key)) return this.#read.get(key) as Result
    const result = await read()
    this.#read.set(key, result)
    return result
  }
}

export interface ReadChartOptions {
  /** Keeps what was read, for the next attempt of the same run. */
  readonly memo: ChartMemo
  /** Records a kind of resource that still cannot be read as failed, instead of failing the attempt. */
  readonly lastAttempt: boolean
}

/** Resources of one type, and how completely they were read. */
export interface Kind {
  readonly resources: readonly JsonObject[]
  /** Resources of other types that the EHR included, e.g. the Medication of a MedicationRequest. */
  readonly others: readonly JsonObject[]
  readonly completeness: ResourceCompleteness
}

export interface Search {
  /** The first day of the look-back (`YYYY-MM-DD`). Earlier resources are left out. */
  readonly since?: string
  /** If it cannot be read, the attempt fails: without it there is nothing to analyze. */
  readonly isEssential?: boolean
}

/**
 * Reads resources of one encounter's chart. A transient failure fails the attempt, so that it is retried. On the last attempt, and
 * after a permanent failure, the resource type is recorded as not read.
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
          `encounter ${this.#ref.encounterId} belongs to a patient other than ${this.#ref.patientId}; check the registration`,
        )
      }
      return resource
    })
  }

  /** All resources of one type: dated within the look-back, or without a date. */
  async search(kind: SearchedKind, { since, isEssential = false }: Search = {}): Promise<Kind> {
    const { profile, limits } = this.#settings
    return this.#readOrRecordFailure(kind, { since, isEssential }, async () => {
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
      const withinLookback = screened.kept.filter(
        (resource) => since === undefined || !isBefore(resource, since),
      )
      return {
        resources: withinLookback,
        others: screened.others,
        completeness: completenessOf(
          kind,
          { ...screened, kept: withinLookback },
          found.cutOff,
          since,
        ),
      }
    })
  }

  /** Reads each id once. A permanent failure of one makes the outcome `partial`. */
  async readEach(resourceType: string, ids: readonly string[]): Promise<Kind> {
    const kinds = await Promise.all(
      [...new Set(ids)].map((id) =>
        this.#readOrRecordFailure(resourceType, { since: undefined, isEssential: false }, () =>
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
              ...downgraded(unread.completeness, 'partial', unread.completeness.reason),
              count: resources.length,
            },
    }
  }

  /** The bytes of a Binary, or the reason why it could not be read. */
  readBinary(id: string, maxBytes: number): Promise<FileBytes | { readonly reason: string }> {
    return this.readOrReason(async () => {
      const { data, contentType } = await this.#client.readBinary(
        id,
        maxBytes,
        this.#request('Binary'),
      )
      return { bytes: data, contentType }
    })
  }

  /** The result of `read`, or the reason why it failed permanently. */
  async readOrReason<Result>(
    read: () => Promise<Result>,
  ): Promise<Result | { readonly reason: string }> {
    try {
      return await read()
    } catch (error) {
      return { reason: `not read: ${this.#recordableOrThrow(error).code}` }
    }
  }

  async #readOrRecordFailure(
    resourceType: string,
    { since, isEssential }: { readonly since: string | undefined; readonly isEssential: boolean },
    read: () => Promise<Kind>,
  ): Promise<Kind> {
    try {
      return await read()
    } catch (error) {
      if (isEssential) throw error
      const { code } = this.#recordableOrThrow(error)
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

  /** Returns a failure that may be recorded as "not read". Throws one that must fail the attempt, so that it is retried. */
  #recordableOrThrow(error: unknown): GatewayError {
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

export function downgraded(
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
    screened.malformedCount > 0 ? `${screened.malformedCount} could not be parsed` : undefined,
    screened.unresolvedCount > 0
      ? `${screened.unresolvedCount} do not clearly reference a patient`
      : undefined,
  ].filter((reason) => reason !== undefined)
  return {
    resourceType,
    outcome: reasons.length === 0 ? 'complete' : 'partial',
    count: screened.kept.length,
    strangers: screened.otherPatientCount,
    malformed: screened.malformedCount,
    ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
    ...(since === undefined ? {} : { since }),
  }
}
