import type { Campaign } from '../campaign.ts'
import { ChaosWorld } from '../chaos-world.ts'
import { pause } from '../wait-until.ts'

const encountersPerJump = 2
const hourMs = 3_600_000
const betweenMs = [300, 1500] as const
/** The offsets that the clocks are set to: forwards and backwards, by less and by more than a day. */
const jumps = [1, -1, 25, -25, 0.02, -0.02].map((hours) => hours * hourMs)

/** Two nodes whose wall clocks are hours apart and are changed while they work. One node is also killed. */
export const clockJumps: Campaign = async ({ seed, kills }) => {
  await using environment = await ChaosWorld.createOnServer({
    seed,
    encounterCount: (jumps.length + kills) * encountersPerJump * 2 + 10,
  })
  const { world, server } = environment
  const { random, users } = world
  const withClock = (offsetMs: number) => world.start({ clock: { offsetMs, jumpsMs: jumps } })
  const ahead = withClock(3 * hourMs)
  let behind = withClock(-3 * hourMs)
  await Promise.all([ahead.ready(), behind.ready()])
  let killed = 0
  for (const [index] of jumps.entries()) {
    const working = world.register(encountersPerJump)
    await pause(random.between(...betweenMs))
    for (const node of [ahead, behind]) node.send('SIGUSR2')
    await users.approveAll()
    if (index % 2 === 1 && killed < kills) {
      await behind.end('SIGKILL')
      behind = withClock(-3 * hourMs)
      await behind.ready()
      killed += 1
    }
    await working
  }
  return {
    verdict: await world.verify(server.connection),
    kills: killed,
    notes: `${jumps.length} jumps of each clock, up to 25 hours, from six hours apart`,
    log: world.logFile,
  }
}
