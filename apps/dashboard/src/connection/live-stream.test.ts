import { describe, expect, it } from 'vitest'
import { LiveStream } from './live-stream.ts'
import type { StreamReport } from './messages.ts'

const heartbeatMs = 15_000

/** A gateway whose answers the test gives, and a clock that the test turns. */
function setUp() {
  const reports: StreamReport[] = []
  const requests: { readonly lastId: string | undefined; readonly answer: Answer }[] = []
  const timers = new Map<number, { readonly at: number; readonly work: () => void }>()
  let time = 1_000_000
  let timerCount = 0
  const stream = new LiveStream({
    now: () => time,
    chance: () => 1,
    after(delayMs, work) {
      timerCount += 1
      const id = timerCount
      timers.set(id, { at: time + delayMs, work })
      return () => timers.delete(id)
    },
    report: (report) => reports.push(report),
    async fetch(_address, init) {
      const answer = new Answer(init?.signal ?? undefined)
      const headers = new Headers(init?.headers)
      requests.push({ lastId: headers.get('last-event-id') ?? undefined, answer })
      return answer.response
    },
  })
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    stream,
    reports,
    requests,
    settle,
    kinds: () => reports.map(({ kind }) => kind),
    last: () => requests.at(-1)?.answer ?? expect.fail('nothing was requested'),
    /** The computer sleeps: time passes, and no timer fires meanwhile. */
    sleep: (ms: number) => void (time += ms),
    async pass(ms: number) {
      const end = time + ms
      for (;;) {
        const due = [...timers].toSorted(([, one], [, other]) => one.at - other.at)[0]
        if (due === undefined || due[1].at > end) break
        timers.delete(due[0])
        time = Math.max(time, due[1].at)
        due[1].work()
        await settle()
      }
      time = end
    },
  }
}

class Answer {
  readonly response: Promise<Response>
  #resolve: (response: Response) => void
  #reject: (error: unknown) => void
  #body: ReadableStreamDefaultController<Uint8Array> | undefined

  constructor(signal: AbortSignal | undefined) {
    const { promise, resolve, reject } = Promise.withResolvers<Response>()
    this.response = promise
    this.#resolve = resolve
    this.#reject = reject
    signal?.addEventListener('abort', () => {
      reject(signal.reason)
      this.#body?.error(signal.reason)
    })
  }

  open(): void {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => void (this.#body = controller),
    })
    this.#resolve(new Response(body, { headers: { 'x-heartbeat-ms': String(heartbeatMs) } }))
  }

  refuse(status: number): void {
    this.#resolve(new Response('', { status }))
  }

  fail(): void {
    this.#reject(new TypeError('network'))
  }

  send(text: string): void {
    this.#body?.enqueue(new TextEncoder().encode(text))
  }

  end(): void {
    this.#body?.close()
  }
}

async function live() {
  const world = setUp()
  world.stream.start()
  world.last().open()
  await world.settle()
  return world
}

