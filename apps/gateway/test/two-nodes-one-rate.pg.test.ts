import { expect, it } from 'vitest'
import { createSandbox } from '../../sandbox-ehr/src/server.ts'
import { systemClock } from '../src/clock.ts'
import { FhirClient } from '../src/fhir/client/fhir-client.ts'
import { connectDatabase } from '../src/store/database.ts'
import { ehrShareRows } from '../src/store/ehr-shares.ts'
import { anEhrSettings } from './ehr/an-ehr-settings.ts'
import { createTestDatabase } from './database/test-database.ts'
import { aRateShare } from './rate/a-rate-share.ts'

const perSecond = 40
const never = new AbortController().signal

it('two nodes together stay within the rate as the EHR counts it, and use most of it', async () => {
  await using parts = new AsyncDisposableStack()
  const sandbox = createSandbox()
  await sandbox.start()
  parts.defer(() => sandbox.stop())
  const testDatabase = parts.use(await createTestDatabase())

  /** A node like the gateway's, with its own connections and its own part. Returns how it asks many times at once. */
  async function aNode() {
    const database = await connectDatabase(testDatabase.connection, {
      poolSize: 2,
      onError: () => {},
    })
    parts.defer(() => database.close())
    const share = aRateShare({ store: ehrShareRows(database.db), perSecond })
    parts.defer(() => share.stop())
    const client = new FhirClient(
      anEhrSettings(sandbox, { RequestTimeoutSeconds: 10, MaxConnections: perSecond }),
      { clock: systemClock, budget: share.budget, guard: (call) => call() },
    )
    parts.defer(() => client.close())
    const options = {
      practiceId: '195900',
      resourceType: 'Encounter',
      lane: 'chart',
      signal: never,
    } as const
    const ask = (times: number) =>
      Promise.all(
        Array.from({ length: times }, () => client.read('a-195900.encounter-1001', options)),
      )
    return { share, ask }
  }
  const nodes = [await aNode(), await aNode()]
  // Each has found its part when each has had a few seconds' worth of it.
  await Promise.all(nodes.map((node) => node.ask(perSecond * 2)))
  expect(sandbox.control.summary().maxPerSecond).toBeLessThanOrEqual(perSecond)
  sandbox.control.clearRequests()

  await Promise.all(nodes.map((node) => node.ask(perSecond)))

  const { total, maxPerSecond } = sandbox.control.summary()
  expect(total).toBe(perSecond * 2)
  expect(maxPerSecond).toBeLessThanOrEqual(perSecond)
  expect(maxPerSecond).toBeGreaterThan(perSecond * 0.75)
})
