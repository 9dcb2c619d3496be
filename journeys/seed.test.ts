import { eventData } from '@authscript/prior-auth'
import { afterEach, describe, expect, it } from 'vitest'
import { readMessages } from './event-reader.ts'
import { holdAnswers } from './held-answers.ts'
import { startWorld, anEncounter, type World, type WorldOptions } from './world.ts'

/** The rows of the seed's tables that need the whole gateway; docs/seed.md lists where each row is shown. */

const approvable = anEncounter(1001, 60178)
const missing = anEncounter(1003, 60180)
const contradiction = anEncounter(1004, 60181)
const twoOrders = anEncounter(1008, 60185)

let world: World
const start = async (options: WorldOptions = {}) => {
  world = await startWorld(options)
  return world
}
afterEach(() => world[Symbol.asyncDispose]())

const ended = (encounterId: string) => (event: { eventType: string; data: object }) =>
  (event.eventType === 'EncounterProcessed' || event.eventType === 'EncounterProcessingFailed') &&
  (event.data as { encounterId: string }).encounterId === encounterId

describe('seed: Integration tests', () => {
  it('Parallel processing: several encounters are processed at once', async () => {
    const answers = holdAnswers()
    const { sandbox, sign, eventOf, events } = await start({
      sandboxClock: answers.clock,
      config: { TaskOrchestrator: { WorkerCount: 3, Resiliency: { RetryIntervalSeconds: 0.05 } } },
    })
    sandbox.control.addFault({ kind: 'latency', match: { resourceType: 'Observation' } })
    const started = async () =>
      (await events()).filter(({ eventType }) => eventType === 'EncounterProcessingStarted').length

    await sign(approvable, missing, contradiction)
    await expect.poll(started).toBe(3)
    const before = await events()
    answers.release()
    await Promise.all(
      [approvable, missing, contradiction].map(({ encounterId }) => eventOf(ended(encounterId))),
    )

    expect(before.map(({ eventType }) => eventType)).not.toContain('EncounterProcessed')
    const after = (await events()).map(({ eventType }) => eventType)
    expect(after.filter((type) => type === 'EncounterProcessed')).toHaveLength(3)
  })

  it('Retry behavior: a transient failure is retried and succeeds on attempt 2', async () => {
    const { sandbox, sign, eventOf, events } = await start()
    sandbox.control.addFault({
      kind: 'status',
      status: 503,
      match: { resourceType: 'Condition' },
      times: 1,
    })

    await sign(approvable)
    const end = await eventOf(ended(approvable.encounterId))

    expect(end.eventType).toBe('EncounterProcessed')
    const starts = (await events()).filter(
      (event) => event.eventType === 'EncounterProcessingStarted',
    )
    expect(starts.map((event) => event.data)).toMatchObject([{ attempt: 1 }, { attempt: 2 }])
    expect(
      sandbox.control.requests({ resourceType: 'Condition' }).map((request) => request.status),
    ).toEqual([503, 200])
    expect(sandbox.control.requests({ resourceType: 'Patient' })).toHaveLength(1)
  })

  it('Backpressure: when the queue is full, work waits in the database and none is lost', async () => {
    const { gateway, sign, eventOf, sandbox } = await start({
      config: {
        TaskOrchestrator: {
          WorkerCount: 1,
          MaxBacklog: 1,
          Resiliency: { RetryIntervalSeconds: 0.05 },
        },
      },
    })
    sandbox.control.addFault({ kind: 'latency', latencyMs: 40, match: { resourceType: 'Patient' } })
    const encounters = [
      approvable,
      missing,
      contradiction,
      twoOrders,
      anEncounter(1006, 60183),
      anEncounter(1007, 60184),
    ]
    let highest = 0
    const watching = new AbortController()
    const watch = (async () => {
      for await (const _item of gateway.orchestrator.getEventStream({ signal: watching.signal })) {
        highest = Math.max(highest, gateway.orchestrator.queuedCount)
      }
    })()

    await sign(...encounters)
    const ends = await Promise.all(encounters.map(({ encounterId }) => eventOf(ended(encounterId))))
    watching.abort()
    await watch

    expect(ends.map((event) => event.eventType)).toEqual(encounters.map(() => 'EncounterProcessed'))
    expect(highest).toBeLessThanOrEqual(1)
  })

  it('SSE broadcast: every client gets every event, while one of them never reads', async () => {
    const { ask, sign, events, eventOf } = await start()
    const path = '/api/events?contract=event-message&lastEventId=0'
    const [first, second, stalled] = await Promise.all([ask(path), ask(path), ask(path)])
    const isDone = (messages: readonly { event: string | undefined }[]) =>
      messages.some(({ event }) => event === 'EncounterProcessed')

    await sign(approvable)
    const [one, two] = await Promise.all([
      readMessages(first, isDone),
      readMessages(second, isDone),
    ])
    await eventOf(ended(approvable.encounterId))

    const stored = (await events()).map((event) => String(event.sequence))
    expect(one.map((message) => message.id)).toEqual(stored)
    expect(two.map((message) => message.id)).toEqual(stored)
    await stalled.body?.cancel()
  })

  it('Graceful shutdown: the queue drains before the gateway ends, and what does not fit is released, not lost', async () => {
    const answers = holdAnswers()
    const { gateway, sign, sandbox, eventOf, restart, events } = await start({
      sandboxClock: answers.clock,
      config: {
        TaskOrchestrator: {
          WorkerCount: 1,
          DrainTimeoutSeconds: 0.3,
          Resiliency: { RetryIntervalSeconds: 0.05 },
        },
      },
    })
    // The first encounter cannot be finished in time, however fast the machine is.
    sandbox.control.addFault({ kind: 'latency', match: { resourceType: 'Patient' } })
    const encounters = [approvable, missing, contradiction]
    await sign(...encounters)
    await eventOf((event) => event.eventType === 'EncounterProcessingStarted')

    const { unfinished, released } = await gateway.stop()
    sandbox.control.clearFaults()
    answers.release()
    await restart()
    await Promise.all(encounters.map(({ encounterId }) => eventOf(ended(encounterId))))

    expect(unfinished).toBeGreaterThan(0)
    expect(released).toBeGreaterThan(0)
    const endings = (await events()).filter((event) => event.eventType === 'EncounterProcessed')
    expect(endings).toHaveLength(encounters.length)
  })
})

