import { describe, expect, it } from 'vitest'
import { EhrAnswerError } from '../../fhir-errors.ts'
import type { Headers } from './answer.ts'
import { errorOf } from './answer-error.ts'

const nowMs = Date.parse('2026-06-15T18:00:00Z')
const hour = 3_600_000

const outcome = (code: string, rest: object = {}) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code, ...rest }],
})
const coded = (system: string, code: string) => ({ details: { coding: [{ system, code }] } })

interface Row {
  readonly status: number
  readonly headers?: Headers
  readonly body?: unknown
  readonly code: string
  readonly kind?: 'permanent' | 'transient'
  readonly waitMs?: number
}

const limited = (row: Omit<Row, 'code'>): Row => ({ ...row, code: 'ehr_rate_limited' })
const spent = (row: Omit<Row, 'code'>): Row => ({ ...row, code: 'ehr_quota_exhausted' })

const rows: readonly Row[] = [
  // 429, and the wait that it asks for.
  limited({ status: 429 }),
  limited({ status: 429, headers: { 'retry-after': '30' }, waitMs: 30_000 }),
  limited({ status: 429, headers: { 'retry-after': '0' }, waitMs: 0 }),
  limited({ status: 429, headers: { 'retry-after': '1.5' }, waitMs: 1500 }),
  limited({ status: 429, headers: { 'retry-after': ' 7 ' }, waitMs: 7000 }),
  limited({ status: 429, headers: { 'retry-after': '-5' } }),
  limited({ status: 429, headers: { 'retry-after': '' } }),
  limited({ status: 429, headers: { 'retry-after': 'soon' } }),
  limited({ status: 429, headers: { 'retry-after': '1e9' } }),
  limited({ status: 429, headers: { 'retry-after': 'Infinity' } }),
  limited({ status: 429, headers: { 'retry-after': '3600' }, waitMs: hour }),
  limited({ status: 429, headers: { 'retry-after': '3601' }, waitMs: hour }),
  limited({ status: 429, headers: { 'retry-after': '1000000000' }, waitMs: hour }),
  limited({ status: 429, headers: { 'retry-after': '999999999999999' }, waitMs: hour }),
  limited({
    status: 429,
    headers: { 'retry-after': 'Mon, 15 Jun 2026 18:02:00 GMT' },
    waitMs: 120_000,
  }),
  limited({
    status: 429,
    headers: { 'retry-after': 'Mon, 15 Jun 2026 17:00:00 GMT' },
    waitMs: 0,
  }),
  limited({
    status: 429,
    headers: {
      date: 'Mon, 15 Jun 2026 20:00:00 GMT',
      'retry-after': 'Mon, 15 Jun 2026 20:00:10 GMT',
    },
    waitMs: 10_000,
  }),
  limited({
    status: 429,
    headers: { 'retry-after': 'Sun, 15 Jun 2126 18:02:00 GMT' },
    waitMs: hour,
  }),
  limited({ status: 429, headers: { 'retry-after': ['soon', '4'] }, waitMs: 4000 }),
  limited({ status: 429, headers: { 'x-ms-retry-after-ms': '1234' }, waitMs: 1234 }),
  limited({ status: 429, headers: { 'retry-after-ms': '250', 'retry-after': '9' }, waitMs: 250 }),
  limited({ status: 429, headers: { 'x-rate-limit-retry-after-seconds': '11' }, waitMs: 11_000 }),
  limited({
    status: 429,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '42' },
    waitMs: 42_000,
  }),
  limited({
    status: 429,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(nowMs / 1000 + 5) },
    waitMs: 5000,
  }),
  limited({ status: 429, headers: { ratelimit: '"fhirInteractions";r=0;t=30' }, waitMs: 30_000 }),
  limited({ status: 429, body: 'please retry after 30 seconds', waitMs: 30_000 }),
  limited({ status: 429, body: { retryAfter: 12 }, waitMs: 12_000 }),
  limited({ status: 429, body: { error: { retry_after: '3' } }, waitMs: 3000 }),
  limited({ status: 429, body: { retryAfterMs: 800 }, waitMs: 800 }),
  limited({ status: 429, body: { retryDelay: '30s' }, waitMs: 30_000 }),
  limited({
    status: 429,
    body: outcome('throttled', { diagnostics: 'Try again in 2 minutes.' }),
    waitMs: 120_000,
  }),
  limited({
    status: 429,
    body: { statusCode: 429, message: 'Rate limit is exceeded. Try again in 27 seconds.' },
    waitMs: 27_000,
  }),
  limited({ status: 429, body: 'wait 90000 s', waitMs: hour }),
  limited({ status: 429, body: outcome('throttled', { details: { text: 'no time is named' } }) }),
  // 403 of an API gateway with a rate limit.
  limited({ status: 403, headers: { 'retry-after': '2' }, waitMs: 2000 }),
  limited({ status: 403, headers: { 'x-ratelimit-remaining': '0' } }),
  limited({ status: 403, headers: { 'x-mashery-error-code': 'ERR_403_DEVELOPER_OVER_QPS' } }),
  limited({ status: 403, body: '<h1>Account Over Queries Per Second Limit</h1>' }),
  limited({ status: 403, body: '<h1>Developer Over Qps</h1>' }),
  limited({ status: 403, body: outcome('throttled') }),
  limited({
    status: 403,
    body: outcome('forbidden', coded('https://ehr.example/codes', 'throttled')),
  }),
  limited({ status: 403, body: outcome('forbidden', { diagnostics: 'Rate limit exceeded' }) }),
  limited({ status: 403, body: { message: 'You are being throttled' } }),
  limited({ status: 403, body: { error: { code: 'TooManyRequests' } } }),
  // A daily quota.
  spent({
    status: 403,
    headers: { 'x-mashery-error-code': 'ERR_403_DEVELOPER_OVER_RATE' },
    waitMs: hour,
  }),
  spent({
    status: 403,
    headers: { 'x-mashery-error-code': 'ERR_403_ACCOUNT_OVER_RATE', 'retry-after': '60' },
    waitMs: 60_000,
  }),
  spent({
    status: 403,
    body: { message: 'Out of call volume quota. Quota will be replenished in 00:12:31.' },
    waitMs: 751_000,
  }),
  spent({ status: 429, body: 'daily quota exceeded', waitMs: hour }),
  spent({ status: 429, body: 'You made 50000 calls; the limit is 50000 per day', waitMs: hour }),
  // 403 that means forbidden.
  { status: 403, code: 'ehr_forbidden' },
  { status: 403, body: outcome('forbidden'), code: 'ehr_forbidden' },
  {
    status: 403,
    body: outcome('security', { diagnostics: 'insufficient scope' }),
    code: 'ehr_forbidden',
  },
  { status: 403, headers: { 'x-ratelimit-remaining': '10' }, code: 'ehr_forbidden' },
  {
    status: 403,
    body: 'This corporate limited access area; accelerate with us',
    code: 'ehr_forbidden',
  },
  // The rest of 4xx.
  { status: 400, body: outcome('invalid'), code: 'ehr_bad_request' },
  { status: 401, code: 'ehr_unauthorized' },
  { status: 402, code: 'ehr_bad_request' },
  { status: 404, code: 'ehr_not_found' },
  { status: 404, body: outcome('not-found'), code: 'ehr_not_found' },
  { status: 405, code: 'ehr_not_supported' },
  { status: 406, code: 'ehr_bad_request' },
  { status: 407, code: 'ehr_bad_request' },
  { status: 408, code: 'ehr_timeout', kind: 'transient' },
  { status: 409, code: 'ehr_bad_request' },
  { status: 410, code: 'ehr_not_found' },
  { status: 412, code: 'ehr_bad_request' },
  { status: 413, code: 'ehr_bad_request' },
  { status: 414, code: 'ehr_bad_request' },
  { status: 415, code: 'ehr_bad_request' },
  { status: 418, code: 'ehr_bad_request' },
  { status: 421, code: 'ehr_unavailable', kind: 'transient' },
  { status: 422, body: outcome('processing'), code: 'ehr_bad_request' },
  {
    status: 425,
    headers: { 'retry-after': '1' },
    code: 'ehr_unavailable',
    kind: 'transient',
    waitMs: 1000,
  },
  // 5xx.
  { status: 500, code: 'ehr_unavailable', kind: 'transient' },
  { status: 501, code: 'ehr_not_supported' },
  { status: 502, body: '<html>Bad Gateway</html>', code: 'ehr_unavailable', kind: 'transient' },
  {
    status: 503,
    headers: { 'retry-after': '20' },
    code: 'ehr_unavailable',
    kind: 'transient',
    waitMs: 20_000,
  },
  {
    status: 503,
    headers: { 'retry-after': '86400' },
    code: 'ehr_unavailable',
    kind: 'transient',
    waitMs: hour,
  },
  {
    status: 503,
    body: 'back in maintenance, retry in 5 minutes',
    code: 'ehr_unavailable',
    kind: 'transient',
    waitMs: 300_000,
  },
  { status: 504, code: 'ehr_unavailable', kind: 'transient' },
  { status: 522, code: 'ehr_unavailable', kind: 'transient' },
  // Statuses that are not valid answers to a request.
  { status: 101, code: 'ehr_malformed', kind: 'transient' },
  { status: 304, code: 'ehr_malformed', kind: 'transient' },
  { status: 600, code: 'ehr_malformed', kind: 'transient' },
  { status: 999, code: 'ehr_malformed', kind: 'transient' },
]

