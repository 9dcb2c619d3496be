import { join } from 'node:path'
import type { GatewayEvent } from '@authscript/prior-auth'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../apps/gateway/src/clock.ts'
import { overlayConfig } from '../apps/gateway/src/config.ts'
import { backUp } from '../apps/gateway/src/backup/backup.ts'
import { restore } from '../apps/gateway/src/backup/restore.ts'
import { jobKinds } from '../apps/gateway/src/wiring/job-kinds.ts'
import type { TestConnection } from '../apps/gateway/test/database/template-database.ts'
import { createTemporaryFolder } from '../apps/gateway/test/database/temporary-folder.ts'
import { createTestDatabase } from '../apps/gateway/test/database/test-database.ts'
import { readMessages } from './event-reader.ts'
import { startWorld, anEncounter, type World, type WorldOptions } from './world.ts'

let world: World
const start = async (options: WorldOptions = {}) => {
  world = await startWorld(options)
  return world
}
afterEach(() => world[Symbol.asyncDispose]())

const approvable = anEncounter(1001, 60178)
const missing = anEncounter(1003, 60180)
const contradiction = anEncounter(1004, 60181)
const processed = (encounterId: string) => (event: GatewayEvent) =>
  event.eventType === 'EncounterProcessed' && event.data.encounterId === encounterId

describe('a failure that outlives the task’s own retries', () => {
  const failing = {
    kind: 'status',
    status: 503,
    match: { resourceType: 'ServiceRequest' },
  } as const

  it('gets durable retries, with its history, and succeeds when the cause is gone', async () => {
    const { sandbox, sign, eventOf, events, ask } = await start({
      config: { Jobs: { PollIntervalSeconds: 0.1, RetryIntervalSeconds: 0.3, RetryCount: 8 } },
    })
    sandbox.control.addFault(failing)

    await sign(approvable)
    const scheduled = await eventOf((event) => event.eventType === 'EncounterRetryScheduled')
    const waiting = (await (
      await ask(`/api/encounters/${approvable.encounterId}`)
    ).json()) as object
    sandbox.control.clearFaults()
    await eventOf(processed(approvable.encounterId))

    expect(scheduled.data).toMatchObject({ code: 'ehr_unavailable', attemptCount: 4 })
    expect(waiting).toMatchObject({
      processing: expect.stringMatching(/queued|running/),
      errorCode: 'ehr_unavailable',
    })
    const eventTypes = (await events()).map((event) => event.eventType)
    expect(eventTypes).not.toContain('EncounterProcessingFailed')
    expect(eventTypes.filter((type) => type === 'EncounterProcessed')).toHaveLength(1)
  })

  it('runs at once when a person requests it', async () => {
    const { sandbox, sign, eventOf, ask } = await start({
      config: { Jobs: { PollIntervalSeconds: 0.1, RetryIntervalSeconds: 3600, RetryCount: 8 } },
    })
    sandbox.control.addFault(failing)
    await sign(approvable)
    await eventOf((event) => event.eventType === 'EncounterRetryScheduled')
    sandbox.control.clearFaults()

    const asked = await ask(`/api/encounters/${approvable.encounterId}/reprocess`, {
      method: 'POST',
    })
    await eventOf(processed(approvable.encounterId))

    expect(asked.status).toBe(202)
  })

  it('becomes a dead letter after the last retry, with the history of its failures', async () => {
    const { sandbox, sign, eventOf, ask, keys } = await start({
      config: {
        Jobs: { PollIntervalSeconds: 0.1, RetryIntervalSeconds: 0.05, RetryCount: 2 },
        CircuitBreaker: { FailureThreshold: 1000 },
      },
    })
    sandbox.control.addFault(failing)

    await sign(approvable)
    const failure = await eventOf((event) => event.eventType === 'EncounterProcessingFailed')
    const answer = await ask('/api/dead-letters', { key: keys.operator })

    expect(failure.data).toMatchObject({ attemptCount: 12, code: 'ehr_unavailable' })
    const { items } = (await answer.json()) as { items: { history: object[] }[] }
    expect(items).toMatchObject([
      {
        kind: 'encounter',
        encounterId: approvable.encounterId,
        attemptCount: 12,
        history: [
          { attemptCount: 12, nextAttemptAt: null },
          { attemptCount: 8, nextAttemptAt: expect.any(String) },
          { attemptCount: 4, nextAttemptAt: expect.any(String) },
        ],
      },
    ])
  })
})

