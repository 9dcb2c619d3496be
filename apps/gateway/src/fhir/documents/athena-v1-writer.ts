import type { EncounterRef } from '@authscript/prior-auth'
import { GatewayError } from '../../errors.ts'
import {
  EhrBadRequestError,
  EhrDepartmentUnknownError,
  EhrMalformedError,
  EhrWrongPatientError,
} from '../fhir-errors.ts'
import { textAt } from '../to-clinical-bundle/fields.ts'
import {
  fileNameOf,
  type ListedDocument,
  readAdded,
  readListedDocument,
  readListedPage,
} from './athena-v1-answers.ts'
import { departmentOf, v1PatientIdOf } from './athena-v1-ids.ts'
import type { AthenaDocumentSettings } from './document-settings.ts'
import type {
  DocumentToWrite,
  DocumentWriter,
  SendOutcome,
  Verification,
} from './document-writer.ts'
import type { JsonLimits } from '../client/body/json-scan.ts'
import type { EhrHttp } from './ehr-http.ts'
import { patientOf } from './verify-document.ts'
import { interpretListed, verifyListed, type ListedDocuments } from './interpret-v1-list.ts'
import { parseJson, parseJsonIfAny } from './parse-json.ts'
import { postDocument, unanswered } from './post-document.ts'

export interface AthenaV1WriterOptions {
  readonly http: EhrHttp
  readonly fhirBaseUrl: string
  readonly settings: AthenaDocumentSettings
  readonly title: string
  readonly limits: JsonLimits & { readonly maxPages: number }
}

const pageLimit = 100
const maxPages = 50
/** After these errors the list proves nothing: neither presence nor absence. */
const refusedLists: ReadonlySet<string> = new Set([
  'ehr_bad_request',
  'ehr_forbidden',
  'ehr_not_found',
  'ehr_malformed',
  'ehr_too_large',
])

/**
 * Writes documents with athenahealth's own API, because its FHIR API is read-only. That API has no client identifiers, so ours is
 * put into `internalnote` and `originalfilename`, and searched in the list of the patient's documents of the class.
 *
 * @see https://docs.athenahealth.com/api/api-ref/document
 */
