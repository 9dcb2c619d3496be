import type { ClinicalBundle, EncounterRef } from '@authscript/prior-auth'
import { readChart } from './chart/chart.ts'
import { isAboutPatient } from './chart/screening.ts'
import type { ChartMemo } from './chart/chart-reading.ts'
import { createAthenaV1Writer } from './documents/athena-v1-writer.ts'
import type { DocumentSettings } from './documents/document-settings.ts'
import type { DocumentWriter } from './documents/document-writer.ts'
import type { EhrHttp } from './documents/ehr-http.ts'
import { createFhirDocumentWriter } from './documents/fhir-document-writer.ts'
import type { TransportSettings } from './client/ehr-transport.ts'
import { FhirClient, type FhirClientDependencies } from './client/fhir-client.ts'
import type { JsonObject } from './client/limits.ts'
import { EhrNotFoundError } from './fhir-errors.ts'
import { createNoteTextReader } from './notes/note-text-reader.ts'
import { SignedUrls } from './notes/signed-urls.ts'
import type { EhrProfile } from './profiles/ehr-profile.ts'
import type { EhrAccess } from './token/access-token.ts'
import type { ClientCredentials } from './token/client-authentication.ts'
import { textAt } from './to-clinical-bundle/fields.ts'

export interface EhrSettings {
  readonly profile: EhrProfile
  readonly fhirBaseUrl: string
  /** The base that the EHR's links name instead of `fhirBaseUrl`, when a proxy stands before it. */
  readonly publicBaseUrl: string | undefined
  /** Unset: as the FHIR server says. */
  readonly tokenEndpoint: string | undefined
  readonly clientId: string
  readonly credentials: ClientCredentials
  readonly allowPlainHttp: boolean
  readonly transport: TransportSettings
  readonly scopes: readonly string[]
  readonly documents: DocumentSettings
  readonly requestTimeoutMs: number
  readonly maxConnections: number
  /** `_count` of every search; unset: the server's own. */
  readonly pageSize: number | undefined
  readonly limits: {
    readonly maxBodyBytes: number
    readonly maxPages: number
    /** Of one search without a date. */
    readonly maxHistoryPages: number
    readonly maxEntries: number
    readonly maxSearchBytes: number
    readonly maxDepth: number
    /** Values in one answer, and about in all pages of a search together. */
    readonly maxNodes: number
    readonly maxDocumentBytes: number
    /** Notes whose content is read for one chart, newest first. */
    readonly maxDocuments: number
  }
  /** Hosts whose links to notes carry their own permission. */
  readonly signedUrlHosts: readonly string[]
  /** The practice's time zone (IANA): on which day an instant that is written in UTC lies. */
  timeZoneOf(practiceId: string): string
  /** How far back from the encounter each kind is read. */
  readonly lookback: {
    readonly observationMonths: number
    readonly procedureMonths: number
    readonly documentMonths: number
    readonly medicationMonths: number
  }
}

/** One request to the EHR, for metrics: no ids. */
export interface EhrMetric {
  readonly resourceType: string
  readonly durationMs: number
  readonly status?: number
  readonly errorCode?: string
}

export interface ReadChartOptions {
  /** Keeps what was read, for the next attempt of the same run. */
  readonly memo: ChartMemo
  /** Records a kind of resource that still cannot be read as failed, instead of failing the attempt. */
  readonly lastAttempt: boolean
}

/** The EHR, in the gateway's words. Every failure is a GatewayError that says what it permits. */
export interface Ehr {
  readonly access: EhrAccess
  /** The encounter's state, and whether it says that it is another patient's; undefined when the EHR does not know it. */
  readEncounterStatus(
    ref: EncounterRef,
    signal: AbortSignal,
  ): Promise<{ readonly status: string; readonly isOtherPatient: boolean } | undefined>
  readChart(
    ref: EncounterRef,
    options: ReadChartOptions,
    signal: AbortSignal,
  ): Promise<ClinicalBundle>
  /** The way approved forms get into the chart. */
  readonly documents: DocumentWriter
  /** What the EHR says that it serves (`/metadata`), as it says it. */
  readStatement(signal: AbortSignal): Promise<JsonObject>
  close(): Promise<void>
}

/** One Encounter is a few kB. A poll has no process of its own to die in, so its answer stays far below what could end one. */
const maxPollBytes = 1024 * 1024

export function createEhr(settings: EhrSettings, dependencies: FhirClientDependencies): Ehr {
  const client = new FhirClient(settings, dependencies)
  const noteTexts = createNoteTextReader()
  const signedUrls = new SignedUrls(settings)
  return {
    access: client.access,
    async readEncounterStatus({ practiceId, patientId, encounterId }, signal) {
      try {
        const encounter = await client.read(encounterId, {
          practiceId,
          resourceType: 'Encounter',
          lane: 'poll',
          signal,
          maxBytes: maxPollBytes,
        })
        const status = textAt(encounter, 'status')
        if (status === undefined || encounter['id'] !== encounterId) return undefined
        const hasSubject = textAt(encounter, 'subject.reference') !== undefined
        return { status, isOtherPatient: hasSubject && !isAboutPatient(encounter, patientId) }
      } catch (error) {
        if (error instanceof EhrNotFoundError) return undefined
        throw error
      }
    },
    readChart: (ref, options, signal) =>
      readChart(
        { client, settings, clock: dependencies.clock, noteTexts, signedUrls },
        ref,
        options,
        signal,
      ),
    documents: createDocumentWriter(client, settings, dependencies.clock),
    readStatement: (signal) =>
      client.readStatement({ practiceId: undefined, lane: 'poll', signal }),
    async close() {
      await Promise.all([client.close(), noteTexts.stop(), signedUrls.close()])
    },
  }
}

/** The configured way of writing documents. */
export function createDocumentWriter(
  http: EhrHttp,
  { documents, fhirBaseUrl, publicBaseUrl, limits }: EhrSettings,
  clock: FhirClientDependencies['clock'],
): DocumentWriter {
  return documents.writer === 'fhir'
    ? createFhirDocumentWriter({
        http,
        fhirBaseUrl,
        publicBaseUrl,
        settings: documents,
        limits,
        clock,
      })
    : createAthenaV1Writer({
        http,
        fhirBaseUrl,
        settings: documents.athena,
        title: documents.content.title,
        limits,
      })
}
