import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ChaosWorld } from '../chaos-world.ts'
import { pause } from '../wait-until.ts'
import type { Campaign } from '../campaign.ts'

const visitsPerKill = 2
const longestLifeMs = 2500

/** One gateway on its embedded PostgreSQL; gateway, PostgreSQL, or both killed at random moments, also while they start. */
export const oneNode: Campaign = async ({ seed, kills }) => {
  await using world = await ChaosWorld.create({ seed, visitCount: kills * visitsPerKill * 2 + 100 })
  const { chance, staff } = world
  let gateway = world.start()
  let done = 0
  let kept = 0
  await gateway.ready()
  const victims = { gateway: 0, postgres: 0, both: 0 }
  while (done < kills) {
    const working = (async () => {
      await world.register(visitsPerKill)
      await staff.approveAll()
    })()
    await pause(chance.between(0, longestLifeMs))
    const victim = chance.pick(['gateway', 'gateway', 'postgres', 'both'])
    const postmaster = victim === 'gateway' ? undefined : await postmasterOf(world.dataDirectory)
    // Between two servers there is none to kill.
    if (postmaster !== undefined) kill(postmaster)
    if (victim !== 'postgres') await gateway.end('SIGKILL')
    if (victim !== 'postgres') done += 1
    victims[victim] += 1
    if (gateway.hasEnded) {
      gateway = world.start()
      // Every fourth is killed again before it is up.
      if (chance.next() < 0.75) await gateway.ready()
    } else kept += 1
    // The staff keeps asking until it is heard; the next life hears it.
    if (gateway.address === undefined) await gateway.ready()
    await working
  }
  await gateway.ready()
  return {
    verdict: await world.judge(),
    kills: done,
    notes: `${JSON.stringify(victims)}, ${kept} of them survived by the same gateway`,
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
    // It ended before.
  }
}
