import { ChaosWorld } from '../../chaos/chaos-world.ts'
import { until } from '../../chaos/wait-until.ts'
import {
  onServer,
  type TestConnection,
} from '../../../apps/gateway/test/database/template-database.ts'
import { type Row, toRow } from '../../report.ts'

const runs = 3
/** Long enough that the visit is under way when its gateway is killed. */
const slow = { kind: 'latency', latencyMs: 1500, match: { resourceType: 'Patient' }, times: 1 }

/** From a kill -9 in the middle of a visit until the visit is processed, with the gateway's own timings, nothing shortened. */
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
  await using world = await ChaosWorld.create({ seed, visitCount: 2, config })
  const gateway = world.start()
  await gateway.ready()
  await world.addFault(slow)
  await world.register(1)
  await untilIn(world.ownDatabase, 'running')
  const at = performance.now()
  await gateway.end('SIGKILL')
  world.start()
  await untilIn(world.ownDatabase, 'processed')
  return (performance.now() - at) / 1000
}

async function byAnotherNode(seed: number): Promise<number> {
  await using stage = await ChaosWorld.createOnServer({ seed, visitCount: 2, config })
  const { world, server } = stage
  const first = world.start()
  await first.ready()
  await world.addFault(slow)
  await world.register(1)
  await untilIn(server.connection, 'running')
  await world.start().ready()
  const at = performance.now()
  await first.end('SIGKILL')
  await untilIn(server.connection, 'processed')
  return (performance.now() - at) / 1000
}

async function untilIn(database: TestConnection, processing: string): Promise<void> {
  await until(`a visit that is ${processing}`, async () => {
    const { rowCount } = await onServer(database, (client) =>
      client.query('select from encounters where processing = $1', [processing]),
    ).catch(() => ({ rowCount: 0 }))
    return rowCount === 1 ? true : undefined
  })
}
