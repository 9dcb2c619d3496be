import { getEventListeners } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { analyze, policies, UnknownOrderError } from '@authscript/intelligence'
import { caseTables, orderId as caseOrderId, toBundle } from '@authscript/labelled-cases'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createJudge, type Judge, type JudgeOptions } from '../../src/intelligence/judge/judge.ts'
import { stopTime } from '../stopped-time.ts'
import { aChart, aNote, orderId, silentNote } from './a-chart.ts'

const { signal } = new AbortController()
const workerFile = new URL('./judge-that-fails.ts', import.meta.url)
const opened: Judge[] = []

function aJudge(options: Partial<JudgeOptions> = {}): Judge {
  const judge = createJudge({ switchedOn: [], policies, threads: 1, ...options })
  opened.push(judge)
  return judge
}

afterEach(() => Promise.all(opened.splice(0).map((judge) => judge.stop())))

describe('judging in a thread', () => {
  // A thread takes a second to read the lexicon.
  const switchedOn = policies.flatMap(({ policyId, off }) => (off === undefined ? [] : policyId))
  const all = createJudge({ switchedOn, policies, threads: 1 })
  const usual = createJudge({ switchedOn: [], policies, threads: 1 })
  afterAll(() => Promise.all([all.stop(), usual.stop()]))

  it('answers as in process: a case of every policy, switched on or off', async () => {
    for (const { cases } of caseTables) {
      for (const { chart } of cases.slice(0, 2)) {
        const bundle = toBundle(chart)
        const analysis = await all.judge(bundle, caseOrderId, {}, signal)

        expect(analysis).toStrictEqual(analyze(bundle, caseOrderId, { switchedOn, policies }))
      }
    }
  })

  it('answers as in process where a language model points at a passage', async () => {
    const claim = 'Completed 12 weeks of physical therapy without relief.'
    const chart = aChart({ notes: [aNote(`${silentNote} ${claim}`)] })
    const open = analyze(chart, orderId)
    const options = {
      notices: ['read by a model'],
      proposals: (open.outcome === 'assessed' ? open.answers : []).map(({ criterionId }) => ({
        criterionId,
        documentId: 'doc-77',
        quote: claim,
        stance: 'supports' as const,
      })),
    }

    const analysis = await usual.judge(chart, orderId, options, signal)

    expect(analysis).toStrictEqual(analyze(chart, orderId, options))
    expect(analysis).toMatchObject({ notices: expect.arrayContaining(['read by a model']) })
  })

  it('leaves the main thread free while two megabytes of notes are judged', async () => {
    const prose = 'Walked the dog on Sunday and had lunch with her sister. '.repeat(18_000)
    const chart = aChart({ notes: [aNote(prose), aNote(prose, { id: 'doc-2', daysBefore: 7 })] })
    // The thread has started: so the wait below is for the analysis alone.
    await usual.judge(aChart(), orderId, {}, signal)
    let ticks = 0
    const ticking = setInterval(() => (ticks += 1), 1)

    const analysis = await usual.judge(chart, orderId, {}, signal)
    clearInterval(ticking)

    expect(ticks).toBeGreaterThan(10)
    expect(analysis.outcome).toBe('assessed')
  })

  it('sends a chart once, and names it for its other orders', async () => {
    const judge = aJudge({ workerFile })
    const chart = aChart()

    const reasons = []
    for (const order of ['first', 'second', 'third'])
      reasons.push(await judge.judge(chart, order, {}, signal))

    expect(reasons).toMatchObject([
      { reason: 'whole' },
      { reason: 'by name' },
      { reason: 'by name' },
    ])
  })

  it('sends a chart again when its thread has judged another one meanwhile', async () => {
    const [chart, other] = [aChart(), aChart({ code: '73721' })]
    const analysis = await usual.judge(chart, orderId, {}, signal)
    await usual.judge(other, orderId, {}, signal)

    expect(await usual.judge(chart, orderId, {}, signal)).toStrictEqual(analysis)
  })

  it('an order that the chart lacks is unknown, as in process', async () => {
    const judging = usual.judge(aChart(), 'order-9', {}, signal)

    await expect(judging).rejects.toThrow(UnknownOrderError)
    await expect(judging).rejects.toMatchObject({
      code: 'unknown_order',
      message: 'order order-9 is not in the chart',
    })
  })
})

