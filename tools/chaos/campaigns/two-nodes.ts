import type { Campaign } from '../campaign.ts'
import { ChaosWorld } from '../chaos-world.ts'
import type { GatewayProcess } from '../gateway-process.ts'
import { pause } from '../wait-until.ts'

const visitsPerKill = 2
const longestLifeMs = 1200
const longestAwayMs = 800

/** Two gateways on one server; a node killed, restarted in good order, or the server restarted under them, at random moments. */
export const twoNodes: Campaign = async ({ seed, kills }) => {
  await using stage = await ChaosWorld.createOnServer({
    seed,
    visitCount: kills * visitsPerKill * 4 + 40,
  })
  const { world, server } = stage
  const { chance, staff } = world
  const nodes: [GatewayProcess, GatewayProcess] = [world.start(), world.start()]
  await Promise.all(nodes.map((node) => node.ready()))
  const struck = { node: 0, 'rolling restart': 0, 'server restart': 0, 'server kill': 0 }
  let done = 0
  while (done < kills) {
    const working = (async () => {
      await world.register(visitsPerKill)
      await staff.approveAll()
    })()
    await pause(chance.between(0, longestLifeMs))
    const index = chance.next() < 0.5 ? 0 : 1
    const blow = chance.pick([
      'node',
      'node',
      'node',
      'node',
      'node',
      'rolling restart',
      'server restart',
      'server kill',
    ])
    struck[blow] += 1
    switch (blow) {
      case 'node':
        await nodes[index].end('SIGKILL')
        done += 1
        break
      case 'rolling restart':
        await nodes[index].end('SIGTERM')
        break
      case 'server restart':
        await server.restart('SIGINT', chance.between(0, longestAwayMs))
        break
      case 'server kill':
        await server.restart('SIGKILL', chance.between(0, longestAwayMs))
        break
      default:
        blow satisfies never
    }
    for (const at of [0, 1] as const) if (nodes[at].hasEnded) nodes[at] = world.start()
    await working
  }
  return {
    verdict: await world.judge(server.connection),
    kills: done,
    notes: JSON.stringify(struck),
    log: world.logFile,
  }
}
