import type { EncounterRef } from '@authscript/prior-auth'
import { EhrWriteAmbiguousError } from '../fhir-errors.ts'
import type { Created, FhirClient } from '../client/fhir-client.ts'
import { textAt } from '../to-clinical-bundle/fields.ts'

/** Ours, so that a search finds exactly what we wrote. */
export const documentIdentifierSystem = 'https://authscript.dev/identifiers/prior-auth-document'

export interface DocumentToWrite {
  /** Names this document for ever: it is searched for before it is written. */
  readonly identifier: string
  readonly title: string
  readonly pdf: Uint8Array
  readonly createdAt: Date
}

export async function findDocument(
  client: FhirClient,
  ref: EncounterRef,
  identifier: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { resources } = await client.search(
    { patient: ref.patientId, identifier: `${documentIdentifierSystem}|${identifier}` },
    { practiceId: ref.practiceId, resourceType: 'DocumentReference', lane: 'chart', signal },
  )
  return resources.map((resource) => textAt(resource, 'id')).find((id) => id !== undefined)
}

/** After these it is certainly not in the chart: the EHR refused it, or it was never sent. Whatever else goes wrong is no answer. */
const refusals: ReadonlySet<string> = new Set([
  'ehr_unauthorized',
  'ehr_forbidden',
  'ehr_not_found',
  'ehr_bad_request',
  'ehr_not_supported',
  'ehr_redirected',
  'ehr_rate_limited',
  'ehr_quota_exhausted',
  'circuit_open',
])

/** @throws {EhrWriteAmbiguousError} when no clear answer came: search before trying again */
export async function createDocument(
  client: FhirClient,
  ref: EncounterRef,
  document: DocumentToWrite,
  signal: AbortSignal,
): Promise<string> {
  let created: Created
  try {
    created = await client.create(
      {
        resourceType: 'DocumentReference',
        status: 'current',
        identifier: [{ system: documentIdentifierSystem, value: document.identifier }],
        type: { text: 'Prior authorization request' },
        subject: { reference: `Patient/${ref.patientId}` },
        date: document.createdAt.toISOString(),
        context: { encounter: [{ reference: `Encounter/${ref.encounterId}` }] },
        content: [
          {
            attachment: {
              contentType: 'application/pdf',
              title: document.title,
              data: Buffer.from(document.pdf).toString('base64'),
            },
          },
        ],
      },
      { practiceId: ref.practiceId, resourceType: 'DocumentReference', lane: 'chart', signal },
    )
  } catch (cause) {
    throw isRefusal(cause) ? cause : noClearAnswer(cause)
  }
  const id = textAt(created.body, 'id')
  if (id === undefined) throw noClearAnswer(undefined)
  return id
}

const isRefusal = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  refusals.has(error.code)

const noClearAnswer = (cause: unknown) =>
  new EhrWriteAmbiguousError(
    'a document was sent to the EHR and no clear answer came; search before sending again',
    { cause },
  )
