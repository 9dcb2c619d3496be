import type { App, ClientKeys } from '../auth/client.ts'
import type { TokenIssuer } from '../auth/token-issuer.ts'
import type { Clock } from '../clock.ts'
import type { Fault, Faults, PlannedFault } from '../faults/faults.ts'
import type { RateLimit, RateLimitSettings } from '../faults/rate-limit.ts'
import type { V1Documents } from '../athena-v1/v1-documents.ts'
import type { ClientDocuments } from '../fhir/client-documents.ts'
import { type Resource, stringsAt, valuesAt } from '../fhir/resource.ts'
import { type ResourceStore, type Stored } from '../fhir/resource-store.ts'
import type { LaunchFault } from '../launch/launch-faults.ts'
import type { AppOpener } from '../launch/open-app.ts'
import type { SignIns } from '../launch/sign-ins.ts'
import type { RecordedRequest, RecordSummary, RequestRecord } from '../record/request-record.ts'
import { newEncounter } from '../scenarios/new-encounter.ts'
import type { ScenarioEncounter } from '../scenarios/scenarios.ts'

export interface EncounterListing {
  readonly practiceId: string
  readonly patientId: string
  readonly encounterId: string
  readonly status: string | undefined
  /** The patient's name. */
  readonly patient: string | undefined
}

/** What a test or a person can do to the sandbox outside FHIR, one method per control route. */
export interface SandboxControl {
  /** False if there is no such encounter. */
  signEncounter(encounterId: string): boolean
  reopenEncounter(encounterId: string): boolean
  signPatient(patientId: string): number
  /** An open encounter of another patient, as in the scenario of this encounter; undefined if that is not known. */
  createEncounter(encounterId: string): ScenarioEncounter | undefined
  putResource(practiceId: string, resource: Resource): void
  addFault(fault: Fault): string
  faults(): readonly PlannedFault[]
  clearFaults(faultId?: string): void
  requests(filter?: {
    readonly resourceType?: string
    readonly patientId?: string
    readonly since?: number
  }): readonly RecordedRequest[]
  summary(): RecordSummary
  clearRequests(): void
  /** Every encounter with a patient, in loading order. */
  encounters(): readonly EncounterListing[]
  /**
   * Documents that clients wrote through FHIR or the v1 API, as DocumentReferences that include their bytes, in
   * the order of writing.
   */
  documents(): readonly Resource[]
  /** As a user of the EHR would; false if the v1 API has no such document. */
  deleteV1Document(documentId: number): boolean
  setRateLimit(settings: RateLimitSettings): void
  expireTokens(): void
  /** A client's public keys, or the URL where it publishes them; false if there is no such client. */
  registerKeys(clientId: string, keys: ClientKeys): boolean
  /** The most that a client is granted from now on. */
  limitScopes(clientId: string, grantedScopes: readonly string[]): boolean
  /** Makes the client an app that users open from a chart; false if there is no such client. */
  registerApp(clientId: string, app: App): boolean
  readonly hasApp: boolean
  /** The address at which a browser opens the app for this encounter, once; undefined if the encounter or an app is not known. */
  openApp(encounterId: string): string | undefined
  /** Given to the next launch that has none yet. */
  addLaunchFault(fault: LaunchFault): void
  clearLaunchFaults(): void
}

/** In seconds since 1970, so that the numbers of encounters stay short. */
const numbersBeganAt = 1_700_000_000

export interface ControlOptions {
  readonly store: ResourceStore
  readonly documents: ClientDocuments
  readonly v1Documents: V1Documents
  readonly issuer: TokenIssuer
  readonly signIns: SignIns
  readonly opener: AppOpener
  readonly rateLimit: RateLimit
  readonly faults: Faults
  readonly record: RequestRecord
  readonly clock: Clock
}

export function createControl({
  store,
  documents,
  v1Documents,
  issuer,
  signIns,
  opener,
  rateLimit,
  faults,
  record,
  clock,
}: ControlOptions): SandboxControl {
  const setStatus = (stored: Stored, status: string) => {
    const encounter = store.read(stored)
    const period = typeof encounter['period'] === 'object' ? encounter['period'] : {}
    const end =
      status === 'finished' ? { end: new Date(clock.now()).toISOString() } : { end: undefined }
    store.put(
      stored.practiceId,
      { ...encounter, status, period: { ...period, ...end } },
      clock.now(),
    )
  }
  const setStatusById = (encounterId: string, status: string) => {
    const found = [...store.all('Encounter')].filter((stored) => stored.id === encounterId)
    for (const stored of found) setStatus(stored, status)
    return found.length > 0
  }
  const nameOf = (practiceId: string, patientId: string) => {
    const found = store.find(practiceId, 'Patient', patientId)
    if (found === undefined) return undefined
    const [name] = valuesAt(store.read(found), 'name')
    const parts = [stringsAt(name, 'family')[0], stringsAt(name, 'given')[0]].filter(
      (part) => part !== undefined,
    )
    return parts.length === 0 ? stringsAt(name, 'text')[0] : parts.join(', ')
  }
  let lastNumber = 0
  return {
    signEncounter: (encounterId) => setStatusById(encounterId, 'finished'),
    reopenEncounter: (encounterId) => setStatusById(encounterId, 'in-progress'),
    signPatient(patientId) {
      const found = [...store.all('Encounter')].filter((stored) => stored.patientId === patientId)
      for (const stored of found) setStatus(stored, 'finished')
      return found.length
    },
    putResource: (practiceId, resource) => void store.put(practiceId, resource, clock.now()),
    createEncounter(encounterId) {
      lastNumber = Math.max(lastNumber + 1, Math.floor(clock.now() / 1000) - numbersBeganAt)
      const made = newEncounter(encounterId, lastNumber, new Date(clock.now()))
      for (const resource of made?.resources ?? [])
        store.put(made?.encounter.practiceId ?? '', resource, clock.now())
      return made?.encounter
    },
    addFault: (fault) => faults.add(fault),
    faults: () => faults.list(),
    clearFaults: (faultId) => faults.clear(faultId),
    requests: (filter) => record.list(filter),
    summary: () => record.summary(),
    clearRequests: () => record.clear(),
    encounters: () =>
      [...store.all('Encounter')].flatMap((stored) =>
        stored.patientId === undefined
          ? []
          : [
              {
                practiceId: stored.practiceId,
                patientId: stored.patientId,
                encounterId: stored.id,
                status: stored.status,
                patient: nameOf(stored.practiceId, stored.patientId),
              },
            ],
      ),
    documents: () => documents.list(),
    deleteV1Document: (documentId) => v1Documents.delete(documentId),
    setRateLimit: (settings) => rateLimit.set(settings),
    expireTokens: () => issuer.expireAll(),
    registerKeys: (clientId, keys) => issuer.registerKeys(clientId, keys),
    limitScopes: (clientId, grantedScopes) => issuer.limitScopes(clientId, grantedScopes),
    registerApp: (clientId, app) => issuer.registerApp(clientId, app),
    get hasApp() {
      return opener.hasApp
    },
    openApp: (encounterId) => opener.open(encounterId)?.url,
    addLaunchFault: (fault) => signIns.faults.add(fault),
    clearLaunchFaults: () => signIns.faults.clear(),
  }
}
