import { describe, expect, it } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { admitEncounter } from '../src/intake/admit-encounter.ts'
import { concludeFailure } from '../src/jobs/conclude-lease.ts'
import { isEncounterLease } from '../src/jobs/job.ts'
import { createLog } from '../src/log.ts'
import { openVisitRow } from '../src/pipeline/encounter-job.ts'
import { type Node, openNode } from './database/node.ts'
import { createTestDatabase } from './database/test-database.ts'

const ref = { practiceId: 'p1', patientId: 'patient', encounterId: 'v' }
const clock = systemClock
const log = createLog({ level: 'silent', pretty: false })
const failure = new Error('a step failed')

const dependencies = ({ store, queue }: Node, delayMs: number | undefined) => ({
  store,
  queue,
  clock,
  log,
  retryDelayMs: () => delayMs,
})

/** A visit whose lease is out; begun or, since its first statement failed, not. */
async function leaseVisit(node: Node, isBegun: boolean) {
  const { store, queue } = node
  await admitEncounter(ref, { again: false, source: 'test' }, { store, queue, clock })
  const [lease] = await queue.lease(1)
  if (lease === undefined || !isEncounterLease(lease)) throw new Error('nothing was leased')
  if (isBegun) await store.encounters.transition(ref, 'running', {}, 1)
  return lease
}

describe('the end of a lease that failed', () => {
  it.each([
    { when: 'after its visit began', isBegun: true },
    { when: 'before its visit began', isBegun: false },
  ])('keeps its ticket for a later try, $when', async ({ isBegun }) => {
    await using database = await createTestDatabase()
    await using node = await openNode(database.connection)
    const lease = await leaseVisit(node, isBegun)

    await concludeFailure(lease, failure, openVisitRow, dependencies(node, 3_600_000))

    expect(await node.queue.countOpen()).toBe(1)
    expect(await node.store.encounters.find(ref)).toMatchObject({
      processing: 'queued',
      retry_count: 1,
      next_attempt_at: expect.any(Date),
    })
    expect(await node.store.failures.latest(ref, 10)).toMatchObject([{ outcome: 'retried' }])
  })

  it.each([true, false])(
    'is a dead letter when it was the last try (begun: %s)',
    async (isBegun) => {
      await using database = await createTestDatabase()
      await using node = await openNode(database.connection)
      const lease = await leaseVisit(node, isBegun)

      await concludeFailure(lease, failure, openVisitRow, dependencies(node, undefined))

      expect(await node.queue.countOpen()).toBe(0)
      expect(await node.store.encounters.find(ref)).toMatchObject({ processing: 'failed' })
    },
  )

  it('ends the ticket of a run that another has replaced, and records nothing', async () => {
    await using database = await createTestDatabase()
    await using node = await openNode(database.connection)
    const lease = await leaseVisit(node, true)
    await node.store.encounters.transition(ref, 'processed', {}, 1)
    await node.store.encounters.transition(ref, 'queued', { newRun: true })

    await concludeFailure(lease, failure, openVisitRow, dependencies(node, 3_600_000))

    expect(await node.queue.countOpen()).toBe(0)
    expect(await node.store.failures.latest(ref, 10)).toEqual([])
  })
})
