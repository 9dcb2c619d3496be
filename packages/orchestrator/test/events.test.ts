import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import {
  createEventMessage,
  type EventMessage,
  FakeClock,
  type StreamItem,
  TaskOrchestrator,
} from '../src/index.ts'
import { turn } from './held-task.ts'

const anEvent = (sequence: number): EventMessage => ({
  id: `event-${sequence}`,
  eventType: 'Counted',
  correlationId: 'enc-1',
  timestamp: '2026-01-01T00:00:00.000Z',
  source: 'test',
  data: { sequence },
  sequence,
})

const anOrchestrator = (subscriberChannelCapacity = 10) =>
  new TaskOrchestrator({ clock: new FakeClock(), subscriberChannelCapacity })

/** `3`: event 3; `gap 2`: two were dropped. */
function toText(items: readonly StreamItem<EventMessage>[]): string[] {
  return items.map((item) =>
    item.kind === 'gap' ? `gap ${item.dropped}` : String(item.event.sequence),
  )
}

function publish(orchestrator: TaskOrchestrator, from: number, to: number): void {
  for (let sequence = from; sequence <= to; sequence += 1)
    orchestrator.publishEvent(anEvent(sequence))
}

describe('an event stream', () => {
  it('wakes a reader that waits, once for all that a turn published', async () => {
    const orchestrator = anOrchestrator()
    const stream = orchestrator.getEventStream()
    const waiting = [stream.next(), stream.next()]

    publish(orchestrator, 1, 2)

    const items = await Promise.all(waiting)
    expect(toText(items.map(({ value }) => value))).toEqual(['1', '2'])
  })

  it('keeps to the capacity that its reader asked for, and to the broadcaster’s at most', async () => {
    const orchestrator = anOrchestrator()
    const small = orchestrator.getEventStream({ capacity: 2 })
    const large = orchestrator.getEventStream({ capacity: 99 })

    publish(orchestrator, 1, 12)
    orchestrator.endStreams()

    expect(toText(await Array.fromAsync(small))).toEqual(['gap 10', '11', '12'])
    expect(toText(await Array.fromAsync(large))).toEqual([
      'gap 2',
      ...Array.from({ length: 10 }, (_, index) => String(index + 3)),
    ])
  })

  it('reports each gap once, with exactly how many events were dropped since the last', async () => {
    const orchestrator = anOrchestrator(2)
    const stream = orchestrator.getEventStream()
    publish(orchestrator, 1, 5)
    const first = [await stream.next(), await stream.next()]
    publish(orchestrator, 6, 8)
    const second = [await stream.next(), await stream.next(), await stream.next()]

    expect(toText(first.map(({ value }) => value))).toEqual(['gap 3', '4'])
    expect(toText(second.map(({ value }) => value))).toEqual(['gap 2', '7', '8'])
    expect(orchestrator.stats.droppedEventCount).toBe(5)
  })

  it('counts what a reader that never reads has missed, while it is there and after', async () => {
    const orchestrator = anOrchestrator(2)
    const stalled = orchestrator.getEventStream()
    publish(orchestrator, 1, 5)
    expect(orchestrator.stats.droppedEventCount).toBe(3)

    await stalled.return()
    publish(orchestrator, 6, 9)

    expect(orchestrator.stats.droppedEventCount).toBe(3)
  })

  it.each([
    { replay: 0, kept: [] },
    { replay: 2, kept: ['4', '5'] },
    { replay: 99, kept: ['2', '3', '4', '5'] },
  ])('replays the latest $replay events that are still there', async ({ replay, kept }) => {
    const orchestrator = anOrchestrator(4)
    publish(orchestrator, 1, 5)

    const stream = orchestrator.getEventStream({ replay })
    orchestrator.publishEvent(anEvent(6))
    orchestrator.endStreams()

    const seen = toText(await Array.fromAsync(stream))
    // A whole window and one more is one too many.
    expect(seen).toEqual(kept.length === 4 ? ['gap 1', '3', '4', '5', '6'] : [...kept, '6'])
  })

  it('replays what there is when less was published than it keeps', async () => {
    const orchestrator = anOrchestrator(4)
    publish(orchestrator, 1, 2)

    const stream = orchestrator.getEventStream({ replay: 3 })
    orchestrator.endStreams()

    expect(toText(await Array.fromAsync(stream))).toEqual(['1', '2'])
  })

  it('passes over what its filter refuses', async () => {
    const orchestrator = anOrchestrator(4)
    const odd = { filter: ({ sequence = 0 }: EventMessage) => sequence % 2 === 1 }
    const stream = orchestrator.getEventStream(odd)
    const batches = orchestrator.getEventStream(odd).batches()
    const waiting = batches.next()

    publish(orchestrator, 1, 4)
    const first = await waiting
    orchestrator.publishEvent(anEvent(6))
    orchestrator.endStreams()

    expect(toText(await Array.fromAsync(stream))).toEqual(['gap 1', '3'])
    expect(toText(first.value ?? [])).toEqual(['1', '3'])
    await expect(batches.next()).resolves.toEqual({ done: true, value: undefined })
  })

  it('ends with the error of a filter that throws, and no other stream does', async () => {
    const orchestrator = anOrchestrator()
    const broken = orchestrator.getEventStream({
      filter() {
        throw new Error('filter')
      },
    })
    const other = orchestrator.getEventStream()
    const waiting = broken.next()
    publish(orchestrator, 1, 1)

    await expect(waiting).rejects.toThrow('filter')
    await expect(broken.next()).resolves.toMatchObject({ done: true })
    await expect(other.next()).resolves.toMatchObject({ done: false })
    expect(orchestrator.stats.subscriberCount).toBe(1)
  })

  it('rejects at once when the filter throws at an event that is already there', async () => {
    const orchestrator = anOrchestrator()
    const broken = orchestrator.getEventStream({
      filter() {
        throw new Error('filter')
      },
    })
    publish(orchestrator, 1, 1)

    await expect(broken.next()).rejects.toThrow('filter')
  })

  it.each([
    {
      way: 'a loop that is left',
      async leave(orchestrator: TaskOrchestrator) {
        for await (const _item of orchestrator.getEventStream({ replay: 1 })) break
      },
    },
    {
      way: 'a loop that throws',
      async leave(orchestrator: TaskOrchestrator) {
        const reading = async () => {
          for await (const _item of orchestrator.getEventStream({ replay: 1 }))
            throw new Error('reader')
        }
        await expect(reading()).rejects.toThrow('reader')
      },
    },
    {
      way: 'a loop over batches that is left',
      async leave(orchestrator: TaskOrchestrator) {
        for await (const _items of orchestrator.getEventStream({ replay: 1 }).batches()) break
      },
    },
    {
      way: 'throw()',
      async leave(orchestrator: TaskOrchestrator) {
        await expect(orchestrator.getEventStream().throw(new Error('thrown'))).rejects.toThrow(
          'thrown',
        )
      },
    },
    {
      way: 'return(), twice',
      async leave(orchestrator: TaskOrchestrator) {
        const stream = orchestrator.getEventStream()
        await stream.return()
        await expect(stream.return()).resolves.toEqual({ done: true, value: undefined })
      },
    },
    {
      way: 'a signal that had aborted before',
      async leave(orchestrator: TaskOrchestrator) {
        const stream = orchestrator.getEventStream({ signal: AbortSignal.abort() })
        await expect(stream.next()).resolves.toMatchObject({ done: true })
      },
    },
  ])('gives up its place: $way', async ({ leave }) => {
    const orchestrator = anOrchestrator()
    publish(orchestrator, 1, 1)

    await leave(orchestrator)

    expect(orchestrator.stats.subscriberCount).toBe(0)
  })

  it('resolves a next() that waits when the stream is returned, and leaves the others waiting', async () => {
    const orchestrator = anOrchestrator()
    const left = orchestrator.getEventStream()
    const stays = orchestrator.getEventStream()
    const waiting = left.next()
    const other = stays.next()
    let hasOther = false
    void other.then(() => {
      hasOther = true
    })

    await left.return()
    await expect(waiting).resolves.toEqual({ done: true, value: undefined })
    await turn()
    expect(hasOther).toBe(false)

    orchestrator.publishEvent(anEvent(1))
    await expect(other).resolves.toMatchObject({ done: false })
  })

  it('gives readers at the same place the same batch, made once', async () => {
    const orchestrator = anOrchestrator()
    const [one, other] = [orchestrator.getEventStream(), orchestrator.getEventStream()]
    publish(orchestrator, 1, 3)

    const [first, second] = await Promise.all([one.batches().next(), other.batches().next()])

    expect(toText(first?.value ?? [])).toEqual(['1', '2', '3'])
    expect(second?.value).toBe(first?.value)
  })

  it('puts the gap before the batch', async () => {
    const orchestrator = anOrchestrator(2)
    const stream = orchestrator.getEventStream()
    publish(orchestrator, 1, 5)

    const { value } = await stream.batches().next()

    expect(toText(value ?? [])).toEqual(['gap 3', '4', '5'])
  })

  it('never makes the publisher wait for those who wait, however many', async () => {
    const orchestrator = anOrchestrator()
    let woken = 0
    for (let reader = 0; reader < 100; reader += 1)
      void orchestrator
        .getEventStream()
        .next()
        .then(() => {
          woken += 1
        })

    orchestrator.publishEvent(anEvent(1))
    const wokenByPublish = woken
    await turn()

    expect([wokenByPublish, woken]).toEqual([0, 100])
  })

  it('publishes nothing once the streams have ended, and a new stream ends at once', async () => {
    const orchestrator = anOrchestrator()
    orchestrator.endStreams()
    orchestrator.publishEvent(anEvent(1))

    expect(await Array.fromAsync(orchestrator.getEventStream({ replay: 5 }))).toEqual([])
  })

  it.each([0, -1, 1.5])('refuses a capacity of %d', (capacity) => {
    expect(() => anOrchestrator(capacity)).toThrow(RangeError)
    expect(() => anOrchestrator().getEventStream({ capacity })).toThrow('positive integer')
  })

  it('gives up the place of a stream that its reader forgot, when it is collected', async () => {
    const orchestrator = anOrchestrator()
    subscribeAndForget(orchestrator)
    setFlagsFromString('--expose-gc')
    const gc = runInNewContext('gc') as () => void

    for (let tries = 0; tries < 50 && orchestrator.stats.subscriberCount > 0; tries += 1) {
      // Looking at the stream through a weak reference keeps it for the rest of the turn.
      await turn()
      gc()
      expect(orchestrator.stats.droppedEventCount).toBe(0)
      await turn()
    }

    expect(orchestrator.stats.subscriberCount).toBe(0)
  })
})

