import type { Clock } from '../clock.ts'

/** One request and its answer, without bodies. */
export interface RecordedRequest {
  readonly sequence: number
  /** Arrival time in epoch milliseconds. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly query: string
  /** `token` for the token endpoint. */
  readonly resourceType: string | undefined
  readonly patientId: string | undefined
  readonly practiceId: string | undefined
  /** 0 while unanswered, and if the connection was reset. */
  status: number
  faultId: string | undefined
}

export interface RecordSummary {
  readonly total: number
  readonly byType: Readonly<Record<string, number>>
  readonly byStatus: Readonly<Record<string, number>>
  /** The most FHIR requests that arrived within one second. */
  readonly maxPerSecond: number
  readonly maxConcurrent: number
}

/** All requests as seen by the server, so that tests do not depend on the client under test. */
export class RequestRecord {
  readonly #limit: number
  readonly #clock: Clock
  #requests: RecordedRequest[] = []
  #sequence = 0
  #window: number[] = []
  #windowStart = 0
  #maxPerSecond = 0
  #concurrent = 0
  #maxConcurrent = 0

  constructor(limit: number, clock: Clock) {
    this.#limit = limit
    this.#clock = clock
  }

  arrive(
    request: Pick<
      RecordedRequest,
      'method' | 'path' | 'query' | 'resourceType' | 'patientId' | 'practiceId'
    >,
  ): RecordedRequest {
    const recorded = {
      sequence: ++this.#sequence,
      at: this.#clock.now(),
      status: 0,
      faultId: undefined,
      ...request,
    }
    this.#requests.push(recorded)
    if (this.#requests.length > this.#limit * 2) this.#requests = this.#requests.slice(-this.#limit)
    this.#concurrent += 1
    this.#maxConcurrent = Math.max(this.#maxConcurrent, this.#concurrent)
    if (request.resourceType !== 'token') this.#countSecond(recorded.at)
    return recorded
  }

  leave(): void {
    this.#concurrent -= 1
  }

  list(
    filter: {
      readonly resourceType?: string
      readonly patientId?: string
      readonly since?: number
    } = {},
  ): readonly RecordedRequest[] {
    return this.#requests
      .slice(-this.#limit)
      .filter(
        (request) =>
          (filter.resourceType === undefined || request.resourceType === filter.resourceType) &&
          (filter.patientId === undefined || request.patientId === filter.patientId) &&
          (filter.since === undefined || request.sequence > filter.since),
      )
  }

  summary(): RecordSummary {
    const byType: Record<string, number> = {}
    const byStatus: Record<string, number> = {}
    for (const { resourceType = 'other', status } of this.#requests) {
      byType[resourceType] = (byType[resourceType] ?? 0) + 1
      byStatus[status] = (byStatus[status] ?? 0) + 1
    }
    return {
      total: this.#sequence,
      byType,
      byStatus,
      maxPerSecond: this.#maxPerSecond,
      maxConcurrent: this.#maxConcurrent,
    }
  }

  clear(): void {
    this.#requests = []
    this.#sequence = 0
    this.#window = []
    this.#windowStart = 0
    this.#maxPerSecond = 0
    this.#maxConcurrent = this.#concurrent
  }

  #countSecond(at: number): void {
    this.#window.push(at)
    while ((this.#window[this.#windowStart] ?? at) <= at - 1000) this.#windowStart += 1
    this.#maxPerSecond = Math.max(this.#maxPerSecond, this.#window.length - this.#windowStart)
    if (this.#windowStart > 10_000) {
      this.#window = this.#window.slice(this.#windowStart)
      this.#windowStart = 0
    }
  }
}
