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
  /** The base URL in the EHR's links, if it differs from `fhirBaseUrl` because of a proxy. */
  readonly publicBaseUrl: string | undefined
  /** Undefined: discovered from the FHIR server. */
  readonly tokenEndpoint: string | undefined
  readonly clientId: string
  readonly credentials: ClientCredentials
  readonly allowPlainHttp: boolean
  readonly transport: TransportSettings
  readonly scopes: readonly string[]
  readonly documents: DocumentSettings
  readonly requestTimeoutMs: number
  readonly maxConnections: number
  /** `_count` of every search; undefined: the server's default. */
  readonly pageSize: number | undefined
  readonly limits: {
    readonly maxBodyBytes: number
    readonly maxPages: number
    /** Limit for one search without a date. */
    readonly maxHistoryPages: number
    readonly maxEntries: number
    readonly maxSearchBytes: number
    readonly maxDepth: number
    /** Values in one answer, and approximately in all pages of a search together. */
    readonly maxNodes: number
    readonly maxDocumentBytes: number
    /** Notes whose content is read for one chart, newest first. */
    readonly maxDocuments: number
  }
  /** Hosts whose links to notes are signed, so that no token is needed. */
  readonly signedUrlHosts: readonly string[]
  /** The practice's time zone (IANA). It decides on which day an instant in UTC falls. */
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

/** The EHR as the gateway uses it. Every failure is a GatewayError whose `kind` says whether it may be retried. */
export interface Ehr {
  readonly access: EhrAccess
  /** The encounter's status, and whether it references another patient; undefined if the EHR does not know it. */
  readEncounterStatus(
    ref: EncounterRef,
    signal: AbortSignal,
  ): Promise<{ readonly status: string; readonly isOtherPatient: boolean } | undefined>
  readChart(
    ref: EncounterRef,
    options: ReadChartOptions,
    signal: AbortSignal,
  ): Promise<ClinicalBundle>
  /** Writes approved forms to the chart. */
  readonly documents: DocumentWriter
  /** The EHR's CapabilityStatement (`/metadata`), unparsed. */
  readStatement(signal: AbortSignal): Promise<JsonObject>
  close(): Promise<void>
}

/** One Encounter is a few kB. A poll runs in the gateway's own process, so its answer must stay far below what could exhaust its memory. */
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
    // Readiness waits for it, so it does not wait behind the polls' part of the day.
    readStatement: (signal) =>
      client.readStatement({ practiceId: undefined, lane: 'chart', signal }),
    async close() {
      await Promise.all([client.close(), noteTexts.stop(), signedUrls.close()])
    },
  }
}

/** Creates the configured document writer. */
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
