import type { Campaign } from '../campaign.ts'
import { ChaosWorld } from '../chaos-world.ts'
import { pause } from '../wait-until.ts'

const encountersPerKill = 3
const lifeMs = [500, 3000] as const

/** Each fault hits this share of all requests: together three in ten. Some hit after the EHR has carried out the request. */
const share = 0.06
const faults = [
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, retryAfterSeconds: 1 },
  { kind: 'reset' },
  { kind: 'malformed_json' },
  // Longer than the gateway waits for an answer. The EHR still carries out the request, later.
  { kind: 'latency', latencyMs: 2600 },
] as const

/** An EHR that fails three requests in ten, and a gateway that is killed from time to time. */
export const ehrFaults: Campaign = async ({ seed, kills }) => {
  await using world = await ChaosWorld.create({
    seed,
    encounterCount: (kills + 1) * encountersPerKill + 10,
  })
  const { random, users } = world
  for (const [index, fault] of faults.entries())
    await world.addFault({ ...fault, probability: share, seed: seed + index })
  let gateway = world.start()
  for (let done = 0; done < kills; done += 1) {
    const working = world.register(encountersPerKill)
    await gateway.ready()
    await pause(random.between(...lifeMs))
    await users.approveAll()
    await gateway.end('SIGKILL')
    gateway = world.start()
    await working
  }
  await world.register(encountersPerKill)
  return {
    verdict: await world.verify(),
    kills,
    notes: `${faults.length} faults of ${share * 100} % each during the whole campaign`,
    log: world.logFile,
  }
}