const kindOf: Readonly<Record<string, string>> = {
  ehr_rate_limited: 'transient',
  ehr_quota_exhausted: 'transient',
}

const answerOf = ({ status, headers = {}, body }: Pick<Row, 'status' | 'headers' | 'body'>) => ({
  status,
  headers,
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? '')),
})
const said = (row: Pick<Row, 'status' | 'headers' | 'body'>) =>
  errorOf(answerOf(row), { resourceType: 'Condition', nowMs })

describe('errorOf', () => {
  it.each(rows.map((row) => ({ ...row, name: JSON.stringify([row.headers, row.body]) })))(
    'maps $status $name to $code with a wait of $waitMs ms',
    ({ code, kind, waitMs, ...row }) => {
      expect(said(row)).toMatchObject({
        code,
        kind: kind ?? kindOf[code] ?? 'permanent',
        retryAfterMs: waitMs,
      })
    },
  )

  it.each([200, 201, 204, 299])('finds no error in %d', (status) => {
    expect(said({ status, body: outcome('throttled') })).toBeUndefined()
  })

  it('waits for the next day (GMT) if it is less than an hour away', () => {
    const error = errorOf(answerOf({ status: 429, body: 'daily quota exceeded' }), {
      resourceType: 'Condition',
      nowMs: Date.parse('2026-06-15T23:50:00Z'),
    })

    expect(error).toMatchObject({ code: 'ehr_quota_exhausted', retryAfterMs: 600_000 })
  })

  it.each([400, 403, 404, 406, 412, 415, 422, 429, 500])(
    'puts the codes of the EHR into the message of %d, and never its text',
    (status) => {
      const error = said({
        status,
        body: outcome('invalid', {
          ...coded('urn:oid:1.2.840.114350.1.13.0.1.7.2.657369', '4119'),
          diagnostics: 'Patient Ann Testcase, born 1970-03-02',
        }),
      })

      if (!(error instanceof EhrAnswerError)) throw new Error('expected an EhrAnswerError')
      expect(error.reasonCodes).toEqual([
        'invalid',
        'urn:oid:1.2.840.114350.1.13.0.1.7.2.657369|4119',
      ])
      expect(error.message).toContain('4119')
      expect(error.message).not.toMatch(/Testcase|1970/)
      expect(error.detail).toBe('Patient Ann Testcase, born 1970-03-02')
    },
  )

  it('does not treat a sentence as a code', () => {
    const error = said({
      status: 400,
      body: outcome('invalid', {
        details: { coding: [{ code: 'Ann Testcase is unknown' }, { system: 'Ann T', code: 'x1' }] },
      }),
    })

    expect(error).toMatchObject({ reasonCodes: ['invalid', 'x1'] })
  })

  it('keeps at most 500 characters of the text', () => {
    const error = said({ status: 400, body: outcome('invalid', { diagnostics: 'x'.repeat(9000) }) })

    expect(error).toMatchObject({ detail: 'x'.repeat(500) })
  })

  it.each([
    ['deep', '['.repeat(100_000)],
    ['wide', `[${'{},'.repeat(500_000)}{}]`],
    ['of words', 'retry after '.repeat(300_000)],
    ['of digits', `retry after ${'9'.repeat(1_000_000)}`],
    ['of blanks', `retry${' '.repeat(1_000_000)}`],
    ['of bytes that are not text', Buffer.alloc(100_000, 0xff).toString('latin1')],
    [
      'of no shape',
      JSON.stringify({ resourceType: 'OperationOutcome', issue: [null, 3, { details: [] }] }),
    ],
  ])('classifies an error by its status if its body is %s', (_name, body) => {
    expect(said({ status: 400, body })).toMatchObject({ code: 'ehr_bad_request' })
  })
})
