import type { ClinicalBundle, EncounterRef } from '@authscript/prior-auth'
import { readChart } from './chart/chart.ts'
import { isAboutPatient } from './chart/screening.ts'
import type { ReadChartOptions } from './chart/chart-reading.ts'
import { createAthenaV1Writer } from './documents/athena-v1-writer.ts'
import type { DocumentWriter } from './documents/document-writer.ts'
import type { EhrHttp } from './documents/ehr-http.ts'
import { createFhirDocumentWriter } from './documents/fhir-document-writer.ts'
import { FhirClient, type FhirClientDependencies } from './client/fhir-client.ts'
import type { JsonObject } from './client/parse-resource.ts'
import type { EhrSettings } from './ehr-settings.ts'
import { EhrNotFoundError } from './fhir-errors.ts'
import { createNoteTextReader } from './notes/note-text-reader.ts'
import { SignedUrls } from './notes/signed-urls.ts'
import type { EhrAccess } from './token/access-token.ts'
import { textAt } from './to-clinical-bundle/fields.ts'

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
  /** The same, although the circuit to the EHR is open. */
  test(signal: AbortSignal): Promise<JsonObject>
  close(): Promise<void>
}

/** An Encounter is a few kB. Polls run in the gateway's own process, so an answer must be far too small to exhaust its memory. */
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
    // Readiness depends on it, so it does not use the lane of polls, which may have to wait.
    readStatement: (signal) =>
      client.readStatement({ practiceId: undefined, lane: 'chart', signal }),
    test: (signal) =>
      client.readStatement({ practiceId: undefined, lane: 'chart', ignoresCircuit: true, signal }),
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
