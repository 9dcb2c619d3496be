import type { SteadyClock } from '../../clock.ts'
import type { GatewayConfig } from '../../config.ts'
import { FhirClient } from '../client/fhir-client.ts'
import { createDocumentWriter } from '../ehr.ts'
import { toEhrSettings } from '../ehr-settings.ts'
import { createNoteTextReader } from '../notes/note-text-reader.ts'
import { SignedUrls } from '../notes/signed-urls.ts'
import { RateBudget } from '../rate/rate-budget.ts'
import type { SeenAnswer } from './answer-notes.ts'
import type { EhrCheck } from './check-ehr.ts'
import { toTestDocument } from './test-document.ts'
import { writeTestDocument } from './writing-line.ts'

/** More requests than a check ever makes. */
const maxRequests = 2000

export interface CheckSubject {
  readonly practiceId: string
  readonly patientId: string
  readonly encounterId?: string | undefined
  /** The id of the test document that is written to the encounter; absent: nothing is written. */
  readonly testDocumentUuid?: string | undefined
}

/** Prepares a check of the configured EHR, with its own client that respects the configured rate. */
export function openCheck(
  config: GatewayConfig,
  { practiceId, patientId, encounterId, testDocumentUuid }: CheckSubject,
  clock: SteadyClock,
): { readonly check: EhrCheck; close(): Promise<void> } {
  const settings = toEhrSettings(config)
  const answers: SeenAnswer[] = []
  const budget = new RateBudget({ perDay: maxRequests, clock, onShortage: () => undefined })
  budget.allow({
    slots: config.Ehr.RequestsPerSecond,
    leaseEndsAtMs: Number.POSITIVE_INFINITY,
    day: {
      date: 'check',
      endsAtMs: Number.POSITIVE_INFINITY,
      added: { poll: 0, chart: maxRequests, write: maxRequests },
      isSpent: { poll: true, chart: true, write: true },
      arePollsAhead: false,
    },
  })
  const client = new FhirClient(settings, {
    clock,
    budget,
    guard: (call) => call(),
    onAnswer: (headers) => answers.push({ headers, at: clock.now() }),
  })
  const noteTexts = createNoteTextReader()
  const signedUrls = new SignedUrls(settings)
  const writer = createDocumentWriter(client, settings, clock)
  const writeTest: Pick<EhrCheck, 'writeTest'> =
    encounterId === undefined || testDocumentUuid === undefined
      ? {}
      : {
          writeTest: (signal) =>
            writeTestDocument(
              writer,
              { practiceId, patientId, encounterId },
              toTestDocument(testDocumentUuid, clock.now()),
              signal,
            ),
        }
  return {
    check: {
      practiceId,
      patientId,
      encounterId,
      client,
      settings,
      answers,
      writer: settings.documents.writer,
      missingScopes: () => client.access.missingScopes ?? [],
      noteTexts,
      signedUrls,
      clock,
      ...writeTest,
    },
    async close() {
      budget.stop()
      await Promise.all([client.close(), noteTexts.stop(), signedUrls.close()])
    },
  }
}
