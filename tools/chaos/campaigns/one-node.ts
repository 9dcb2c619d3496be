import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ChaosWorld } from '../chaos-world.ts'
import { pause } from '../wait-until.ts'
import type { Campaign } from '../campaign.ts'

const encountersPerKill = 2
const maxLifeMs = 2500

/** One gateway on its embedded PostgreSQL; the gateway, PostgreSQL or both are killed at random moments. */
export const oneNode: Campaign = async ({ seed, kills }) => {
  await using world = await ChaosWorld.create({
    seed,
    encounterCount: kills * encountersPerKill * 2 + 100,
  })
  const { random, users } = world
  let gateway = world.start()
  let killed = 0
  let survived = 0
  await gateway.ready()
  const killCounts = { gateway: 0, postgres: 0, both: 0 }
  while (killed < kills) {
    const working = (async () => {
      await world.register(encountersPerKill)
      await users.approveAll()
    })()
    await pause(random.between(0, maxLifeMs))
    const target = random.pick(['gateway', 'gateway', 'postgres', 'both'])
    const postmaster = target === 'gateway' ? undefined : await postmasterOf(world.dataDirectory)
    // While PostgreSQL restarts there is no process to kill.
    if (postmaster !== undefined) kill(postmaster)
    if (target !== 'postgres') await gateway.end('SIGKILL')
    if (target !== 'postgres') killed += 1
    killCounts[target] += 1
    if (gateway.hasEnded) gateway = world.start()
    else survived += 1
    // The users repeat their requests until a gateway acknowledges them: this one or the next.
    if (gateway.address === undefined) await gateway.ready()
    await working
  }
  await gateway.ready()
  return {
    verdict: await world.verify(),
    kills: killed,
    notes: `${JSON.stringify(killCounts)}, ${survived} of them survived by the same gateway process`,
    log: world.logFile,
  }
}

async function postmasterOf(dataDirectory: string): Promise<number | undefined> {
  const text = await readFile(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8').catch(
    () => '',
  )
  const pid = Number.parseInt(text, 10)
  return Number.isNaN(pid) ? undefined : pid
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has already ended.
  }
}
