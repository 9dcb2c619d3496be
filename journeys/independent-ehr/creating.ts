import { type Answer, emptyAnswer, outcome, refusal, resourceAnswer } from './answers.ts'
import type { CreateAnswer, DocumentRequirement } from './behaviour.ts'
import type { FhirResource } from './fhir-engine.ts'

/** Builds the answer to a create, independent of what was stored. */
export function answerOfCreate(
  answer: CreateAnswer,
  resource: FhirResource,
  fhirBaseUrl: string,
  otherDocumentId: string,
): Answer {
  const location = locationOf(answer.location, resource, fhirBaseUrl, otherDocumentId)
  const headers = {
    ...(location === undefined ? {} : { location }),
    ...answer.headers,
  }
  return { ...bodyOf(answer, resource, headers, otherDocumentId), ...cutOf(answer) }
}

const cutOf = ({ cut }: CreateAnswer) => (cut === undefined ? {} : { cut })

function bodyOf(
  { status, body }: CreateAnswer,
  resource: FhirResource,
  headers: Readonly<Record<string, string>>,
  otherDocumentId: string,
): Answer {
  const { id, ...withoutId } = resource
  switch (body) {
    case 'resource':
      return resourceAnswer(status, resource, headers)
    case 'none':
      return emptyAnswer(status, headers)
    case 'outcome':
      return resourceAnswer(status, outcome('information', 'informational', 'created'), headers)
    case 'error_outcome':
      return resourceAnswer(status, outcome('error', 'processing', 'not taken'), headers)
    case 'bundle':
      return resourceAnswer(
        status,
        { resourceType: 'Bundle', id: 'answer-1', type: 'collection', entry: [{ resource }] },
        headers,
      )
    case 'wrong_type':
      return resourceAnswer(
        status,
        { resourceType: 'Binary', id, contentType: 'application/pdf' },
        headers,
      )
    case 'another_id':
      return resourceAnswer(status, { ...resource, id: otherDocumentId }, headers)
    case 'without_id':
      return resourceAnswer(status, withoutId, headers)
    case 'empty_object':
      return resourceAnswer(status, {}, headers)
    case 'html':
      return {
        status,
        headers: { 'content-type': 'text/html', ...headers },
        body: '<html><body>Please sign in</body></html>',
      }
    case 'truncated': {
      const whole = JSON.stringify(resource)
      return { ...resourceAnswer(status, {}, headers), body: whole.slice(0, whole.length / 2) }
    }
    default:
      return body satisfies never
  }
}

function locationOf(
  location: CreateAnswer['location'],
  { id }: FhirResource,
  fhirBaseUrl: string,
  otherDocumentId: string,
): string | undefined {
  const relative = `DocumentReference/${id}`
  switch (location) {
    case 'none':
      return undefined
    case 'absolute':
      return `${fhirBaseUrl}/${relative}`
    case 'absolute_versioned':
      return `${fhirBaseUrl}/${relative}/_history/1`
    case 'relative':
      return relative
    case 'relative_versioned':
      return `${relative}/_history/1`
    case 'path':
      return `${new URL(fhirBaseUrl).pathname}/${relative}`
    case 'another_host':
      return `https://ehr.example.org/fhir/r4/${relative}`
    case 'another_document':
      return `${fhirBaseUrl}/DocumentReference/${otherDocumentId}`
    case 'another_type':
      return `${fhirBaseUrl}/Binary/${id}`
    case 'malformed':
      return 'http://[created'
    default:
      return location satisfies never
  }
}

interface SentDocument {
  readonly subject?: { readonly reference?: string }
  readonly type?: { readonly coding?: readonly object[] }
  readonly category?: readonly object[]
  readonly docStatus?: string
  readonly context?: { readonly encounter?: readonly object[]; readonly period?: object }
}

/** The first requirement of this server that is missing; undefined if all are met. */
export function missingIn(
  sent: object,
  requirements: readonly DocumentRequirement[],
): Answer | undefined {
  const { subject, type, category, docStatus, context } = sent as SentDocument
  const has: Readonly<Record<DocumentRequirement, boolean>> = {
    subject: subject?.reference !== undefined,
    coded_type: (type?.coding ?? []).length > 0,
    category: (category ?? []).length > 0,
    encounter: (context?.encounter ?? []).length > 0,
    period: context?.period !== undefined,
    doc_status: docStatus !== undefined,
  }
  const missing = requirements.filter((one) => !has[one])
  return missing.length === 0
    ? undefined
    : refusal(422, 'required', `missing in DocumentReference: ${missing.join(', ')}`)
}
