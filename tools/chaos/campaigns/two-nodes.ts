import type { Campaign } from '../campaign.ts'
import { ChaosWorld } from '../chaos-world.ts'
import type { GatewayProcess } from '../gateway-process.ts'
import { pause } from '../wait-until.ts'

const encountersPerKill = 2
const maxLifeMs = 1200
const maxOutageMs = 800

/** Two gateways on one database server. At random moments a node is killed or restarted, or the server is. */
export const twoNodes: Campaign = async ({ seed, kills }) => {
  await using environment = await ChaosWorld.createOnServer({
    seed,
    encounterCount: kills * encountersPerKill * 4 + 40,
  })
  const { world, server } = environment
  const { random, users } = world
  const nodes: [GatewayProcess, GatewayProcess] = [world.start(), world.start()]
  await Promise.all(nodes.map((node) => node.ready()))
  const counts = { node: 0, 'rolling restart': 0, 'server restart': 0, 'server kill': 0 }
  let killed = 0
  while (killed < kills) {
    const working = (async () => {
      await world.register(encountersPerKill)
      await users.approveAll()
    })()
    await pause(random.between(0, maxLifeMs))
    const index = random.next() < 0.5 ? 0 : 1
    const disruption = random.pick([
      'node',
      'node',
      'node',
      'node',
      'node',
      'rolling restart',
      'server restart',
      'server kill',
    ])
    counts[disruption] += 1
    switch (disruption) {
      case 'node':
        await nodes[index].end('SIGKILL')
        killed += 1
        break
      case 'rolling restart':
        await nodes[index].end('SIGTERM')
        break
      case 'server restart':
        await server.restart('SIGINT', random.between(0, maxOutageMs))
        break
      case 'server kill':
        await server.restart('SIGKILL', random.between(0, maxOutageMs))
        break
      default:
        disruption satisfies never
    }
    for (const at of [0, 1] as const) if (nodes[at].hasEnded) nodes[at] = world.start()
    await working
  }
  return {
    verdict: await world.verify(server.connection),
    kills: killed,
    notes: JSON.stringify(counts),
    log: world.logFile,
  }
}
