import { describe, expect, it } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { admitEncounter } from '../src/intake/admit-encounter.ts'
import { concludeFailure } from '../src/jobs/conclude-lease.ts'
import type { Lease } from '../src/jobs/job.ts'
import { createLog } from '../src/log.ts'
import { jobKinds } from '../src/wiring/job-kinds.ts'
import { type Node, openNode } from './database/node.ts'
import { createTestDatabase } from './database/test-database.ts'

const ref = { practiceId: 'p1', patientId: 'patient', encounterId: 'v' }
const clock = systemClock
const log = createLog({ level: 'silent', pretty: false })
const failure = new Error('a step failed')

const conclude = (node: Node, lease: Lease, retryDelayMs: number | undefined) =>
  concludeFailure(jobKinds.of(lease.job), lease, failure, () => retryDelayMs, {
    store: node.store,
    queue: node.queue,
    clock,
    log,
  })

/** Leases the job of an encounter whose processing has begun, or has not because its first statement failed. */
async function leaseEncounter(node: Node, isBegun: boolean) {
  const { store, queue } = node
  await admitEncounter(ref, { again: false, source: 'test' }, { store, queue })
  const [lease] = await queue.lease(1)
  if (lease === undefined) throw new Error('nothing was leased')
  if (isBegun) await store.encounters.transition(ref, 'running', {}, 1)
  return lease
}

describe('the end of a lease that failed', () => {
  it.each([
    { when: 'after its encounter began', isBegun: true },
    { when: 'before its encounter began', isBegun: false },
  ])('keeps its job for a durable retry, $when', async ({ isBegun }) => {
    await using database = await createTestDatabase()
    await using node = await openNode(database.connection)
    const lease = await leaseEncounter(node, isBegun)

    await conclude(node, lease, 3_600_000)

    expect(await node.queue.countOpen()).toBe(1)
    expect(await node.store.encounters.find(ref)).toMatchObject({
      processing: 'queued',
      retry_count: 1,
      next_attempt_at: expect.any(Date),
    })
    expect(await node.store.failures.latest({ ...ref, kind: 'encounter' }, 10)).toMatchObject([
      { outcome: 'retried' },
    ])
  })

  it.each([true, false])(
    'is a dead letter when it was the last retry (begun: %s)',
    async (isBegun) => {
      await using database = await createTestDatabase()
      await using node = await openNode(database.connection)
      const lease = await leaseEncounter(node, isBegun)

      await conclude(node, lease, undefined)

      expect(await node.queue.countOpen()).toBe(0)
      expect(await node.store.encounters.find(ref)).toMatchObject({ processing: 'failed' })
    },
  )

  it('ends the job of a run that a newer one has replaced, and records nothing', async () => {
    await using database = await createTestDatabase()
    await using node = await openNode(database.connection)
    const lease = await leaseEncounter(node, true)
    await node.store.encounters.transition(ref, 'processed', {}, 1)
    await node.store.encounters.transition(ref, 'queued', { newRun: true })

    await conclude(node, lease, 3_600_000)

    expect(await node.queue.countOpen()).toBe(0)
    expect(await node.store.failures.latest({ ...ref, kind: 'encounter' }, 10)).toEqual([])
  })
})
