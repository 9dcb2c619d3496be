import type { EncounterRef } from '@authscript/prior-auth'
import type { Clock } from '../../clock.ts'
import { GatewayError } from '../../errors.ts'
import { isObject, type JsonObject } from '../client/parse-resource.ts'
import type { SearchLimits } from '../client/paging.ts'
import { textAt } from '../to-clinical-bundle/fields.ts'
import {
  combineComparisons,
  compareAttachments,
  compareBytes,
  compareInline,
  type ContentComparison,
  type LinkedContent,
} from './compare-content.ts'
import { readCreateAnswer } from './created-id.ts'
import type { DocumentSettings } from './document-settings.ts'
import type {
  DocumentToWrite,
  DocumentWriter,
  ExpectedDocument,
  Reconciliation,
  ReconcileRequest,
  SendOutcome,
  Verification,
} from './document-writer.ts'
import { toBase } from '../client/own-address.ts'
import type { EhrHttp } from './ehr-http.ts'
import { listDocuments } from './fhir-document-list.ts'
import {
  type ChartOfDocument,
  documentIdentifierSystem,
  verifyDocument,
} from './verify-document.ts'
import {
  candidatesOf,
  type IdentifierSearch,
  interpretIdentifierSearch,
  interpretRecentDocuments,
  type ListAnswer,
} from './interpret-search.ts'
import { parseJson, parseJsonIfAny } from './parse-json.ts'
import { postDocument, unanswered } from './post-document.ts'
import { type EncounterPeriod, toDocumentReference } from './to-document-reference.ts'

export interface FhirDocumentWriterOptions {
  readonly http: EhrHttp
  readonly fhirBaseUrl: string
  /** The base URL in the EHR's links, if it is not `fhirBaseUrl`. */
  readonly publicBaseUrl: string | undefined
  readonly settings: Pick<DocumentSettings, 'content' | 'searchableByIdentifier'>
  readonly limits: SearchLimits & { readonly maxDepth: number }
  readonly clock: Clock
}

/** Maximum difference between the EHR's clock and ours. */
const clockSlackMs = 10 * 60_000
/** Maximum attachments that are fetched for comparison, per search. */
const maxFetched = 20
/** The server refused this search; it may accept another. */
const refusedSearches: ReadonlySet<string> = new Set([
  'ehr_bad_request',
  'ehr_forbidden',
  'ehr_not_found',
])
/** The search itself may have caused the failure; the next search shows whether the server is down. */
const brokenSearches: ReadonlySet<string> = new Set([
  'ehr_unavailable',
  'ehr_malformed',
  'ehr_too_large',
])