export function createAthenaV1Writer(options: AthenaV1WriterOptions): DocumentWriter {
  const { http, fhirBaseUrl, settings, limits } = options
  const path =
    settings.documentClass === 'documents' ? 'documents' : `documents/${settings.documentClass}`

  const urlOf = (ref: EncounterRef, rest: string, query: Readonly<Record<string, string>> = {}) => {
    const patient = v1PatientIdOf(ref)
    const url = new URL(
      `${encodeURIComponent(ref.practiceId)}/patients/${patient}/${rest}`,
      settings.baseUrl,
    )
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url
  }
  const requestOf = (ref: EncounterRef, resourceType: string, signal: AbortSignal) => ({
    practiceId: ref.practiceId,
    resourceType,
    lane: 'write' as const,
    signal,
  })
  const get = async (ref: EncounterRef, url: URL, signal: AbortSignal) => {
    const { body } = await http.exchange(
      { method: 'GET', url, accept: 'application/json' },
      requestOf(ref, 'Document', signal),
    )
    return parseJson(body, limits, 'reading documents')
  }

  /** @throws {EhrDepartmentUnknownError} {EhrWrongPatientError} */
  async function departmentFor(ref: EncounterRef, signal: AbortSignal): Promise<string> {
    if (settings.departmentId !== undefined) return settings.departmentId
    const { body } = await http.exchange(
      {
        method: 'GET',
        url: http.url(`Encounter/${encodeURIComponent(ref.encounterId)}`, {}, ref.practiceId),
      },
      requestOf(ref, 'Encounter', signal),
    )
    const encounter = parseJson(body, limits, 'reading Encounter')
    const subject = textAt(encounter, 'subject.reference')
    if (patientOf(subject, { patientId: ref.patientId, fhirBaseUrl }) === 'another')
      throw new EhrWrongPatientError(
        `encounter ${ref.encounterId} belongs to a patient other than ${ref.patientId}; no document was sent`,
      )
    const department = departmentOf(encounter, ref.practiceId)
    if (department === undefined) throw new EhrDepartmentUnknownError(ref.encounterId)
    return department
  }

  async function list(ref: EncounterRef, signal: AbortSignal): Promise<ListedDocuments> {
    const departmentid = await departmentFor(ref, signal)
    const documents: ListedDocument[] = []
    const seen = new Set<string>()
    for (let page = 0; page < Math.min(maxPages, limits.maxPages); page += 1) {
      const query = { departmentid, limit: String(pageLimit), offset: String(documents.length) }
      const read = readListedPage(await get(ref, urlOf(ref, path, query), signal))
      if (read === undefined)
        throw new EhrMalformedError(
          'reading documents: the EHR did not answer with a list of documents',
        )
      const fresh = read.documents.filter(({ documentId }) => !seen.has(documentId ?? ''))
      for (const { documentId } of fresh) if (documentId !== undefined) seen.add(documentId)
      documents.push(...fresh)
      const isMore = read.hasNext || (read.total !== undefined && read.total > documents.length)
      if (!isMore) return { documents, cutOff: undefined }
      if (fresh.length === 0)
        return { documents, cutOff: `${documents.length} of ${read.total ?? 'more'} were returned` }
    }
    return { documents, cutOff: `more than ${maxPages} pages` }
  }

  function formOf(document: DocumentToWrite, departmentid: string): string {
    return new URLSearchParams({
      departmentid,
      documentsubclass: settings.subclass,
      attachmentcontents: Buffer.from(document.pdf).toString('base64'),
      attachmenttype: 'PDF',
      internalnote: `${document.title}. AuthScript ${document.identifier}`,
      originalfilename: fileNameOf(document.identifier),
      autoclose: String(settings.autoClose),
      ...(settings.priority === undefined ? {} : { priority: settings.priority }),
    }).toString()
  }

  return {
    destination: path,
    title: options.title,

    async reconcile(ref, { expected }, signal) {
      const patient = v1PatientIdOf(ref)
      try {
        const listed = await list(ref, signal)
        return interpretListed(listed, expected.identifier, patient)
      } catch (error) {
        if (!(error instanceof GatewayError) || !refusedLists.has(error.code)) throw error
        return { outcome: 'cannot_tell', reason: `the list of documents failed (${error.code})` }
      }
    },

    async send(ref, document, signal): Promise<SendOutcome> {
      let url: URL
      let body: string
      try {
        url = urlOf(ref, path)
        body = formOf(document, await departmentFor(ref, signal))
      } catch (error) {
        // Nothing has been sent yet.
        return { outcome: 'refused', error }
      }
      return postDocument(
        http,
        {
          url,
          accept: 'application/json',
          contentType: 'application/x-www-form-urlencoded',
          body,
        },
        requestOf(ref, 'Document', signal),
        ({ status, body: answer }) => {
          const reading = readAdded(parseJsonIfAny(answer, limits, 'adding a document'))
          switch (reading.outcome) {
            case 'created':
              return reading
            case 'refused': {
              const what = 'the EHR answered success: false to adding a document'
              return { outcome: 'refused', error: new EhrBadRequestError(what, { status }) }
            }
            case 'unknown':
              return unanswered(`status ${status}: ${reading.reason}`)
            default:
              return reading satisfies never
          }
        },
      )
    },

    async verify(ref, documentId, expected, signal): Promise<Verification> {
      const patient = v1PatientIdOf(ref)
      const found = await readOne(ref, documentId, signal)
      if ('verdict' in found) return found
      return verifyListed(found, documentId, expected.identifier, patient)
    },
  }

  /** Reads the document by its URL, or else from the list: not every class supports both. */
  async function readOne(
    ref: EncounterRef,
    documentId: string,
    signal: AbortSignal,
  ): Promise<ListedDocument | Verification> {
    const url = urlOf(ref, `${path}/${encodeURIComponent(documentId)}`)
    try {
      const found = readListedDocument(await get(ref, url, signal))
      if (found?.hasNote === true) return found
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof GatewayError)) throw error
    }
    try {
      const { documents, cutOff } = await list(ref, signal)
      const found = documents.find((one) => one.documentId === documentId)
      if (found !== undefined) return found
      return cutOff === undefined
        ? { verdict: 'not_ours', reason: 'not_found' }
        : { verdict: 'cannot_tell', reason: `the list of documents is incomplete: ${cutOff}` }
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof GatewayError)) throw error
      return { verdict: 'cannot_tell', reason: `it cannot be read (${error.code})` }
    }
  }
}
