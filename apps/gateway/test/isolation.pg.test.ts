import { describe, expect, it } from 'vitest'
import { createSandbox } from '../../sandbox-ehr/src/server.ts'
import { systemClock } from '../src/clock.ts'
import { parseConfig } from '../src/config.ts'
import { admitEncounter } from '../src/intake/admit-encounter.ts'
import { encounterJob } from '../src/pipeline/encounter-job.ts'
import type { DatabaseConnection } from '../src/store/database.ts'
import { createIsolation } from '../src/wiring/isolated/isolated-process.ts'
import { createTestDatabase } from './database/test-database.ts'
import { openNode } from './database/node.ts'

const clock = systemClock
const ref = {
  practiceId: '195900',
  patientId: 'a-195900.E-60178',
  encounterId: 'a-195900.encounter-1001',
}

/** A leased encounter, and how it is run in a process of its own. */
async function aLeasedEncounter(
  parts: AsyncDisposableStack,
  { ehr = {}, database: elsewhere }: { ehr?: object; database?: DatabaseConnection } = {},
) {
  const sandbox = parts.use(createSandbox())
  await sandbox.start()
  sandbox.control.signEncounter(ref.encounterId)
  const database = parts.use(await createTestDatabase())
  const node = parts.use(await openNode(database.connection))
  const { store, queue } = node
  await admitEncounter(ref, { again: false, source: 'test' }, { store, queue })
  const [lease] = await queue.lease(1)
  if (lease === undefined) throw new Error('nothing was leased')
  const encounterLease = { ...lease, job: encounterJob.payload.parse(lease.job) }
  // As the gateway's lease loop does.
  const heartbeat = setInterval(() => void queue.touch([lease]), 1000)
  parts.defer(() => clearInterval(heartbeat))
  const isolation = createIsolation({
    config: parseConfig({
      Athena: {
        FhirBaseUrl: sandbox.fhirBaseUrl,
        TokenEndpoint: sandbox.tokenUrl,
        ClientId: 'sandbox-client',
        ClientSecret: 'sandbox-secret',
        ...ehr,
      },
      Log: { Level: 'silent' },
    }),
    connection: elsewhere ?? database.connection,
    clock,
  })
  parts.defer(() => isolation.stop())
  return {
    store,
    run: (signal = new AbortController().signal) =>
      isolation.run(encounterLease, { attempt: 1, maxAttempts: 1, workerId: 'worker-1', signal }),
  }
}

describe('an encounter in a process of its own', () => {
  it('is processed as it is in the gateway, and its lease is settled', async () => {
    await using parts = new AsyncDisposableStack()
    const { store, run } = await aLeasedEncounter(parts)

    await run()

    expect(await store.encounters.find(ref)).toMatchObject({ processing: 'processed' })
    const types = (await store.events.after(0, 100)).map((event) => event.eventType)
    expect(types).toContain('EncounterProcessed')
  })

  it.each([
    {
      what: 'of the EHR',
      options: { ehr: { FhirBaseUrl: 'http://127.0.0.1:9/fhir/' } },
      failure: { code: 'ehr_unreachable', kind: 'transient' },
    },
    {
      what: 'of our client at the EHR',
      options: { ehr: { ClientSecret: 'wrong' } },
      failure: { code: 'ehr_unauthorized', kind: 'permanent' },
    },
    {
      what: 'of the database, before it begins',
      options: { database: { connectionString: 'postgres://nobody@127.0.0.1:9/none' } },
      failure: { code: 'database_unavailable', kind: 'transient' },
    },
  ])('fails with the code that a failure has: $what', async ({ options, failure }) => {
    await using parts = new AsyncDisposableStack()
    const { run } = await aLeasedEncounter(parts, options)

    await expect(run()).rejects.toMatchObject(failure)
  })

  it('that was stopped does not count as a death', async () => {
    await using parts = new AsyncDisposableStack()
    const { store, run } = await aLeasedEncounter(parts)
    const stopping = new AbortController()

    const running = run(stopping.signal)
    stopping.abort(new Error('the drain is over'))

    await expect(running).rejects.toThrow('the drain is over')
    expect(await store.encounters.find(ref)).toMatchObject({ worker_deaths: 0 })
  })
})

describe('a death', () => {
  it('counts for what was running, and only there', async () => {
    await using parts = new AsyncDisposableStack()
    const { store } = await aLeasedEncounter(parts)
    expect(await store.encounters.countDeath(ref, 1)).toBe(0)

    await store.encounters.transition(ref, 'running', {}, 1)
    expect(await store.encounters.countDeath(ref, 1)).toBe(1)

    // Released properly: the count neither falls nor grows.
    await store.encounters.requeue(ref, {}, 1)
    expect(await store.encounters.countDeath(ref, 1)).toBe(1)
  })

  it('is forgotten when a person asks for another run', async () => {
    await using parts = new AsyncDisposableStack()
    const { store } = await aLeasedEncounter(parts)
    await store.encounters.transition(ref, 'running', {}, 1)
    await store.encounters.countDeath(ref, 1)

    await store.encounters.transition(ref, 'failed', {}, 1)
    const row = await store.encounters.transition(ref, 'queued', { newRun: true, worker_deaths: 0 })

    expect(await store.encounters.countDeath(ref, row?.run ?? 0)).toBe(0)
  })
})
