import type { EncounterRef } from '@authscript/prior-auth'
import { GatewayError } from '../errors.ts'
import { EhrMalformedError, EhrWriteAmbiguousError } from './fhir-errors.ts'
import type { FhirClient } from './fhir-client.ts'
import { textAt } from './to-clinical-bundle/fields.ts'

/** Ours, so that a search finds exactly what we wrote. */
const identifierSystem = 'https://authscript.dev/identifiers/prior-auth-document'

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
    { patient: ref.patientId, identifier: `${identifierSystem}|${identifier}` },
    { practiceId: ref.practiceId, resourceType: 'DocumentReference', lane: 'chart', signal },
  )
  return resources.map((resource) => textAt(resource, 'id')).find((id) => id !== undefined)
}

/** Failures of the way there, after which the document may be in the chart all the same. */
const uncertain: ReadonlySet<string> = new Set([
  'ehr_unreachable',
  'ehr_timeout',
  'ehr_unavailable',
  'ehr_malformed',
])

/** @throws {EhrWriteAmbiguousError} when no clear answer came: search before trying again */
export async function createDocument(
  client: FhirClient,
  ref: EncounterRef,
  document: DocumentToWrite,
  signal: AbortSignal,
): Promise<string> {
  let created: unknown
  try {
    created = await client.create(
      {
        resourceType: 'DocumentReference',
        status: 'current',
        identifier: [{ system: identifierSystem, value: document.identifier }],
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
    if (isCertain(cause)) throw cause
    throw new EhrWriteAmbiguousError(
      'a document was sent to the EHR and no clear answer came; search before sending again',
      { cause },
    )
  }
  const id = textAt(created as never, 'id')
  if (id === undefined)
    throw new EhrMalformedError('the EHR created a document and did not say its id')
  return id
}

/** Whether the request was refused, or never sent: also by a circuit breaker that is open. */
function isCertain(error: unknown): boolean {
  if (error instanceof GatewayError) return !uncertain.has(error.code)
  return error instanceof Error && 'code' in error && error.code === 'circuit_open'
}
