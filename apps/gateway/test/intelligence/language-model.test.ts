import { analyze } from '@authscript/intelligence'
import type { Analysis, AssessedAnalysis } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { LanguageModelError } from '../../src/intelligence/model/language-model-error.ts'
import { aChart, aNote, orderId, silentNote } from './a-chart.ts'
import { aModelAnalyzer, breakerThreshold } from './a-model-analyzer.ts'
import {
  answering,
  askedOf,
  type Behaviour,
  breakingOff,
  completing,
  completionOf,
  hanging,
  hangingUp,
  proposing,
  startModelEndpoint,
} from './model-endpoint.ts'

const { signal } = new AbortController()
const nothing = proposing(() => [])

function assessed(analysis: Analysis): AssessedAnalysis {
  if (analysis.outcome !== 'assessed') throw new Error(`outcome ${analysis.outcome}`)
  return analysis
}

const openIn = (analysis: Analysis) =>
  assessed(analysis)
    .answers.filter(({ answer }) => answer === 'unclear')
    .map(({ criterionId }) => criterionId)

/** The result without its notices, which say how it was reached. */
const resultOf = (analysis: Analysis) => ({ ...assessed(analysis), notices: undefined })

describe('what the model is asked', () => {
  it('is the open questions alone, for an answer of a strict shape', async () => {
    await using endpoint = await startModelEndpoint(nothing)
    await using analyzer = aModelAnalyzer(endpoint)
    const chart = aChart()

    await analyzer.analyze(chart, orderId, signal)

    const [request] = endpoint.requests
    expect(request).toMatchObject({
      url: '/v1/chat/completions',
      authorization: 'Bearer a-key',
      body: { model: 'a-model', stream: false },
    })
    const open = openIn(analyze(chart, orderId))
    expect(open.length).toBeGreaterThan(0)
    expect(request === undefined ? [] : askedOf(request).criterionIds).toEqual(open)
    expect(request?.body.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: {
        strict: true,
        schema: {
          additionalProperties: false,
          required: ['proposals'],
          properties: {
            proposals: {
              items: {
                additionalProperties: false,
                properties: { criterionId: { enum: open }, documentId: { enum: ['note-1'] } },
              },
            },
          },
        },
      },
    })
  })

  it('has the notes as data between marks, and nothing of them in the instructions', async () => {
    await using endpoint = await startModelEndpoint(nothing)
    await using analyzer = aModelAnalyzer(endpoint)

    await analyzer.analyze(aChart(), orderId, signal)

    const [system, user, ...others] = endpoint.requests[0]?.body.messages ?? []
    const mark = /carry the mark (\w+)/.exec(system?.content ?? '')?.[1] ?? ''
    expect(others).toEqual([])
    expect(mark).toMatch(/^[A-Z2-9]{20}$/)
    expect(system).toMatchObject({ role: 'system' })
    expect(system?.content).not.toContain(silentNote)
    expect(user?.role).toBe('user')
    expect(user?.content).toContain(
      `[${mark} note-1 begins, of the visit]\n${silentNote}\n[${mark} note-1 ends]`,
    )
  })

  it('names no patient: no name, birth date, address, number or id of theirs', async () => {
    await using endpoint = await startModelEndpoint(nothing)
    await using analyzer = aModelAnalyzer(endpoint)
    const note = `Annabel QUILLFEATHER (DOB 1/31/1970, born January 31, 1970, member XQZ884411, MRN: 0098812, 617-555-0142, annabel.q@example.org, 12 Larkspur Lane) has back pain.`

    await analyzer.analyze(aChart({ notes: [aNote(note)] }), orderId, signal)

    const sent = JSON.stringify(endpoint.requests)
    expect(sent).toContain('has back pain.')
    for (const identity of [
      /annabel/i,
      /quillfeather/i,
      /1970/,
      /XQZ884411/,
      /0098812/,
      /555-0142/,
      /example\.org/,
      /larkspur/i,
      /60178/,
      /195900/,
      /doc-77/,
      /visit-1/,
    ]) {
      expect(sent).not.toMatch(identity)
    }
  })

  it('reads the notes of the visit first, then the newest, within the budget, and says what was left out', async () => {
    await using endpoint = await startModelEndpoint(nothing)
    await using analyzer = aModelAnalyzer({ ...endpoint, maxNoteCharacters: 100 })
    const notes = [
      aNote('x'.repeat(200), { id: 'ancient', daysBefore: 300 }),
      aNote('Seen last week for the same pain.', { id: 'recent', daysBefore: 7 }),
      aNote('Today.', { id: 'today' }),
      aNote('Seen last month.', { id: 'older', daysBefore: 30 }),
    ]

    const analysis = await analyzer.analyze(aChart({ notes }), orderId, signal)

    const { material } = askedOf(endpoint.requests[0] ?? expect.fail('nothing was asked'))
    expect(material.match(/note-\d begins.*\n.*/g)).toEqual([
      'note-1 begins, of the visit]\nToday.',
      'note-2 begins, 7 days before the visit]\nSeen last week for the same pain.',
      'note-3 begins, 30 days before the visit]\nSeen last month.',
    ])
    expect(assessed(analysis).notices.join()).toContain('3 notes, 1 note cut or left out')
  })
})

