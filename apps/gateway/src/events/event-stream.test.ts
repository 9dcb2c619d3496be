import type { GatewayEvent } from '@authscript/prior-auth'
import { TaskOrchestrator } from '@authscript/orchestrator'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { type Contract, type EventSources, streamEvents } from './event-stream.ts'

const anEvent = (sequence: number, practiceId = 'ours'): GatewayEvent => ({
  id: `event-${sequence}`,
  sequence,
  eventType: 'EncounterDetected',
  practiceId,
  correlationId: 'enc-v',
  timestamp: '2026-01-01T00:00:00.000Z',
  source: 'test',
  data: { encounterId: 'v', patientId: 'x' },
})

/** A stream over stored and live events; `read` ends it and returns what was written. */
function open(options: {
  stored?: readonly GatewayEvent[]
  lastEventId?: number
  contract?: Contract
  capacity?: number
  isStalled?: boolean
}) {
  const {
    stored = [],
    lastEventId,
    contract = 'event-message',
    capacity = 100,
    isStalled = false,
  } = options
  const orchestrator = new TaskOrchestrator<GatewayEvent>({ subscriberChannelCapacity: capacity })
  const written: string[] = []
  const gate = Promise.withResolvers<void>()
  const gone = new AbortController()
  const sources: EventSources = {
    subscribe: (subscription) => orchestrator.getEventStream(subscription),
    after: async (sequence, limit, practiceIds) =>
      stored
        .filter((event) => event.sequence > sequence && practiceIds.includes(event.practiceId))
        .slice(0, limit),
    bounds: async () => ({ first: stored[0]?.sequence ?? 0, last: stored.at(-1)?.sequence ?? 0 }),
  }
  const reader = {
    async write(text: string) {
      if (isStalled && written.length === 1) await gate.promise
      written.push(text)
    },
  }
  const done = streamEvents(
    reader,
    sources,
    { contract, practiceIds: ['ours'], lastEventId, heartbeatMs: 60_000, signal: gone.signal },
    systemClock,
  )
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return {
    publish: (event: GatewayEvent) => orchestrator.publishEvent(event),
    turn,
    resume: () => gate.resolve(),
    async read() {
      for (let times = 0; times < 20; times += 1) await turn()
      gone.abort()
      await done
      return written.join('')
    },
  }
}

const ids = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))

describe('an event stream', () => {
  it('replays what was missed, then continues live, each event once', async () => {
    const stream = open({
      stored: [1, 2, 3, 4].map((sequence) => anEvent(sequence)),
      lastEventId: 2,
    })
    stream.publish(anEvent(4))
    stream.publish(anEvent(5))

    expect(ids(await stream.read())).toEqual([3, 4, 5])
  })

  it('shows no events of another practice, replayed or live', async () => {
    const stream = open({ stored: [anEvent(1), anEvent(2, 'theirs')], lastEventId: 0 })
    stream.publish(anEvent(3, 'theirs'))
    stream.publish(anEvent(4))

    expect(ids(await stream.read())).toEqual([1, 4])
  })

  it('sends a reader that was too slow a gap marker, and continues', async () => {
    const stream = open({ capacity: 3, isStalled: true })
    await stream.turn()
    for (let sequence = 1; sequence <= 10; sequence += 1) stream.publish(anEvent(sequence))
    for (let times = 0; times < 5; times += 1) await stream.turn()
    stream.resume()
    const text = await stream.read()

    expect(text).toMatch(/event: gap\ndata: \{"dropped":\d+,"after":\d+\}/)
    expect(ids(text).at(-1)).toBe(10)
  })

  it('sends a gap marker to a reader whose events have been deleted, and to one whose id is from another database', async () => {
    expect(await open({ stored: [anEvent(7)], lastEventId: 2 }).read()).toContain('"dropped":4')
    const foreign = open({ stored: [anEvent(7)], lastEventId: 99 })
    foreign.publish(anEvent(8))
    const text = await foreign.read()

    expect(text).toContain('event: gap')
    expect(ids(text)).toEqual([8])
  })

  it('sends the original’s contract as unnamed data lines, each with the id from which a reader resumes', async () => {
    const stream = open({ contract: 'notification' })
    stream.publish(anEvent(1))
    stream.publish({
      ...anEvent(2),
      eventType: 'PA_FORM_READY',
      data: { transactionId: 't', encounterId: 'v', patientId: 'x', message: 'm' },
    })
    const text = await stream.read()

    expect(text).toMatch(/^retry: 2000\n\nid: 2\ndata: \{"Type":"PA_FORM_READY".*\}\n\n$/)
  })
})
