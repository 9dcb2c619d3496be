import type { EncounterRef } from '@authscript/prior-auth'
import type { JsonObject } from '../client/parse-resource.ts'
import type { DocumentConcept, DocumentContent } from './document-settings.ts'
import type { DocumentToWrite } from './document-writer.ts'
import { hashOf } from './expected-document.ts'
import { documentIdentifierSystem } from './verify-document.ts'

export interface EncounterPeriod {
  readonly start: string
  readonly end: string
}

/**
 * The approved form as a DocumentReference.
 *
 * @see https://hl7.org/fhir/R4/documentreference.html
 */
export function toDocumentReference(
  ref: EncounterRef,
  document: DocumentToWrite,
  content: DocumentContent,
  period: EncounterPeriod | undefined,
): JsonObject {
  const createdAt = document.createdAt.toISOString()
  return {
    resourceType: 'DocumentReference',
    status: 'current',
    ...(content.docStatus === undefined ? {} : { docStatus: content.docStatus }),
    identifier: [{ system: documentIdentifierSystem, value: document.identifier }],
    type: conceptFor(content.type),
    ...(content.categories.length === 0 ? {} : { category: content.categories.map(conceptFor) }),
    subject: { reference: `Patient/${ref.patientId}` },
    date: createdAt,
    ...(content.author === undefined ? {} : { author: [{ reference: content.author }] }),
    ...(content.custodian === undefined ? {} : { custodian: { reference: content.custodian } }),
    description: document.title,
    content: [
      {
        attachment: {
          contentType: 'application/pdf',
          title: document.title,
          data: Buffer.from(document.pdf).toString('base64'),
          size: document.pdf.byteLength,
          hash: Buffer.from(hashOf('sha1', document.pdf), 'hex').toString('base64'),
          creation: createdAt,
        },
        ...(content.format === undefined ? {} : { format: codingFor(content.format) }),
      },
    ],
    context: {
      encounter: [{ reference: `Encounter/${ref.encounterId}` }],
      ...(period === undefined ? {} : { period: { start: period.start, end: period.end } }),
    },
  }
}

function conceptFor(concept: DocumentConcept): JsonObject {
  return {
    ...(concept.code === undefined ? {} : { coding: [codingFor(concept)] }),
    ...(concept.text === undefined ? {} : { text: concept.text }),
  }
}

function codingFor({ system, code, display }: DocumentConcept): JsonObject {
  return {
    ...(system === undefined ? {} : { system }),
    ...(code === undefined ? {} : { code }),
    ...(display === undefined ? {} : { display }),
  }
}
