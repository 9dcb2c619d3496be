import { describe, expect, it } from 'vitest'
import { createTestDatabase } from '../apps/gateway/test/database/test-database.ts'
import { type BehaviourName, ehrBehaviours } from './independent-ehr/behaviours/behaviours.ts'
import { startEhrWorld } from './other-ehrs/ehr-world.ts'
import { runSituations } from './other-ehrs/run-situations.ts'
import { situationsOf, someSituationsOf } from './other-ehrs/situations.ts'

/** One of this many situations runs, a different sample for each EHR. `npm run bench -- ehrs` runs more. */
const usualStep = 40
const otherSteps: Partial<Record<BehaviourName, number>> = { athenahealth: 20, hapi: 20 }
const ehrNames = Object.keys(ehrBehaviours) as BehaviourName[]

describe('on any EHR: nothing is reported as written that is not, nothing is written twice, no order is lost', () => {
  it('has enough situations, each with a unique name', () => {
    for (const behaviour of Object.values(ehrBehaviours)) {
      const names = situationsOf(behaviour).map((situation) => situation.name)
      expect(names.length).toBeGreaterThanOrEqual(64)
      expect(new Set(names).size).toBe(names.length)
    }
  })

  // Most of the time, the situations wait for another try.
  it.concurrent.each(ehrNames.map((name, start) => [name, start] as const))(
    'holds on %s',
    async (name, start) => {
      await using database = await createTestDatabase()
      await using world = await startEhrWorld(name, database.connection)

      const step = otherSteps[name] ?? usualStep
      const situations = someSituationsOf(ehrBehaviours[name], step, start)
      const verdicts = await runSituations(name, situations, world)

      expect(verdicts).toHaveLength(situations.length)
      expect(verdicts.filter((one) => one.breaches.length > 0)).toEqual([])
    },
    300_000,
  )
})
