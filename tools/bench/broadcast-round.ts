import { EventEmitter, on } from 'node:events'
import { type EventMessage, TaskOrchestrator } from '@authscript/orchestrator'

/**
 * One round in a process of its own: `node --expose-gc broadcast-round.ts SUBJECT SUBSCRIBERS STALLED BURST EVENTS`. One publisher publishes
 * BURST events at a time and then lets the readers run; STALLED of the subscribers never read. Its last line is a JSON object.
 */

/** An implementation that is measured. `subscribe` calls `deliver` for each event. */
interface Subject {
  publish(event: EventMessage): void
  subscribe(deliver: (event: EventMessage) => void): unknown
  /** Adds a subscriber that never reads. Absent for EventEmitter, whose listeners cannot stall. */
  stall?(): void
}

const [name = '', subscribers = '1', stalled = '0', burst = '100', events = '100000'] =
  process.argv.slice(2)

const subjects: Readonly<Record<string, () => Subject>> = {
  'ours: batches': () => {
    const orchestrator = new TaskOrchestrator()
    return {
      publish: (event) => orchestrator.publishEvent(event),
      async subscribe(deliver) {
        for await (const items of orchestrator.getEventStream().batches())
          for (const item of items) if (item.kind === 'event') deliver(item.event)
      },
      stall: () => stalledStreams.push(orchestrator.getEventStream()),
    }
  },
  'ours: for await': () => {
    const orchestrator = new TaskOrchestrator()
    return {
      publish: (event) => orchestrator.publishEvent(event),
      async subscribe(deliver) {
        for await (const item of orchestrator.getEventStream())
          if (item.kind === 'event') deliver(item.event)
      },
      stall: () => stalledStreams.push(orchestrator.getEventStream()),
    }
  },
  EventEmitter: () => {
    const emitter = new EventEmitter()
    emitter.setMaxListeners(0)
    return {
      publish: (event) => void emitter.emit('event', event),
      subscribe: (deliver) => emitter.on('event', deliver),
    }
  },
  'events.on': () => {
    const emitter = new EventEmitter()
    emitter.setMaxListeners(0)
    return {
      publish: (event) => void emitter.emit('event', event),
      async subscribe(deliver) {
        for await (const [event] of on(emitter, 'event') as AsyncIterable<[EventMessage]>)
          deliver(event)
      },
      stall: () => stalledStreams.push(on(emitter, 'event')),
    }
  },
}

/** References to the streams that nobody reads; a client's connection would hold them. */
const stalledStreams: unknown[] = []

const create = subjects[name]
if (create === undefined) throw new TypeError(`no subject ${name}`)
const subject = create()
let delivered = 0
let sum = 0
const stalledCount = subject.stall === undefined ? 0 : Number(stalled)
const readers = Number(subscribers) - stalledCount
for (let index = 0; index < stalledCount; index += 1) subject.stall?.()
for (let index = 0; index < readers; index += 1) {
  void subject.subscribe((event) => {
    delivered += 1
    sum += event.sequence ?? 0
  })
}
await nextTurn()

await publish(Math.min(2000, Number(events) / 10))
globalThis.gc?.()
const heapBefore = process.memoryUsage().heapUsed
delivered = 0
const startedAt = performance.now()
const publishMs = await publish(Number(events))
const elapsedMs = performance.now() - startedAt
globalThis.gc?.()
const expected = readers * Number(events)
if (delivered !== expected) throw new Error(`${delivered} of ${expected} were delivered (${sum})`)
console.log(
  JSON.stringify({
    deliveriesPerSecond: (delivered * 1000) / elapsedMs,
    publishNs: (publishMs * 1e6) / Number(events),
    heapGrowthMb: (process.memoryUsage().heapUsed - heapBefore) / 1024 ** 2,
  }),
)
process.exit(0)

/** Returns how long the publishing took, without the readers. */
async function publish(count: number): Promise<number> {
  let publishMs = 0
  for (let published = 0; published < count; ) {
    const end = Math.min(count, published + Number(burst))
    const burstAt = performance.now()
    for (; published < end; published += 1) subject.publish(anEvent(published))
    publishMs += performance.now() - burstAt
    await nextTurn()
  }
  return publishMs
}

function anEvent(sequence: number): EventMessage {
  return {
    id: '7d0c1f6e',
    eventType: 'Counted',
    correlationId: 'enc-1',
    timestamp: '2026-01-01T00:00:00.000Z',
    source: 'bench',
    data: undefined,
    sequence,
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