describe('who is asked at all', () => {
  it('PHI leaves for a listed practice alone: for another not one request is made', async () => {
    await using endpoint = await startModelEndpoint(nothing)
    await using analyzer = aModelAnalyzer({ ...endpoint, practices: ['1', '19590', '1959000'] })
    const chart = aChart()

    const analysis = await analyzer.analyze(chart, orderId, signal)

    expect(analysis).toEqual(analyze(chart, orderId))
    expect(endpoint.requests).toEqual([])
    expect(analyzer.outcomes).toEqual([])
  })

  it.each([
    { what: 'an order without a code', chart: aChart({ code: '' }) },
    { what: 'an order of no policy', chart: aChart({ code: '00000' }) },
    { what: 'a chart without notes', chart: aChart({ notes: [] }) },
    {
      what: 'a verdict that stands',
      chart: aChart({
        notes: [aNote('Saddle anesthesia since yesterday. Urinary retention is present.')],
      }),
    },
  ])('$what sends nothing', async ({ chart }) => {
    await using endpoint = await startModelEndpoint(nothing)
    await using analyzer = aModelAnalyzer(endpoint)

    const analysis = await analyzer.analyze(chart, orderId, signal)

    expect(analysis).toEqual(analyze(chart, orderId))
    expect(endpoint.requests).toEqual([])
  })
})

describe('what happens with the answer', () => {
  it('passages reach the rules with the ids of the chart and the exact text of the note', async () => {
    const note = 'Ms. Quillfeather went to\n  therapy since spring.'
    await using endpoint = await startModelEndpoint(
      proposing((request) => [
        {
          criterionId: askedOf(request).criterionIds[0],
          documentId: 'note-1',
          quote: 'Ms. ████████████ went to therapy since spring.',
          stance: 'supports',
        },
      ]),
    )
    await using analyzer = aModelAnalyzer(endpoint)
    const chart = aChart({ notes: [aNote(note)] })

    const analysis = await analyzer.analyze(chart, orderId, signal)

    const [criterionId] = openIn(analyze(chart, orderId))
    expect(analyzer.judged.at(-1)?.proposals).toEqual([
      { criterionId, documentId: 'doc-77', quote: note, stance: 'supports' },
    ])
    expect(assessed(analysis).notices).toEqual([
      expect.stringMatching(
        /^a language model read 1 note for \d+ open questions? and pointed at 1 passage;/,
      ),
    ])
    expect(analyzer.outcomes).toEqual(['answered'])
  })

  it('what cannot be verified is dropped: other questions, other notes, words that are not there, whole pages', async () => {
    const page = 'pain '.repeat(200)
    const good = { documentId: 'note-1', quote: 'pain', stance: 'supports' }
    await using endpoint = await startModelEndpoint(
      proposing((request) => {
        const [criterionId] = askedOf(request).criterionIds
        return [
          { ...good, criterionId: 'all_criteria' },
          { ...good, criterionId, documentId: 'note-2' },
          { ...good, criterionId, documentId: 'doc-77' },
          { ...good, criterionId, quote: 'completed 12 weeks of physical therapy' },
          { ...good, criterionId, quote: '  ' },
          { ...good, criterionId, quote: page },
          ...Array.from({ length: 60 }, () => ({ ...good, criterionId })),
        ]
      }),
    )
    await using analyzer = aModelAnalyzer(endpoint)

    await analyzer.analyze(aChart({ notes: [aNote(page)] }), orderId, signal)

    const proposals = analyzer.judged.at(-1)?.proposals ?? []
    expect(proposals).toHaveLength(34)
    expect(new Set(proposals.map(({ quote }) => quote))).toEqual(new Set(['pain']))
  })
})

