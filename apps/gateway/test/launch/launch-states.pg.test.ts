import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../database/test-database.ts'
import { type Node, openNode } from '../database/node.ts'

const parts = new AsyncDisposableStack()
let node: Node
let other: Node

beforeAll(async () => {
  const { connection } = parts.use(await createTestDatabase())
  node = parts.use(await openNode(connection))
  other = parts.use(await openNode(connection))
})
afterAll(() => parts.disposeAsync())

const now = new Date('2026-12-01T10:00:00Z')
const later = (ms: number) => new Date(now.getTime() + ms)

async function begin(stateSha256: string, expiresAt = later(600_000)) {
  const state = { stateSha256, browserSha256: 'browser' }
  await node.store.launchStates.add({ ...state, fhirBaseUrl: 'https://ehr.example/', expiresAt })
  return state
}

describe('a launch that has begun', () => {
  it('is finished on any node', async () => {
    const state = await begin('one')

    expect(await other.store.launchStates.take(state, now)).toEqual({
      fhirBaseUrl: 'https://ehr.example/',
    })
  })

  it('is finished once, however many try at the same time', async () => {
    const state = await begin('two')

    const taken = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        (n % 2 === 0 ? node : other).store.launchStates.take(state, now),
      ),
    )

    expect(taken.filter((one) => one !== undefined)).toHaveLength(1)
  })

  it('is not used up by another browser', async () => {
    const state = await begin('three')

    const stolen = { ...state, browserSha256: 'another browser' }
    expect(await node.store.launchStates.take(stolen, now)).toBeUndefined()
    expect(await node.store.launchStates.take(state, now)).toBeDefined()
  })

  it('ends when its time is over, and is deleted', async () => {
    const late = await begin('four')
    const swept = await begin('five')

    expect(await node.store.launchStates.take(late, later(600_000))).toBeUndefined()
    await node.store.launchStates.deleteExpired(later(600_000))
    expect(await node.store.launchStates.take(swept, now)).toBeUndefined()
  })
})

describe('what is known of a chart', () => {
  it('names its practices and patients, watched or admitted, and the orders that are not superseded', async () => {
    const ref = { practiceId: 'p1', patientId: 'pat-1', encounterId: 'enc-1' }
    await node.store.registrations.register(ref)
    await node.store.registrations.register({ ...ref, practiceId: 'p2', patientId: 'pat-2' })

    const known = await other.store.knownCharts.encounters('enc-1')

    expect(known.toSorted((a, b) => a.practiceId.localeCompare(b.practiceId))).toEqual([
      { practiceId: 'p1', patientId: 'pat-1' },
      { practiceId: 'p2', patientId: 'pat-2' },
    ])
    expect(await other.store.knownCharts.practicesOfPatient('pat-2')).toEqual(['p2'])
    expect(await other.store.knownCharts.encounters('enc-2')).toEqual([])
    expect(await other.store.knownCharts.orders('p1', 'enc-1')).toEqual([])
  })
})
