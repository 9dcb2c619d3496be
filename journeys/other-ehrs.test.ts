import { describe, expect, it } from 'vitest'
import { createTestDatabase } from '../apps/gateway/test/database/test-database.ts'
import { type BehaviourName, ehrBehaviours } from './independent-ehr/behaviours/behaviours.ts'
import { startEhrWorld } from './other-ehrs/ehr-world.ts'
import { runSituations } from './other-ehrs/run-situations.ts'
import { situationsOf, someSituationsOf } from './other-ehrs/situations.ts'

/** `npm run bench -- ehrs` runs all situations; this test runs a sample, a different one for each EHR. */
const steps: readonly (readonly [BehaviourName, number])[] = [
  ['athenahealth', 20],
  ['epic', 40],
  ['oracle-health', 40],
  ['medplum', 40],
  ['hapi', 20],
  ['azure', 40],
  ['us-core', 40],
]

describe('on any EHR: nothing is reported as written that is not, nothing is written twice, no order is lost', () => {
  it('has enough situations, each with a unique name', () => {
    for (const behaviour of Object.values(ehrBehaviours)) {
      const names = situationsOf(behaviour).map((situation) => situation.name)
      expect(names.length).toBeGreaterThanOrEqual(64)
      expect(new Set(names).size).toBe(names.length)
    }
  })

  it.each(steps.map(([name, step], start) => [name, step, start] as const))(
    'holds on %s',
    async (name, step, start) => {
      await using database = await createTestDatabase()
      await using world = await startEhrWorld(name, database.connection)

      const situations = someSituationsOf(ehrBehaviours[name], step, start)
      const verdicts = await runSituations(name, situations, world)

      expect(verdicts).toHaveLength(situations.length)
      expect(verdicts.filter((one) => one.breaches.length > 0)).toEqual([])
    },
    300_000,
  )
})