describe('two nodes on one database', () => {
  it('a dashboard on either sees every event, and one node resumes the stream of the other', async () => {
    const { sign, eventOf, keys } = await start()
    const other = await world.addNode()
    const stream = (address: string, after: number) =>
      fetch(`${address}/api/events?contract=event-message&lastEventId=${after}`, {
        headers: { 'x-api-key': keys.clinician },
      })
    const [onFirst, onOther] = await Promise.all([
      stream(world.gateway.address, 0),
      stream(other.address, 0),
    ])
    await sign(approvable)
    await eventOf(processed(approvable.encounterId))
    const isDone = (messages: readonly { event: string | undefined }[]) =>
      messages.some(({ event }) => event === 'EncounterProcessed')
    const [one, two] = await Promise.all([
      readMessages(onFirst, isDone),
      readMessages(onOther, isDone),
    ])

    await world.gateway.stop()
    await other.register(missing)
    world.sandbox.control.signEncounter(missing.encounterId)
    const cursor = Number(two.at(-3)?.id)
    const replayed = await readMessages(
      await stream(other.address, cursor),
      (messages) => messages.filter(({ event }) => event === 'EncounterProcessed').length === 2,
    )

    const stored = (all: readonly GatewayEvent[]) => all.map((event) => String(event.sequence))
    const all = stored(await other.store.events.after(0, 10_000))
    expect(one.map(({ id }) => id)).toEqual(two.map(({ id }) => id))
    expect(replayed.map(({ id }) => id)).toEqual(all.filter((id) => Number(id) > cursor))
  })

  it('share the work: each encounter is polled by one node at a time and processed once', async () => {
    const { sign, eventOf, events, sandbox } = await start({
      config: { TaskOrchestrator: { WorkerCount: 1 } },
    })
    await world.addNode()
    sandbox.control.addFault({
      kind: 'latency',
      latencyMs: 200,
      match: { resourceType: 'Patient' },
    })
    const encounters = [
      approvable,
      missing,
      contradiction,
      anEncounter(1006, 60183),
      anEncounter(1007, 60184),
    ]

    await sign(...encounters)
    await Promise.all(encounters.map(({ encounterId }) => eventOf(processed(encounterId))))

    const allEvents = await events()
    const count = (type: string) => allEvents.filter((event) => event.eventType === type).length
    expect(count('EncounterDetected')).toBe(encounters.length)
    expect(count('EncounterProcessed')).toBe(encounters.length)
    expect(count('EncounterProcessingStarted')).toBe(encounters.length)
  })

  it('a rolling restart under load loses nothing and processes nothing twice', async () => {
    const { sign, eventOf, events, restart } = await start({
      config: { TaskOrchestrator: { WorkerCount: 1, DrainTimeoutSeconds: 0.2 } },
    })
    const other = await world.addNode()
    const encounters = [
      approvable,
      missing,
      contradiction,
      anEncounter(1006, 60183),
      anEncounter(1008, 60185),
    ]

    await sign(...encounters.slice(0, 3))
    await eventOf((event) => event.eventType === 'EncounterProcessingStarted')
    await restart()
    await sign(...encounters.slice(3))
    const stopped = await other.stop()
    const next = await world.addNode()
    await Promise.all(encounters.map(({ encounterId }) => eventOf(processed(encounterId))))

    const allEvents = await events()
    const ended = allEvents.filter((event) => event.eventType === 'EncounterProcessed')
    expect(ended).toHaveLength(encounters.length)
    expect(allEvents.filter((event) => event.eventType === 'PA_FORM_READY').length).toBe(4)
    expect(stopped.unfinished).toBeLessThanOrEqual(stopped.released)
    expect((await next.pending()).jobs).toBe(0)
  })
})

