import type { Clock } from '../clock.ts'
import type { EncounterListing, SandboxControl } from '../control/control.ts'
import type { Fault, PlannedFault } from '../faults/faults.ts'
import type { RecordedRequest } from '../record/request-record.ts'
import { type ScenarioEncounter, scenarioEncounters } from '../scenarios/scenarios.ts'
import { type FaultChoice, faultChoices } from './fault-choices.ts'

export interface EncounterRow extends EncounterListing {
  readonly isSigned: boolean
  readonly scenario: string | undefined
  readonly expectation: string | undefined
}

export interface ActiveFault {
  readonly faultId: string
  readonly name: string
  readonly sentence: string
  readonly appliedCount: number
  /** Undefined: until it is cleared. */
  readonly left: number | undefined
  readonly resourceType: string | undefined
}

/** Equal requests in a row. */
export interface RecentRequest {
  readonly at: number
  readonly what: string
  readonly status: number
  readonly faultName: string | undefined
  readonly count: number
}

/** More would make the page slow; folders of FHIR files have thousands. */
const maxEncounters = 200
const maxRequests = 20
const maxRequestsRead = 1000

/** What the page shows, read from the sandbox's control, with what only the page knows. */
export class PageState {
  readonly #control: SandboxControl
  readonly #clock: Clock
  readonly #scenarios = new Map<string, ScenarioEncounter>(
    scenarioEncounters.map((encounter) => [encounter.encounterId, encounter]),
  )
  readonly #choices = new Map<string, FaultChoice>()

  constructor(control: SandboxControl, clock: Clock) {
    this.#control = control
    this.#clock = clock
  }

  get now(): number {
    return this.#clock.now()
  }

  get hasApp(): boolean {
    return this.#control.hasApp
  }

  encounter(encounterId: string): EncounterListing | undefined {
    return this.#control.encounters().find((one) => one.encounterId === encounterId)
  }

  /** The newest first. */
  encounters(): { readonly rows: readonly EncounterRow[]; readonly total: number } {
    const all = this.#control.encounters()
    return {
      total: all.length,
      rows: all
        .toReversed()
        .slice(0, maxEncounters)
        .map((one) => ({
          ...one,
          isSigned: one.status === 'finished',
          scenario: this.#scenarios.get(one.encounterId)?.scenario,
          expectation: this.#scenarios.get(one.encounterId)?.expectation,
        })),
    }
  }

  sign(encounterId: string): boolean {
    return this.#control.signEncounter(encounterId)
  }

  reopen(encounterId: string): boolean {
    return this.#control.reopenEncounter(encounterId)
  }

  create(likeEncounterId: string): ScenarioEncounter | undefined {
    const created = this.#control.createEncounter(likeEncounterId)
    if (created !== undefined) this.#scenarios.set(created.encounterId, created)
    return created
  }

  give(choice: FaultChoice, resourceType: string, count: number): void {
    const match = { ...choice.fault.match, ...(resourceType === '' ? {} : { resourceType }) }
    const faultId = this.#control.addFault({
      ...choice.fault,
      ...(Object.keys(match).length === 0 ? {} : { match }),
      ...(count === 0 ? {} : { times: count }),
    })
    this.#choices.set(faultId, choice)
  }

  clearFaults(faultId?: string): void {
    this.#control.clearFaults(faultId)
  }

  /** Those that still apply to a request. */
  faults(): readonly ActiveFault[] {
    return this.#control
      .faults()
      .map((planned) => this.#activeFault(planned))
      .filter(({ left }) => left !== 0)
  }

  /** The latest first; equal ones in a row are one. */
  requests(): readonly RecentRequest[] {
    const recent: RecentRequest[] = []
    for (const request of this.#control.requests().slice(-maxRequestsRead).toReversed()) {
      const one = this.#recentRequest(request)
      const last = recent.at(-1)
      const isSame =
        last?.what === one.what && last.status === one.status && last.faultName === one.faultName
      if (isSame) recent[recent.length - 1] = { ...last, count: last.count + 1 }
      else if (recent.length === maxRequests) break
      else recent.push(one)
    }
    return recent
  }

  #activeFault({ faultId, fault, appliedCount }: PlannedFault): ActiveFault {
    const choice = this.#choices.get(faultId)
    return {
      faultId,
      name: choice?.name ?? nameOf(fault),
      sentence: choice?.sentence ?? 'It was given outside of this page.',
      appliedCount,
      left: fault.times === undefined ? undefined : fault.times - appliedCount,
      resourceType: fault.match?.resourceType,
    }
  }

  #recentRequest({
    at,
    method,
    path,
    resourceType,
    status,
    faultId,
  }: RecordedRequest): RecentRequest {
    const planned = this.#control.faults().find((one) => one.faultId === faultId)
    return {
      at,
      what: `${method} ${resourceType === 'token' ? 'access token' : (resourceType ?? path)}`,
      status,
      faultName:
        faultId === undefined
          ? undefined
          : (this.#choices.get(faultId)?.name ??
            (planned === undefined ? 'a fault' : nameOf(planned.fault))),
      count: 1,
    }
  }
}

/** Of a fault that was given by a program. */
const nameOf = ({ kind }: Fault): string => kind.replaceAll('_', ' ')

export const choiceOf = (id: string): FaultChoice | undefined =>
  Object.hasOwn(faultChoices, id) ? faultChoices[id] : undefined
