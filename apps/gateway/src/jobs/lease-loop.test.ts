import { describe, expect, it } from 'vitest'
import { type Clock, systemClock } from '../clock.ts'
import { createLog } from '../log.ts'
import type { DurableQueue } from './durable-queue.ts'
import type { Lease } from './job.ts'
import { LeaseLoop } from './lease-loop.ts'

const heartbeatMs = 2500

const aLease = (encounterId: string): Lease => ({
  job: { kind: 'encounter', practiceId: 'p1', patientId: 'x', encounterId, run: 1 },
  queue: 'practice/p1',
  fence: { id: encounterId, retryCount: 0 },
})

/**
 * A loop whose queue answers when the test says so: `asked` and `answer` for a lease, `beating` and `beat` for the heartbeat,
 * `abandonedAsked` and `abandoned` for abandoned jobs.
 */
function aLoop({
  capacity,
  untilReleased,
}: {
  readonly capacity?: Promise<number>
  readonly untilReleased?: Promise<void>
} = {}) {
  const asked = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<readonly Lease[]>()
  const beating = Promise.withResolvers<void>()
  const beat = Promise.withResolvers<readonly Lease[]>()
  const abandonedAsked = Promise.withResolvers<void>()
  const abandoned = Promise.withResolvers<readonly Lease[]>()
  const run: string[] = []
  const signals: AbortSignal[] = []
  const released: string[] = []
  const concluded: string[] = []
  const failing = Promise.withResolvers<never>()
  let times = 0
  const queue: Pick<DurableQueue, 'lease' | 'touch' | 'leaseAbandoned' | 'release'> = {
    async lease() {
      times += 1
      if (times > 1) return []
      asked.resolve()
      return answer.promise
    },
    touch() {
      beating.resolve()
      return beat.promise
    },
    leaseAbandoned() {
      abandonedAsked.resolve()
      return abandoned.promise
    },
    async release({ job }) {
      released.push(job.encounterId)
      return true
    },
  }
  // The first heartbeat is due at once.
  let heartbeats = 0
  const clock: Clock = {
    ...systemClock,
    sleep(delayMs, signal) {
      if (delayMs === heartbeatMs) heartbeats += 1
      return delayMs === heartbeatMs && heartbeats === 1
        ? Promise.resolve()
        : systemClock.sleep(delayMs, signal)
    },
  }
  const loop = new LeaseLoop({
    // The loop asks its queue for nothing else.
    queue: queue as DurableQueue,
    runner: {
      whenCapacity: () => capacity ?? Promise.resolve(2),
      workerCount: () => 2,
      run(lease, signal) {
        run.push(lease.job.encounterId)
        signals.push(signal)
        return failing.promise
      },
    },
    endings: {
      failed: async ({ job }) => void concluded.push(job.encounterId),
      abandoned: async ({ job }) => void concluded.push(job.encounterId),
      async released({ job }) {
        released.push(job.encounterId)
        await untilReleased
        return true
      },
    },
    clock,
    log: createLog({ level: 'silent', pretty: false }),
    leaseSeconds: heartbeatMs / 250,
    pollIntervalMs: 1000,
    batchSize: 10,
  })
  loop.start()
  return {
    loop,
    asked,
    answer,
    beating,
    beat,
    abandonedAsked,
    abandoned,
    failing,
    run,
    signals,
    released,
    concluded,
  }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

describe('leases that arrive', () => {
  it('after the stop are released, and their tasks are not begun', async () => {
    const { loop, asked, answer, beat, abandoned, run, released } = aLoop()
    beat.resolve([])
    await asked.promise

    loop.stop()
    abandoned.resolve([])
    answer.resolve([aLease('a'), aLease('b')])

    expect(await loop.release()).toBe(2)
    expect(run).toEqual([])
    expect(released.toSorted()).toEqual(['a', 'b'])
  })

  it('after the node was drained are released, and their tasks are not begun', async () => {
    const { loop, asked, answer, beat, abandoned, run, released } = aLoop()
    beat.resolve([])
    abandoned.resolve([])
    await asked.promise

    loop.hold()
    answer.resolve([aLease('a')])
    await nextTurn()

    expect(run).toEqual([])
    expect(released).toEqual(['a'])
    expect(loop.heldCount).toBe(0)
    loop.takeUp()
    expect(await loop.release()).toBe(0)
  })

  it('that are being released when the node works again are not begun here', async () => {
    const releasing = Promise.withResolvers<void>()
    const { loop, asked, answer, beat, abandoned, run, released } = aLoop({
      untilReleased: releasing.promise,
    })
    beat.resolve([])
    abandoned.resolve([])
    await asked.promise

    loop.hold()
    answer.resolve([aLease('a')])
    await nextTurn()
    loop.takeUp()
    releasing.resolve()
    await nextTurn()

    expect(released).toEqual(['a'])
    expect(run).toEqual([])
    expect(loop.heldCount).toBe(0)
    expect(await loop.release()).toBe(0)
  })

  it('before the node was drained continue', async () => {
    const { loop, asked, answer, beat, abandoned, run, released } = aLoop()
    beat.resolve([])
    abandoned.resolve([])
    await asked.promise
    answer.resolve([aLease('a')])
    await nextTurn()

    loop.hold()
    await nextTurn()

    expect(run).toEqual(['a'])
    expect(released).toEqual([])
    expect(loop.heldCount).toBe(1)
    await loop.release()
  })

  it('after the release are released before it ends', async () => {
    const { loop, asked, answer, beat, abandoned, run, released } = aLoop()
    beat.resolve([])
    abandoned.resolve([])
    await asked.promise

    const count = loop.release()
    answer.resolve([aLease('a')])

    expect(await count).toBe(1)
    expect(run).toEqual([])
    expect(released).toEqual(['a'])
  })

  it('before the stop are run, and released once', async () => {
    const { loop, asked, answer, beat, abandoned, failing, run, released, concluded } = aLoop()
    beat.resolve([])
    abandoned.resolve([])
    await asked.promise
    answer.resolve([aLease('a')])
    while (run.length === 0) await nextTurn()

    const count = await loop.release()
    failing.reject(new Error('its task was stopped'))
    await nextTurn()

    expect(count).toBe(1)
    expect(released).toEqual(['a'])
    expect(concluded).toEqual([])
  })
})

describe('a stop', () => {
  it('while the loop waits for capacity takes no lease', async () => {
    const capacity = Promise.withResolvers<number>()
    const { loop, asked, beat, abandoned, run } = aLoop({ capacity: capacity.promise })
    beat.resolve([])
    abandoned.resolve([])
    let isAsked = false
    void asked.promise.then(() => {
      isAsked = true
    })

    loop.stop()
    capacity.resolve(2)
    await loop.release()

    expect(isAsked).toBe(false)
    expect(run).toEqual([])
  })

  it('while abandoned jobs are leased releases them: another node records their failure', async () => {
    const { loop, answer, beat, abandonedAsked, abandoned, released, concluded } = aLoop()
    answer.resolve([])
    beat.resolve([])
    await abandonedAsked.promise

    loop.stop()
    abandoned.resolve([aLease('a'), aLease('b')])
    await loop.release()

    expect(concluded).toEqual([])
    expect(released).toEqual(['a', 'b'])
  })

  it('in the middle of a heartbeat stops no task of a lease that it has released itself', async () => {
    const { loop, asked, answer, beating, beat, failing, run, signals, released } = aLoop()
    const lease = aLease('a')
    await asked.promise
    answer.resolve([lease])
    await beating.promise
    while (run.length === 0) await nextTurn()

    const count = loop.release()
    beat.resolve([lease])
    await count
    failing.reject(new Error('its task was stopped'))

    expect(released).toEqual(['a'])
    expect(signals.map((signal) => signal.aborted)).toEqual([false])
  })
})