/** In a function of its own, so that no variable holds it. */
function subscribeAndForget(orchestrator: TaskOrchestrator): void {
  orchestrator.getEventStream()
}

describe('the plain events of a stream', () => {
  it('are the events in order, without the gaps, which the stats count', async () => {
    const orchestrator = new TaskOrchestrator({
      subscriberChannelCapacity: 2,
      clock: new FakeClock(),
    })
    const events = orchestrator.getEventStream().events()
    for (let sequence = 1; sequence <= 5; sequence += 1)
      orchestrator.publishEvent(anEvent(sequence))
    const first = await events.next()
    orchestrator.endStreams()

    const rest = await Array.fromAsync(events)

    expect(first.value?.sequence).toBe(4)
    expect(rest.map(({ sequence }) => sequence)).toEqual([5])
    expect(orchestrator.stats.droppedEventCount).toBe(3)
  })

  it('end the stream when the loop over them is left', async () => {
    const orchestrator = new TaskOrchestrator({ clock: new FakeClock() })
    const events = orchestrator.getEventStream().events()
    orchestrator.publishEvent(anEvent(1))

    for await (const { sequence } of events) {
      expect(sequence).toBe(1)
      break
    }

    expect(orchestrator.stats.subscriberCount).toBe(0)
  })
})

describe('createEventMessage', () => {
  it('adds an id and the time, by the clock given or the system’s', () => {
    const facts = { eventType: 'Counted', correlationId: 'enc-1', source: 'test', data: 7 }

    const event = createEventMessage(facts, new FakeClock(1_000))

    expect(event).toMatchObject({ ...facts, timestamp: '1970-01-01T00:00:01.000Z' })
    expect(event.id).toMatch(/^[0-9a-f-]{36}$/)
    expect(createEventMessage(facts).id).not.toBe(event.id)
  })
})