describe('seed: Event types', () => {
  it('publishes each with its data, in the order of the journey, under the correlation id enc-{encounterId}', async () => {
    const { sign, eventOf, events } = await start()

    await sign(approvable)
    await eventOf(ended(approvable.encounterId))

    const allEvents = await events()
    expect(allEvents.map((event) => event.eventType)).toEqual([
      'EncounterDetected',
      'EncounterProcessingStarted',
      'ClinicalDataHydrated',
      'IntelligenceAnalysisComplete',
      'PdfGenerated',
      'WORK_ITEM_STATUS_CHANGED',
      'PA_FORM_READY',
      'EncounterProcessed',
    ])
    const { encounterId, patientId } = approvable
    for (const event of allEvents) {
      expect(event.correlationId).toBe(`enc-${encounterId}`)
      expect(eventData[event.eventType].safeParse(event.data).success).toBe(true)
    }
    const dataOf = (eventType: string) =>
      allEvents.find((event) => event.eventType === eventType)?.data
    expect(dataOf('EncounterDetected')).toEqual({ encounterId, patientId })
    expect(dataOf('EncounterProcessingStarted')).toMatchObject({
      encounterId,
      patientId,
      workerId: expect.any(String),
    })
    expect(dataOf('ClinicalDataHydrated')).toMatchObject({
      encounterId,
      conditionCount: 3,
      observationCount: 3,
    })
    expect(dataOf('IntelligenceAnalysisComplete')).toMatchObject({
      encounterId,
      recommendation: 'approve',
      confidence: 0.9,
    })
    expect(dataOf('PdfGenerated')).toMatchObject({ encounterId, pdfSizeBytes: expect.any(Number) })
    expect(dataOf('PA_FORM_READY')).toMatchObject({
      transactionId: expect.stringContaining(encounterId),
      encounterId,
      patientId,
      message: expect.any(String),
    })
  })

  it('EncounterProcessingFailed: after the last retry, with the reason and the number of attempts', async () => {
    const { sandbox, sign, eventOf, ask, keys } = await start()
    sandbox.control.addFault({
      kind: 'status',
      status: 500,
      match: { resourceType: 'ServiceRequest' },
    })

    await sign(approvable)
    const failure = await eventOf(ended(approvable.encounterId))

    expect(failure).toMatchObject({
      eventType: 'EncounterProcessingFailed',
      data: {
        encounterId: approvable.encounterId,
        attemptCount: 4,
        code: 'ehr_unavailable',
        error: 'the EHR answered 500 for ServiceRequest (its reason: transient)',
      },
    })
    sandbox.control.clearFaults()
    const letters = await ask('/api/dead-letters', { key: keys.operator })
    const { items } = (await letters.json()) as { items: { deadLetterId: string }[] }
    expect(items).toMatchObject([
      { encounterId: approvable.encounterId, code: 'ehr_unavailable', attemptCount: 4 },
    ])
    const redriven = await ask(`/api/dead-letters/${items[0]?.deadLetterId}/redrive`, {
      method: 'POST',
      key: keys.operator,
    })
    expect(redriven.status).toBe(202)
    await eventOf((event) => event.eventType === 'EncounterProcessed')
  })
})

describe('seed: Backward compatibility', () => {
  it('No breaking changes to Dashboard SSE client: unnamed data lines with the original keys', async () => {
    const { ask, sign } = await start({ config: { Events: { HeartbeatSeconds: 0.1 } } })
    const stream = await ask('/api/events')

    await sign(approvable)
    const messages = await readMessages(
      stream,
      (all, comments) => comments > 0 && all.some(({ data }) => data['Type'] === 'PA_FORM_READY'),
    )

    const ready = messages.find(({ data }) => data['Type'] === 'PA_FORM_READY')
    expect(ready?.event).toBeUndefined()
    expect(Object.keys(ready?.data ?? {})).toEqual([
      'Type',
      'TransactionId',
      'EncounterId',
      'PatientId',
      'Message',
      'WorkItemId',
      'NewStatus',
      'ServiceRequestId',
      'ProcedureCode',
    ])
    expect(ready?.data).toMatchObject({
      EncounterId: approvable.encounterId,
      PatientId: approvable.patientId,
      ProcedureCode: '72148',
    })
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    expect(stream.headers.get('cache-control')).toContain('no-cache')
  })

  it('replays what a reader missed after its Last-Event-ID, without gaps and without duplicates', async () => {
    const { ask, sign, eventOf, events } = await start()
    await sign(approvable)
    await eventOf(ended(approvable.encounterId))
    const stored = await events()
    const third = stored[2]?.sequence ?? 0

    const stream = await ask('/api/events?contract=event-message', {
      headers: { 'last-event-id': String(third) },
    })
    await sign(missing)
    const messages = await readMessages(
      stream,
      (all) => all.filter(({ event }) => event === 'EncounterProcessed').length === 2,
    )

    const expected = (await events())
      .map((event) => String(event.sequence))
      .filter((id) => Number(id) > third)
    expect(messages.map((message) => message.id)).toEqual(expected)
  })
})