describe('when the model does not help', () => {
  const failures: readonly {
    readonly what: string
    readonly behaviour: Behaviour
    readonly outcome: string
    readonly says: string
    readonly timeoutMs?: number
    readonly requests?: number
  }[] = [
    {
      what: 'it hangs',
      behaviour: hanging,
      outcome: 'timeout',
      says: 'did not answer in time',
      timeoutMs: 1000,
    },
    {
      what: 'it hangs up',
      behaviour: hangingUp,
      outcome: 'unreachable',
      says: 'could not be reached',
    },
    {
      what: 'its answer breaks off, a length announced',
      behaviour: breakingOff('content-length'),
      outcome: 'unreachable',
      says: 'did not complete',
    },
    {
      what: 'its answer breaks off, in chunks',
      behaviour: breakingOff('chunked'),
      outcome: 'unreachable',
      says: 'did not complete',
    },
    {
      what: 'it answers 401',
      behaviour: answering(401),
      outcome: 'misconfigured',
      says: 'refused the request',
    },
    {
      what: 'it answers 404',
      behaviour: answering(404),
      outcome: 'misconfigured',
      says: 'refused the request',
    },
    {
      what: 'it sends us elsewhere',
      behaviour: answering(307, { location: 'http://127.0.0.1:1/' }),
      outcome: 'misconfigured',
      says: 'refused the request',
    },
    {
      what: 'it answers 400 to the schema and without it',
      behaviour: answering(400),
      outcome: 'misconfigured',
      says: 'refused the request',
      requests: 2,
    },
    {
      what: 'it answers 429 twice',
      behaviour: answering(429, { 'retry-after': '1' }),
      outcome: 'busy',
      says: 'too busy',
      requests: 2,
    },
    {
      what: 'it answers 503 twice',
      behaviour: answering(503),
      outcome: 'busy',
      says: 'too busy',
      requests: 2,
    },
    { what: 'it answers 500', behaviour: answering(500), outcome: 'failing', says: 'failed' },
    {
      what: 'its answer is not JSON',
      behaviour: answering(200, {}, '<html>Bad Gateway</html>'),
      outcome: 'not_understood',
      says: 'not be parsed',
    },
    {
      what: 'its answer is a stream that nobody asked for',
      behaviour: answering(
        200,
        { 'content-type': 'text/event-stream' },
        'data: {"choices":[]}\n\n',
      ),
      outcome: 'not_understood',
      says: 'not be parsed',
    },
    {
      what: 'its answer is half a JSON text',
      behaviour: answering(200, {}, completionOf({ content: '{}' }).slice(0, 90)),
      outcome: 'not_understood',
      says: 'not be parsed',
    },
    {
      what: 'its answer has another shape',
      behaviour: answering(200, {}, '{"output": []}'),
      outcome: 'not_understood',
      says: 'not be parsed',
    },
    {
      what: 'its proposals have another shape',
      behaviour: completing({ content: '{"proposals": [{"quote": 1}]}' }),
      outcome: 'not_understood',
      says: 'not be parsed',
    },
    {
      what: 'its proposals are prose',
      behaviour: completing({ content: 'All criteria are met.' }),
      outcome: 'not_understood',
      says: 'not be parsed',
    },
    {
      what: 'it says nothing',
      behaviour: completing({ content: '' }),
      outcome: 'not_understood',
      says: 'not be parsed',
    },
    {
      what: 'it ran out of tokens',
      behaviour: completing({ content: '{"proposals": []}', finish_reason: 'length' }),
      outcome: 'cut_off',
      says: 'did not finish',
    },
    {
      what: 'it refuses',
      behaviour: completing({ refusal: 'I cannot help with that.' }),
      outcome: 'declined',
      says: 'declined',
    },
    {
      what: 'a filter stopped it',
      behaviour: completing({ content: '{"proposals": []}', finish_reason: 'content_filter' }),
      outcome: 'declined',
      says: 'declined',
    },
    {
      what: 'it answers ten megabytes',
      behaviour: completing({ content: ' '.repeat(10e6) }),
      outcome: 'too_large',
      says: "the language model's answer was too large",
    },
  ]

  it.each(failures)('$what: analyzes by rules only, with a notice', async (failure) => {
    await using endpoint = await startModelEndpoint(failure.behaviour)
    await using analyzer = aModelAnalyzer({ ...endpoint, timeoutMs: failure.timeoutMs ?? 20_000 })
    const chart = aChart()

    const analysis = await analyzer.analyze(chart, orderId, signal)

    expect(resultOf(analysis)).toEqual(resultOf(analyze(chart, orderId)))
    expect(assessed(analysis).notices).toEqual([expect.stringContaining(failure.says)])
    expect(assessed(analysis).notices.join()).toMatch(/; analyzed by rules only$/)
    expect(analyzer.outcomes).toEqual([failure.outcome])
    expect(endpoint.requests).toHaveLength(failure.requests ?? 1)
  })

  it('nothing listens: analyzes by rules only', async () => {
    await using analyzer = aModelAnalyzer({ baseUrl: 'http://127.0.0.1:1/v1' })

    await analyzer.analyze(aChart(), orderId, signal)

    expect(analyzer.outcomes).toEqual(['unreachable'])
  })

  it.each([
    { header: { 'retry-after': '7' }, pausesMs: [7000] },
    { header: {}, pausesMs: [750] },
    {
      header: {
        date: 'Mon, 15 Jun 2026 10:00:00 GMT',
        'retry-after': 'Mon, 15 Jun 2026 10:00:03 GMT',
      },
      pausesMs: [3000],
    },
  ])('429 is asked again once, after what it says: $header', async ({ header, pausesMs }) => {
    await using endpoint = await startModelEndpoint(answering(429, header), nothing)
    await using analyzer = aModelAnalyzer(endpoint)

    await analyzer.analyze(aChart(), orderId, signal)

    expect(analyzer.pausesMs).toEqual(pausesMs)
    expect(analyzer.outcomes).toEqual(['answered'])
    expect(endpoint.requests).toHaveLength(2)
  })

  it('a Retry-After beyond the time there is ends it at once', async () => {
    await using endpoint = await startModelEndpoint(answering(503, { 'retry-after': '20' }))
    await using analyzer = aModelAnalyzer({ ...endpoint, timeoutMs: 20_000 })

    await analyzer.analyze(aChart(), orderId, signal)

    expect(analyzer.pausesMs).toEqual([])
    expect(analyzer.outcomes).toEqual(['busy'])
    expect(endpoint.requests).toHaveLength(1)
  })

  it('an endpoint without structured output is asked for plain JSON, from then on at once', async () => {
    await using endpoint = await startModelEndpoint(
      answering(400),
      completing({ content: '```json\n{"proposals": []}\n```' }),
    )
    await using analyzer = aModelAnalyzer(endpoint)

    await analyzer.analyze(aChart(), orderId, signal)
    await analyzer.analyze(aChart(), orderId, signal)

    expect(endpoint.requests.map(({ body }) => body.response_format.type)).toEqual([
      'json_schema',
      'json_object',
      'json_object',
    ])
    expect(analyzer.outcomes).toEqual(['answered', 'answered'])
  })

  it('a dead model costs its timeout a few times, then nothing', async () => {
    await using endpoint = await startModelEndpoint(hanging)
    await using analyzer = aModelAnalyzer({ ...endpoint, timeoutMs: 1000 })

    for (let order = 0; order < breakerThreshold + 2; order += 1)
      await analyzer.analyze(aChart(), orderId, signal)

    expect(analyzer.outcomes).toEqual(['timeout', 'timeout', 'timeout', 'left_alone', 'left_alone'])
    expect(endpoint.requests).toHaveLength(breakerThreshold)
  })

  it('the number of concurrent requests is limited, and a waiting one is given up as soon as its task ends', async () => {
    const task = new AbortController()
    const reason = new Error('the task is over')
    await using endpoint = await startModelEndpoint(hanging)
    await using analyzer = aModelAnalyzer({ ...endpoint, timeoutMs: 1000, maxConcurrent: 1 })

    const first = analyzer.analyze(aChart(), orderId, signal)
    const second = analyzer.analyze(aChart(), orderId, task.signal)
    task.abort(reason)

    await expect(second).rejects.toBe(reason)
    await first
    expect(analyzer.outcomes).toEqual(['timeout'])
    expect(endpoint.requests).toHaveLength(1)
  })

  it('only an abort of the task itself is thrown', async () => {
    const task = new AbortController()
    const reason = new Error('the task is over')
    await using endpoint = await startModelEndpoint(() => task.abort(reason))
    await using analyzer = aModelAnalyzer(endpoint)

    const outcome = analyzer.analyze(aChart(), orderId, task.signal)

    await expect(outcome).rejects.toBe(reason)
    expect(analyzer.outcomes).toEqual([])
  })

  it('an error names its kind and nothing that was sent or received', () => {
    const error = new LanguageModelError('not_understood')

    expect(error).toMatchObject({
      message: 'language model: not_understood',
      code: 'language_model_failed',
      kind: 'permanent',
    })
    expect(error.cause).toBeUndefined()
  })
})