describe('a node that was frozen during its lease', () => {
  it('leaves the encounter to the next node, and does not report that it started it', async () => {
    const { sign, gateway, eventOf, events, database } = await start()
    gateway.orchestrator.pause()
    await sign(approvable)
    const active = "select count(*)::int as n from pgboss.job where state = 'active'"
    while ((await database(active)) === 0) await events()
    const other = await world.addNode()

    const isProcessed = processed(approvable.encounterId)
    // Repeats until the other node has taken over, because the sleeping node still sends heartbeats, and one could arrive before the lease
    // is found expired. The sleeping node may also lease the encounter again and hold it without starting. A lease that has started is kept.
    while (!(await events()).some(isProcessed)) {
      await database(`with dead as (
        update pgboss.job set heartbeat_on = now() - interval '1 hour'
        where state = 'active' and (retry_count = 0 or started_on < now() - interval '5 seconds')
          and exists (select from encounters where processing = 'queued') returning 1)
        select count(*)::int as n from dead`)
    }
    gateway.orchestrator.resume()
    await sign(missing)
    await eventOf(processed(missing.encounterId))
    await gateway.stop()

    const stored = await other.store.events.after(0, 10_000)
    const ofEncounter = stored.filter((event) => isOf(event, approvable))
    const count = (type: string) => ofEncounter.filter((event) => event.eventType === type).length
    expect(count('EncounterProcessingStarted')).toBe(1)
    expect(count('EncounterProcessed')).toBe(1)
    expect(count('PA_FORM_READY')).toBe(1)
  })
})

describe('a stop under load', () => {
  it('finishes or releases every lease within the deadline: afterwards no job is active and no encounter is running', async () => {
    const { sandbox, sign, gateway, eventOf, database } = await start({
      config: { TaskOrchestrator: { WorkerCount: 2, DrainTimeoutSeconds: 0.3 } },
    })
    sandbox.control.addFault({
      kind: 'latency',
      latencyMs: 600,
      match: { resourceType: 'Coverage' },
    })
    await sign(
      approvable,
      missing,
      contradiction,
      anEncounter(1006, 60183),
      anEncounter(1008, 60185),
    )
    await eventOf((event) => event.eventType === 'EncounterProcessingStarted')

    const { unfinished, released } = await gateway.stop()

    expect(released).toBeGreaterThanOrEqual(unfinished)
    expect(await database("select count(*)::int as n from pgboss.job where state = 'active'")).toBe(
      0,
    )
    expect(
      await database("select count(*)::int as n from encounters where processing = 'running'"),
    ).toBe(0)
    expect(
      await database(
        "select count(*)::int as n from pgboss.job where state in ('created', 'retry')",
      ),
    ).toBe(await database("select count(*)::int as n from encounters where processing = 'queued'"))
  })
})

describe('a backup that is restored elsewhere', () => {
  it('continues where it was: waiting encounters are processed once, processed ones stay processed', async () => {
    const { sandbox, sign, gateway, eventOf, connection } = await start()
    await using folder = await createTemporaryFolder()
    await using elsewhere = await createTestDatabase({ empty: true })
    const file = join(folder.path, 'gateway.backup')
    const access = (to: TestConnection) => ({
      config: overlayConfig({ Athena: unused, Database: { Url: urlOf(to) } }, {}).Database,
      clock: systemClock,
      jobKinds: jobKinds.all,
      signal: new AbortController().signal,
    })
    await sign(approvable)
    await eventOf(processed(approvable.encounterId))
    gateway.orchestrator.pause()
    await sign(missing)
    await eventOf((event) => event.eventType === 'EncounterDetected' && isOf(event, missing))

    await backUp(file, access(connection))
    await gateway.stop()
    await restore(file, access(elsewhere.connection))
    const next = await world.addNode(elsewhere.connection)
    const storedEvents = async () => next.store.events.after(0, 10_000)
    while (!(await storedEvents()).some(processed(missing.encounterId)))
      await next.store.events.bounds()

    const ends = (await storedEvents()).filter((event) => event.eventType === 'EncounterProcessed')
    expect(ends.map((event) => (event.data as { encounterId: string }).encounterId)).toEqual([
      approvable.encounterId,
      missing.encounterId,
    ])
    expect(sandbox.control.documents()).toEqual([])
  })
})

/** A configuration must name an EHR, which a backup does not use. */
const unused = {
  FhirBaseUrl: 'http://127.0.0.1:9/',
  TokenEndpoint: 'http://127.0.0.1:9/',
  ClientId: 'x',
  ClientSecret: 'x',
}

const isOf = (event: GatewayEvent, { encounterId }: { encounterId: string }) =>
  (event.data as { encounterId: string }).encounterId === encounterId

const urlOf = ({ host, user, database, port }: TestConnection) =>
  `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`