describe('the event stream of a browser', () => {
  it('tells its tabs that it is alive, and that what they read before may be old', async () => {
    const { reports } = await live()

    expect(reports).toEqual([{ kind: 'alive', at: 1_000_000, heartbeatMs }, { kind: 'behind' }])
  })

  it('passes on which encounter and which order an event is about', async () => {
    const { last, settle, reports } = await live()

    last().send(
      'id: 3\nevent: PA_FORM_READY\ndata: {"data":{"encounterId":"e","workItemId":"w"}}\n\n',
    )
    await settle()

    expect(reports.at(-1)).toEqual({
      kind: 'events',
      events: [{ eventType: 'PA_FORM_READY', encounterId: 'e', workItemId: 'w' }],
    })
  })

  it('asks everything to be read again after a gap', async () => {
    const { last, settle, kinds } = await live()

    last().send('event: gap\ndata: {"dropped":3,"after":9}\n\n')
    await settle()

    expect(kinds().slice(-2)).toEqual(['alive', 'behind'])
  })

  it('stays alive as long as heartbeats come', async () => {
    const { pass, last, settle, kinds } = await live()

    for (let beat = 0; beat < 10; beat += 1) {
      await pass(heartbeatMs)
      last().send(': heartbeat\n\n')
      await settle()
    }

    expect(kinds()).not.toContain('lost')
  })

  it('is lost when an open connection is silent for two and a half heartbeats', async () => {
    const { pass, kinds, requests } = await live()

    await pass(2.4 * heartbeatMs)
    const before = kinds().at(-1)
    await pass(0.2 * heartbeatMs)

    expect(before).toBe('behind')
    expect(kinds()).toContain('lost')
    expect(requests.length).toBe(2)
  })

  it('notices after a sleep, at the first look, that the connection is old', async () => {
    const { sleep, stream, settle, kinds } = await live()

    sleep(8 * 3_600_000)
    stream.handle('check')
    await settle()

    expect(kinds().at(-1)).toBe('lost')
  })

  it('is not alive any more when every tab was closed', async () => {
    const { stream, last, settle } = setUp()
    stream.start()
    last().open()
    await settle()
    expect(stream.state.kind).toBe('alive')

    stream.stop()
    stream.start()
    await settle()

    expect(stream.state.kind).toBe('lost')
  })

  it('resumes after the last event that arrived', async () => {
    const { last, settle, pass, requests } = await live()
    last().send('id: 41\nevent: PdfGenerated\ndata: {}\n\n')
    await settle()

    last().end()
    await settle()
    await pass(1000)

    expect(requests.map(({ lastId }) => lastId)).toEqual([undefined, '41'])
  })

  it.each([502, 503, 500, 429, 403])('comes back after an answer of %i', async (status) => {
    const world = setUp()
    world.stream.start()

    world.last().refuse(status)
    await world.settle()
    await world.pass(1000)
    world.last().open()
    await world.settle()

    expect(world.kinds()).toEqual(['lost', 'alive', 'behind'])
  })

  it('waits longer after each failure, up to fifteen seconds', async () => {
    const world = setUp()
    world.stream.start()
    const pauses: number[] = []

    for (let failure = 0; failure < 8; failure += 1) {
      world.last().fail()
      await world.settle()
      const before = world.requests.length
      let waited = 0
      while (world.requests.length === before) {
        await world.pass(500)
        waited += 500
      }
      pauses.push(waited)
    }

    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000])
  })

  it('tries at once when a person or the network asks', async () => {
    const world = setUp()
    world.stream.start()
    world.last().fail()
    await world.settle()

    world.stream.handle('check')

    expect(world.requests.length).toBe(2)
  })

  it('forgets an id of another database, which is refused', async () => {
    const { last, settle, pass, requests } = await live()
    last().send('id: 41\nevent: PdfGenerated\ndata: {}\n\n')
    await settle()
    last().end()
    await settle()
    await pass(1000)

    last().refuse(400)
    await settle()
    await pass(2000)

    expect(requests.at(-1)?.lastId).toBeUndefined()
  })

  it('tries nothing while nobody is signed in, and begins when somebody is', async () => {
    const world = setUp()
    world.stream.start()
    world.last().refuse(401)
    await world.settle()
    await world.pass(3_600_000)
    const requestsBefore = world.requests.length

    world.stream.handle('open')
    world.last().open()
    await world.settle()

    expect(requestsBefore).toBe(1)
    expect(world.kinds()).toEqual(['signed_out', 'alive', 'behind'])
  })

  it('does not call a stream alive that was ended, when the last tab closed and another opens', async () => {
    const { stream, reports, requests, last, settle } = await live()
    stream.stop()
    stream.start()

    expect(stream.state).toEqual({ kind: 'lost' })
    stream.handle('hello')
    expect(reports.at(-1)).toEqual({ kind: 'lost' })
    last().open()
    await settle()
    expect(requests).toHaveLength(2)
    expect(stream.state.kind).toBe('alive')
  })

  it('tells every tab when somebody signs out, and reads no more', async () => {
    const { stream, pass, kinds, requests } = await live()

    stream.handle('leave')
    await pass(3_600_000)

    expect(kinds().at(-1)).toBe('left')
    expect(requests.length).toBe(1)
  })
})
