import { deflateSync, gzipSync } from 'node:zlib'
import { type Answer, emptyAnswer, outcome, refusal } from './answers.ts'
import type { ReadFault } from './chart-faults.ts'
import { anotherPatientId } from './document-store.ts'
import type { FhirResource } from './fhir-engine.ts'

const redirected = '_redirected'

/** The answer that replaces a read; undefined if the request is answered normally. */
export function answerBefore(faults: readonly ReadFault[], url: URL): Answer | undefined {
  for (const { kind } of faults) {
    const answer = answerOf(kind, url)
    if (answer !== undefined) return answer
  }
  return undefined
}

function answerOf(kind: ReadFault['kind'], url: URL): Answer | undefined {
  switch (kind) {
    case 'redirect_307':
    case 'redirect_308': {
      if (url.searchParams.has(redirected)) return undefined
      const mark = `${url.search === '' ? '?' : '&'}${redirected}=1`
      const location = `${url.pathname}${url.search}${mark}`
      return emptyAnswer(Number(kind.slice(-3)), { location })
    }
    case 'redirect_other_host':
      return emptyAnswer(307, { location: `https://ehr.example.org${url.pathname}${url.search}` })
    case 'over_rate_403':
      return refusal(403, 'throttled', 'rate limit exceeded')
    case 'over_rate_429_body':
      return {
        ...refusal(429, 'throttled', 'rate limit exceeded'),
        body: JSON.stringify({
          resourceType: 'OperationOutcome',
          issue: [
            {
              severity: 'error',
              code: 'throttled',
              diagnostics: JSON.stringify({ _msBeforeNext: 200, _remainingPoints: 0 }),
            },
          ],
        }),
      }
    case 'over_rate_429_header':
      return {
        ...refusal(429, 'throttled', 'rate limit exceeded'),
        headers: { 'content-type': 'application/fhir+json', 'retry-after': '1' },
      }
    case 'status_400':
    case 'status_403':
    case 'status_404':
    case 'status_500':
      return refusal(Number(kind.slice(-3)), 'processing', 'not possible here')
    case 'html':
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html><body>Please sign in</body></html>',
      }
    case 'empty_body':
      return emptyAnswer(200, { 'content-type': 'application/fhir+json' })
    default:
      return undefined
  }
}

/** Applies faults to the entries of a search before paging. */
export function withEntryFaults(
  faults: readonly ReadFault[],
  entries: readonly object[],
  resourceType: string,
): readonly object[] {
  const has = (kind: ReadFault['kind']) => faults.some((fault) => fault.kind === kind)
  const said = (['information', 'warning', 'error'] as const)
    .filter((severity) => has(`outcome_${severity}`))
    .map((severity) => ({
      // `incomplete` says that something is missing, at any severity.
      resource:
        severity === 'information'
          ? outcome(severity, 'informational', 'answered by the local source')
          : outcome(severity, 'incomplete', 'an outside source did not answer'),
      search: { mode: 'outcome' },
    }))
  const others = has('others_patients') ? [anotherPatients(resourceType)] : []
  return [...others, ...entries, ...said]
}

/** Applies faults to the bytes of an answer. */
export function withWireFaults(
  faults: readonly ReadFault[],
  answer: Answer,
  fhirBaseUrl: string,
): Answer {
  let { body, headers } = answer
  for (const { kind } of faults) {
    if (kind === 'absolute_references')
      body = String(body).replaceAll(/"reference":"([A-Z]\w+\/)/g, `"reference":"${fhirBaseUrl}/$1`)
    else if (kind === 'byte_order_mark') body = `\uFEFF${String(body)}`
    else if (kind === 'truncated') body = String(body).slice(0, body.length / 2)
  }
  for (const { kind } of faults) {
    if (kind !== 'gzip' && kind !== 'deflate') continue
    body = kind === 'gzip' ? gzipSync(body) : deflateSync(body)
    headers = { ...headers, 'content-encoding': kind }
  }
  return { ...answer, headers, body }
}

export function withoutRedirectMark(parameters: URLSearchParams): URLSearchParams {
  const others = new URLSearchParams(parameters)
  others.delete(redirected)
  return others
}

function anotherPatients(resourceType: string): object {
  const reference = { reference: `Patient/${anotherPatientId}` }
  const resource: FhirResource = {
    resourceType,
    id: `of-another-${resourceType}`,
    status: 'active',
    intent: 'order',
    subject: reference,
    ...(resourceType === 'Coverage' ? { beneficiary: reference } : {}),
    code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '70551' }] },
  }
  return { resource, search: { mode: 'match' } }
}
