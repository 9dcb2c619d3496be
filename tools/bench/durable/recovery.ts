import { ChaosWorld } from '../../chaos/chaos-world.ts'
import { waitUntil } from '../../chaos/wait-until.ts'
import {
  onServer,
  type TestConnection,
} from '../../../apps/gateway/test/database/template-database.ts'
import { type Row, toRow } from '../../report.ts'

const runs = 3
/** Long enough that the encounter is still being processed when its gateway is killed. */
const slow = { kind: 'latency', latencyMs: 1500, match: { resourceType: 'Patient' }, times: 1 }

/** Seconds from a kill -9 while an encounter is processed until it is processed, with the default lease and poll times. */
export async function recoveryRows(): Promise<readonly Row[]> {
  return [
    toRow('ours', 'recovery, one node started again', 's', await measure(ofOneNode)),
    toRow('ours', 'recovery, by another node', 's', await measure(byAnotherNode)),
  ]
}

async function measure(one: (seed: number) => Promise<number>): Promise<readonly number[]> {
  const seconds: number[] = []
  for (let seed = 1; seed <= runs; seed += 1) seconds.push(await one(seed))
  return seconds
}

const config = { Jobs: { LeaseSeconds: 20, PollIntervalSeconds: 2 } }

async function ofOneNode(seed: number): Promise<number> {
  await using world = await ChaosWorld.create({ seed, encounterCount: 2, config })
  const gateway = world.start()
  await gateway.ready()
  await world.addFault(slow)
  await world.register(1)
  await waitForEncounter(world.ownDatabase, 'running')
  const at = performance.now()
  await gateway.end('SIGKILL')
  world.start()
  await waitForEncounter(world.ownDatabase, 'processed')
  return (performance.now() - at) / 1000
}

async function byAnotherNode(seed: number): Promise<number> {
  await using environment = await ChaosWorld.createOnServer({ seed, encounterCount: 2, config })
  const { world, server } = environment
  const first = world.start()
  await first.ready()
  await world.addFault(slow)
  await world.register(1)
  await waitForEncounter(server.connection, 'running')
  await world.start().ready()
  const at = performance.now()
  await first.end('SIGKILL')
  await waitForEncounter(server.connection, 'processed')
  return (performance.now() - at) / 1000
}

async function waitForEncounter(database: TestConnection, processing: string): Promise<void> {
  await waitUntil(`an encounter that is ${processing}`, async () => {
    const { rowCount } = await onServer(database, (client) =>
      client.query('select from encounters where processing = $1', [processing]),
    ).catch(() => ({ rowCount: 0 }))
    return rowCount === 1 ? true : undefined
  })
}
