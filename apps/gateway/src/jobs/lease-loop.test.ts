import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { createLog } from '../log.ts'
import type { DurableQueue } from './durable-queue.ts'
import type { Lease } from './job.ts'
import { LeaseLoop } from './lease-loop.ts'

const aLease = (encounterId: string): Lease => ({
  job: { kind: 'encounter', practiceId: 'p1', patientId: 'x', encounterId, run: 1 },
  queue: 'practice/p1',
  fence: { id: encounterId, retryCount: 0 },
})

/** A loop whose queue answers when the test says so. */
function aLoop() {
  const asked = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<readonly Lease[]>()
  const run: string[] = []
  const returned: string[] = []
  const concluded: string[] = []
  const failing = Promise.withResolvers<never>()
  let times = 0
  const queue: Pick<DurableQueue, 'lease' | 'touch' | 'leaseAbandoned'> = {
    async lease() {
      times += 1
      if (times > 1) return []
      asked.resolve()
      return answer.promise
    },
    touch: async () => [],
    leaseAbandoned: async () => [],
  }
  const loop = new LeaseLoop({
    // The loop asks its queue for nothing else.
    queue: queue as DurableQueue,
    runner: {
      whenCapacity: async () => 2,
      workerCount: () => 2,
      run(lease) {
        run.push(lease.job.encounterId)
        return failing.promise
      },
    },
    endings: {
      failed: async ({ job }) => void concluded.push(job.encounterId),
      abandoned: async () => undefined,
      async returned({ job }) {
        returned.push(job.encounterId)
        return true
      },
    },
    clock: systemClock,
    log: createLog({ level: 'silent', pretty: false }),
    leaseSeconds: 10,
    pollIntervalMs: 1000,
    batchSize: 10,
  })
  loop.start()
  return { loop, asked, answer, failing, run, returned, concluded }
}

describe('leases that arrive', () => {
  it('after the stop are given back, and nothing of them is begun', async () => {
    const { loop, asked, answer, run, returned } = aLoop()
    await asked.promise

    loop.stop()
    answer.resolve([aLease('a'), aLease('b')])

    expect(await loop.release()).toBe(2)
    expect(run).toEqual([])
    expect(returned.toSorted()).toEqual(['a', 'b'])
  })

  it('after the release are given back before it ends', async () => {
    const { loop, asked, answer, run, returned } = aLoop()
    await asked.promise

    const released = loop.release()
    answer.resolve([aLease('a')])

    expect(await released).toBe(1)
    expect(run).toEqual([])
    expect(returned).toEqual(['a'])
    expect(loop.heldCount).toBe(0)
  })

  it('before the stop are run, and given back with the release, once', async () => {
    const { loop, asked, answer, failing, run, returned, concluded } = aLoop()
    await asked.promise
    answer.resolve([aLease('a')])
    while (run.length === 0) await new Promise((resolve) => setImmediate(resolve))

    const count = await loop.release()
    failing.reject(new Error('its task was stopped'))
    await new Promise((resolve) => setImmediate(resolve))

    expect(count).toBe(1)
    expect(returned).toEqual(['a'])
    expect(concluded).toEqual([])
  })
})
