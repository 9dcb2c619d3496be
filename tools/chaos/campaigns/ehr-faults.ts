import type { Campaign } from '../campaign.ts'
import { ChaosWorld } from '../chaos-world.ts'
import { pause } from '../wait-until.ts'

const visitsPerKill = 3
const lifeMs = [500, 3000] as const

/** Each strikes this share of all requests: together three in ten. Some after the EHR has done what it was asked. */
const share = 0.06
const faults = [
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, retryAfterSeconds: 1 },
  { kind: 'reset' },
  { kind: 'malformed_json' },
  // Longer than the gateway waits for an answer: what was asked still happens, later.
  { kind: 'latency', latencyMs: 2600 },
] as const

/** An EHR that fails three requests in ten, and a gateway that is killed now and then all the same. */
export const ehrFaults: Campaign = async ({ seed, kills }) => {
  await using world = await ChaosWorld.create({
    seed,
    visitCount: (kills + 1) * visitsPerKill + 10,
  })
  const { chance, staff } = world
  for (const [index, fault] of faults.entries())
    await world.addFault({ ...fault, probability: share, seed: seed + index })
  let gateway = world.start()
  for (let done = 0; done < kills; done += 1) {
    const working = world.register(visitsPerKill)
    await gateway.ready()
    await pause(chance.between(...lifeMs))
    await staff.approveAll()
    await gateway.end('SIGKILL')
    gateway = world.start()
    await working
  }
  await world.register(visitsPerKill)
  return {
    verdict: await world.judge(),
    kills,
    notes: `${faults.length} faults of ${share * 100} % each until the end`,
    log: world.logFile,
  }
}