/** Writes documents as FHIR R4 DocumentReferences. */
export function createFhirDocumentWriter(options: FhirDocumentWriterOptions): DocumentWriter {
  const { http, fhirBaseUrl, publicBaseUrl, settings, limits, clock } = options
  const addresses = {
    own: toBase(fhirBaseUrl),
    named: publicBaseUrl === undefined ? undefined : toBase(publicBaseUrl),
  }
  const { content } = settings

  const chartOf = (ref: EncounterRef): ChartOfDocument => ({
    patientId: ref.patientId,
    fhirBaseUrl,
  })
  const requestOf = (ref: EncounterRef, resourceType: string, signal: AbortSignal) => ({
    practiceId: ref.practiceId,
    resourceType,
    lane: 'write' as const,
    signal,
  })
  const list = (ref: EncounterRef, query: Readonly<Record<string, string>>, signal: AbortSignal) =>
    listDocuments(http, query, { limits, addresses }, requestOf(ref, 'DocumentReference', signal))

  async function searchByIdentifier(
    ref: EncounterRef,
    expected: ExpectedDocument,
    signal: AbortSignal,
  ): Promise<IdentifierSearch & { readonly brokenBy?: unknown }> {
    if (settings.searchableByIdentifier === false)
      return { outcome: 'unproven', reason: 'the EHR does not support searching by identifier' }
    const identifier = `${documentIdentifierSystem}|${expected.identifier}`
    try {
      return interpretIdentifierSearch(
        await list(ref, { patient: ref.patientId, identifier }, signal),
        (resource) => compareInline(resource, expected),
        expected,
        chartOf(ref),
        settings.searchableByIdentifier === true,
      )
    } catch (error) {
      const code = codeOf(error)
      const reason = `the search by identifier failed (${code})`
      if (refusedSearches.has(code)) return { outcome: 'unproven', reason }
      if (brokenSearches.has(code)) return { outcome: 'unproven', reason, brokenBy: error }
      throw error
    }
  }

  /** US Core's combinations, the widest first. The last one depends on the server's dates, so it cannot prove absence. */
  function recentSearches(ref: EncounterRef, sinceMs: number) {
    const patient = ref.patientId
    const [category] = content.categories.flatMap(({ system, code }) =>
      code === undefined ? [] : [system === undefined ? code : `${system}|${code}`],
    )
    const date = `ge${new Date(sinceMs - 24 * 3_600_000).toISOString().slice(0, 10)}`
    return [
      { query: { patient }, proves: true },
      ...(category === undefined
        ? []
        : [
            { query: { patient, category }, proves: true },
            { query: { patient, category, date }, proves: false },
          ]),
    ]
  }

  async function searchRecent(
    ref: EncounterRef,
    expected: ExpectedDocument,
    sentSince: Date,
    signal: AbortSignal,
  ): Promise<Reconciliation> {
    const sinceMs = sentSince.getTime() - clockSlackMs
    let reason = 'the EHR does not list the documents of a patient'
    for (const { query, proves } of recentSearches(ref, sinceMs)) {
      let answer: ListAnswer
      try {
        answer = await list(ref, query, signal)
      } catch (error) {
        if (!refusedSearches.has(codeOf(error))) throw error
        reason = `the search for the patient's documents failed (${codeOf(error)})`
        continue
      }
      const contents = await fetchContents(ref, answer, sinceMs, expected, signal)
      const result = interpretRecentDocuments(
        answer,
        (resource) => contents.get(resource) ?? compareInline(resource, expected),
        { sinceMs },
        expected,
        chartOf(ref),
      )
      if (result.outcome === 'present') return result
      if (result.outcome === 'absent' && proves) return result
      if (result.outcome === 'cannot_tell') {
        reason = result.reason
        // A narrower search only adds something if this one was incomplete.
        if (answer.cutOff === undefined) break
      }
    }
    return { outcome: 'cannot_tell', reason }
  }

  async function fetchContents(
    ref: EncounterRef,
    answer: ListAnswer,
    sinceMs: number,
    expected: ExpectedDocument,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<JsonObject, ContentComparison>> {
    const contents = new Map<JsonObject, ContentComparison>()
    let fetched = 0
    for (const resource of candidatesOf(answer, { sinceMs }, expected, chartOf(ref))) {
      fetched += compareAttachments(resource, expected).filter((one) => one.linked).length
      const compared =
        fetched > maxFetched
          ? compareInline(resource, expected)
          : await contentOf(ref, resource, expected, signal)
      // In a list, a matching size proves nothing.
      contents.set(resource, compared === 'same_size' ? 'unknown' : compared)
    }
    return contents
  }

  /** Compares by the resource, and fetches its attachments if that is not enough. */
  async function contentOf(
    ref: EncounterRef,
    resource: JsonObject,
    expected: ExpectedDocument,
    signal: AbortSignal,
  ): Promise<ContentComparison> {
    const compared: ContentComparison[] = []
    for (const { comparison, linked } of compareAttachments(resource, expected)) {
      const fetched =
        linked === undefined || compared.length >= maxFetched
          ? 'unknown'
          : await compareLinked(ref, linked, expected, signal)
      compared.push(fetched === 'unknown' ? comparison : fetched)
    }
    return combineComparisons(compared)
  }

  async function compareLinked(
    ref: EncounterRef,
    { url, contentType }: LinkedContent,
    expected: ExpectedDocument,
    signal: AbortSignal,
  ): Promise<ContentComparison> {
    const path = pathUnder(fhirBaseUrl, url)
    if (path === undefined) return 'unknown'
    try {
      const answer = await http.exchange(
        {
          method: 'GET',
          url: http.url(path, {}, ref.practiceId),
          accept: contentType === undefined ? '*/*' : `${contentType}, */*;q=0.5`,
        },
        requestOf(ref, 'Binary', signal),
      )
      if (compareBytes(answer.body, expected) === 'equal') return 'equal'
      const json = parseJsonIfAny(answer.body, limits, 'reading Binary')
      if (isObject(json)) {
        const data = json['resourceType'] === 'Binary' ? json['data'] : undefined
        return typeof data === 'string' && data !== ''
          ? compareBytes(Buffer.from(data, 'base64'), expected)
          : 'unknown'
      }
      // An empty answer or an HTML page is not the attachment's content.
      return answer.body.byteLength === 0 || /html/i.test(answer.contentType)
        ? 'unknown'
        : 'different'
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof GatewayError) return 'unknown'
      throw error
    }
  }

  async function readPeriod(ref: EncounterRef, document: DocumentToWrite, signal: AbortSignal) {
    if (!content.needsPeriod) return undefined
    const createdAt = document.createdAt.toISOString()
    const what = 'reading Encounter'
    const { body } = await http.exchange(
      {
        method: 'GET',
        url: http.url(`Encounter/${encodeURIComponent(ref.encounterId)}`, {}, ref.practiceId),
      },
      requestOf(ref, 'Encounter', signal),
    )
    const encounter = parseJson(body, limits, what)
    const start = textAt(encounter, 'period.start') ?? createdAt
    return { start, end: textAt(encounter, 'period.end') ?? start } satisfies EncounterPeriod
  }

  return {
    destination: 'DocumentReference',
    title: content.title,

    async reconcile(ref, { expected, sentSince }: ReconcileRequest, signal) {
      const found = await searchByIdentifier(ref, expected, signal)
      if (found.outcome !== 'unproven') return found
      // If it was never sent, the patient's other documents prove nothing; searching them only shows whether the EHR answers.
      if (sentSince === undefined && found.brokenBy === undefined)
        return { outcome: 'cannot_tell', reason: found.reason }
      const recent = await searchRecent(ref, expected, sentSince ?? clock.now(), signal)
      if (recent.outcome !== 'absent' || sentSince !== undefined) return recent
      return { outcome: 'cannot_tell', reason: found.reason }
    },

    async send(ref, document, signal): Promise<SendOutcome> {
      let period: EncounterPeriod | undefined
      try {
        period = await readPeriod(ref, document, signal)
      } catch (error) {
        // Nothing has been sent yet.
        return { outcome: 'refused', error }
      }
      return postDocument(
        http,
        {
          url: http.url('DocumentReference', {}, ref.practiceId),
          contentType: 'application/fhir+json',
          // Without this header a server may omit the body. @see https://hl7.org/fhir/R4/http.html#ops
          headers: { prefer: 'return=representation' },
          body: JSON.stringify(toDocumentReference(ref, document, content, period)),
        },
        requestOf(ref, 'DocumentReference', signal),
        (answer) => {
          const body = parseJsonIfAny(answer.body, limits, 'creating DocumentReference')
          const reading = readCreateAnswer({ ...answer, body })
          return reading.outcome === 'created' ? reading : unanswered(reading.reason)
        },
      )
    },

    async verify(ref, documentId, expected, signal): Promise<Verification> {
      const what = 'reading DocumentReference'
      try {
        const { body } = await http.exchange(
          {
            method: 'GET',
            url: http.url(
              `DocumentReference/${encodeURIComponent(documentId)}`,
              {},
              ref.practiceId,
            ),
            headers: { 'cache-control': 'no-cache' },
          },
          requestOf(ref, 'DocumentReference', signal),
        )
        const resource = parseJson(body, limits, what)
        if (!isObject(resource)) return cannotTell('the answer is not a DocumentReference')
        const compared = await contentOf(ref, resource, expected, signal)
        return verifyDocument(resource, compared, expected, chartOf(ref))
      } catch (error) {
        signal.throwIfAborted()
        if (!(error instanceof GatewayError)) return cannotTell('it cannot be read')
        return error.code === 'ehr_not_found'
          ? { verdict: 'not_ours', reason: 'not_found' }
          : cannotTell(`it cannot be read (${error.code})`)
      }
    },
  }
}

const cannotTell = (reason: string): Verification => ({ verdict: 'cannot_tell', reason })

function codeOf(error: unknown): string {
  return error instanceof GatewayError ? error.code : ''
}

/** The path below our base URL of a relative or absolute URL; undefined for a URL of another server. */
function pathUnder(fhirBaseUrl: string, url: string): string | undefined {
  const base = new URL(fhirBaseUrl.endsWith('/') ? fhirBaseUrl : `${fhirBaseUrl}/`)
  const target = URL.parse(url, base.href)
  if (target === null || target.host !== base.host || !/^https?:$/.test(target.protocol))
    return undefined
  const path = `${target.pathname}${target.search}`.slice(base.pathname.length)
  // A path that begins with slashes would name another host.
  return target.pathname.startsWith(base.pathname) && /^[A-Za-z]/.test(path) ? path : undefined
}
