import { describe, expect, it } from 'vitest'
import type { Campaign } from '../tools/chaos/campaign.ts'
import { ehrFaults } from '../tools/chaos/campaigns/ehr-faults.ts'
import { oneNode } from '../tools/chaos/campaigns/one-node.ts'
import { stepBoundaries } from '../tools/chaos/campaigns/step-boundaries.ts'
import { twoNodes } from '../tools/chaos/campaigns/two-nodes.ts'

/** A short version of `npm run chaos`. To repeat a failure, pass its seed: `CHAOS_SEED=… npx vitest run journeys/chaos.test.ts`. */
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000)

const campaigns: readonly {
  readonly name: string
  readonly run: Campaign
  readonly kills: number
}[] = [
  { name: 'one node, killed with its database', run: oneNode, kills: 2 },
  { name: 'two nodes on one server, either killed', run: twoNodes, kills: 2 },
  { name: 'a kill at step boundaries', run: stepBoundaries, kills: 3 },
  { name: 'an EHR that fails three requests in ten', run: ehrFaults, kills: 1 },
]

describe(`invariant 1: exactly once in effect, whatever dies (seed ${seed})`, () => {
  // They wait for leases and for the EHR most of the time.
  it.concurrent.each(campaigns)(
    '$name: nothing lost, nothing twice, no event missed',
    async ({ run, kills }) => {
      const { verdict, notes } = await run({ seed, kills })

      expect({ ...verdict, notes }).toMatchObject({
        lost: 0,
        failed: 0,
        duplicateWorkItems: 0,
        duplicateDocuments: 0,
        unapprovedDocuments: 0,
        missedEvents: 0,
        repeatedEvents: 0,
        findings: [],
      })
      expect(verdict.registered).toBeGreaterThan(0)
      expect(verdict.approved).toBeGreaterThan(0)
    },
    300_000,
  )
})
