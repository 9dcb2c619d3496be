import { expect, it } from 'vitest'
import type { DocumentWriter } from '../documents/document-writer.ts'
import { EhrBadRequestError, EhrWriteAmbiguousError } from '../fhir-errors.ts'
import type { CheckVerdict } from './check-line.ts'
import { toTestDocument } from './test-document.ts'
import { dryRunLine, writeTestDocument } from './writing-line.ts'

type Answers = Partial<
  Record<
    'send' | 'verify' | 'reconcile',
    | Awaited<ReturnType<DocumentWriter['send']>>
    | Awaited<ReturnType<DocumentWriter['verify']>>
    | Awaited<ReturnType<DocumentWriter['reconcile']>>
  >
>

const ref = { practiceId: '1', patientId: 'p', encounterId: 'e' }
const document = toTestDocument('u', new Date('2026-03-01T10:00:00Z'))
const refusal = new EhrBadRequestError('the EHR answered 422', { status: 422 })
const silence = new EhrWriteAmbiguousError('no answer')
const created = { outcome: 'created', documentId: '7' } as const
const unnamed = { outcome: 'created' } as const
const unknown = { outcome: 'unanswered', error: silence } as const
const present = { outcome: 'present', documentId: '8', evidence: 'content' } as const

/** A writer that gives these answers and records what it sends. */
function aWriter(answers: Answers) {
  const sent: string[] = []
  const writer = {
    destination: 'DocumentReference',
    title: 'of forms',
    send(_ref: unknown, { title }: { readonly title: string }) {
      sent.push(title)
      return Promise.resolve(answers.send)
    },
    verify: () => Promise.resolve(answers.verify),
    reconcile: () =>
      answers.reconcile === undefined
        ? Promise.reject(refusal)
        : Promise.resolve(answers.reconcile),
    // Each row lists the answers to the calls that follow from its outcome.
  } as DocumentWriter
  return { writer, sent }
}

it.each<{ readonly answers: Answers; readonly verdict: CheckVerdict; readonly found: RegExp }>([
  {
    answers: { send: created, verify: { verdict: 'ours', evidence: 'identifier' } },
    verdict: 'ok',
    found: /^created document 7; verified by identifier$/,
  },
  {
    answers: { send: created, verify: { verdict: 'not_ours', reason: 'another_content' } },
    verdict: 'failed',
    found: /^created document 7; not verified: .*another_content$/,
  },
  {
    answers: { send: created, verify: { verdict: 'cannot_tell', reason: 'r' } },
    verdict: 'warning',
    found: /^created document 7; not verified: r$/,
  },
  {
    answers: { send: { outcome: 'refused', error: refusal } },
    verdict: 'failed',
    found: /^refused by DocumentReference: ehr_bad_request$/,
  },
  {
    answers: { send: unnamed, reconcile: present },
    verdict: 'ok',
    found: /verified: .*8 by content/,
  },
  {
    answers: { send: unnamed, reconcile: { outcome: 'absent' } },
    verdict: 'failed',
    found: /^created, but .* not in the chart$/,
  },
  {
    answers: { send: unknown, reconcile: present },
    verdict: 'ok',
    found: /ehr_write_ambiguous.*8/,
  },
  {
    answers: { send: unknown, reconcile: { outcome: 'absent' } },
    verdict: 'failed',
    found: /ehr_write_ambiguous.*not in the chart$/,
  },
  {
    answers: { send: unknown, reconcile: { outcome: 'cannot_tell', reason: 'r' } },
    verdict: 'failed',
    found: /ehr_write_ambiguous.*not verified: r$/,
  },
  { answers: { send: unknown }, verdict: 'failed', found: /ehr_write_ambiguous.*ehr_bad_request/ },
])('says $verdict with $found and how to continue, and sends once', async (row) => {
  const { writer, sent } = aWriter(row.answers)

  const line = await writeTestDocument(writer, ref, document, new AbortController().signal)

  expect(line).toMatchObject({ what: 'writing', verdict: row.verdict })
  expect(line.found).toMatch(row.found)
  expect(line.fix).toMatch(/./)
  expect(sent).toEqual(['AuthScript write test: please delete'])
})

it.each([
  {
    can: 'yes',
    reason: undefined,
    verdict: 'skipped',
    found: /v1 API; nothing rules it out$/,
  },
  { can: 'no', reason: 'r', verdict: 'warning', found: /v1 API, but r$/ },
  { can: 'unknown', reason: 'r', verdict: 'skipped', found: /v1 API; r$/ },
] as const)('says without writing which API would be used: $can', (row) => {
  const line = dryRunLine('athena_v1', { resourceType: 'v1 document', ...row })

  expect(line.verdict).toBe(row.verdict)
  expect(line.found).toMatch(row.found)
})