describe('an order that harms its thread', () => {
  it.each([
    ['hang', 'judgement_limit', 'permanent', /took longer than 50000 ms/],
    ['exhaust', 'judgement_limit', 'permanent', /exceeds the memory/],
    ['crash', 'judgement_failed', 'transient', /was lost/],
    ['throw', 'judgement_failed', 'transient', /was lost/],
    ['fail', 'judgement_failed', 'permanent', /a defect: TypeError$/],
  ])('%s: fails alone with %s (%s); the next one is judged', async (order, code, kind, message) => {
    const limitMs = 50_000
    using time = order === 'hang' ? stopTime() : undefined
    const judge = aJudge({ workerFile, limitMs, maxHeapMb: 64 })
    const chart = aChart()

    const harmful = judge.judge(chart, order, {}, signal)
    const next = judge.judge(chart, 'next', {}, signal)
    await time?.useUp(limitMs)

    await expect(harmful).rejects.toMatchObject({
      code,
      kind,
      message: expect.stringMatching(message),
    })
    expect(await next).toMatchObject({ order: { serviceRequestId: 'next' } })
  })

  it('is not one that waited for the start of its thread', async () => {
    using time = stopTime()
    const judge = aJudge({ workerFile, limitMs: 1000 })

    const judging = judge.judge(aChart(), 'first', {}, signal)
    await time.passBeforeBegin(30_000)

    expect(await judging).toMatchObject({ order: { serviceRequestId: 'first' } })
  })

  it('says where a defect is, and nothing of the chart', async () => {
    // Not a chart at all: the rules fail on it somewhere.
    const chart = { ...aChart(), conditions: ['Annabel Quillfeather'] } as unknown as ReturnType<
      typeof aChart
    >

    const error = await aJudge()
      .judge(chart, orderId, {}, signal)
      .catch((reason: unknown) => reason)

    expect(error).toMatchObject({
      code: 'judgement_failed',
      kind: 'permanent',
      stack: expect.stringMatching(/ at analyze .*analyze\.ts:\d+/),
    })
    expect(error).not.toHaveProperty('cause')
    expect(`${String(error)} ${(error as Error).stack}`).not.toContain('Quillfeather')
  })
})

describe('giving up', () => {
  it('ends the order with the reason of the caller, running or waiting; the next one is judged', async () => {
    const judge = aJudge({ workerFile })
    const controller = new AbortController()
    const running = judge.judge(aChart(), 'hang', {}, controller.signal)
    const waiting = judge.judge(aChart(), 'waits', {}, controller.signal)

    controller.abort(new Error('given up'))

    await expect(running).rejects.toThrow('given up')
    await expect(waiting).rejects.toThrow('given up')
    expect(await judge.judge(aChart(), 'next', {}, signal)).toMatchObject({ reason: 'whole' })
  })

  it('leaves no listener behind, however an order ended', async () => {
    using time = stopTime()
    // With the usual limit.
    const limitMs = 40_000
    const judge = aJudge({ workerFile })
    const controller = new AbortController()
    for (const order of ['judged', 'crash', 'hang']) {
      const ended = judge
        .judge(aChart(), order, {}, controller.signal)
        .catch((error: unknown) => error)
      if (order === 'hang') await time.useUp(limitMs)
      const end = await ended
      if (order === 'hang') expect(end).toMatchObject({ code: 'judgement_limit' })
    }

    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })
})

describe('stopping', () => {
  it('lets the present order finish, and takes no other', async () => {
    const judge = aJudge()
    const chart = aChart()
    await judge.judge(chart, orderId, {}, signal)
    const last = judge.judge(chart, orderId, {}, signal)
    // Handed to the thread.
    await nextTurn()

    await judge.stop()

    expect(await last).toStrictEqual(analyze(chart, orderId))
    await expect(judge.judge(chart, orderId, {}, signal)).rejects.toMatchObject({
      code: 'judgement_failed',
      kind: 'transient',
    })
  })

  it('ends a thread that hangs', async () => {
    const judge = aJudge({ workerFile })
    await judge.judge(aChart(), 'first', {}, signal)
    const ended = judge.judge(aChart(), 'hang', {}, signal).catch((error: unknown) => error)
    await nextTurn()

    await judge.stop()

    expect(await ended).toMatchObject({ code: 'judgement_failed', kind: 'transient' })
  })
})
