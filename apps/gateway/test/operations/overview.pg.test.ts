import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { admitEncounter } from '../../src/intake/admit-encounter.ts'
import type { AnsweringNode } from '../../src/operations/listed-nodes.ts'
import { longestWaitMs } from '../../src/jobs/longest-wait.ts'
import { createOverview } from '../../src/operations/overview.ts'
import { toEntries } from '../../src/operations/timeline.ts'
import { encounterJob } from '../../src/pipeline/encounter-job.ts'
import type { NodeReport } from '../../src/store/schema.ts'
import { onServer } from '../database/template-database.ts'
import { openNode } from '../database/node.ts'
import { createTestDatabase } from '../database/test-database.ts'

const clock = systemClock
const scope = { practiceIds: ['p1'] }

const aReport = (changes: Partial<NodeReport> = {}): NodeReport => ({
  nodeId: randomUUID(),
  host: 'gw',
  processId: 7,
  version: '0.1.0',
  startedAt: new Date().toISOString(),
  state: 'working',
  leaseCount: 0,
  workerCount: 4,
  busyWorkers: 1,
  wantedWorkers: 2,
  streamCount: 3,
  heapBytes: 1,
  heapLimitBytes: 2,
  loopLagMs: 0,
  ehr: { requestsPerSecond: 2, limitPerSecond: 15, requestsPerDay: 1000, tooManyRequests: 1 },
  dependencies: [],
  findings: [],
  ...changes,
})

const refusal = {
  level: 'trouble',
  code: 'ehr_unauthorized',
  text: 'The EHR refuses our secret',
  since: '2026-11-30T14:02:00.000Z',
  remedy: 'check Athena__ClientSecret',
  detail: null,
  href: null,
} as const

async function aDatabase(answering?: AnsweringNode) {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await createTestDatabase())
  const { store, queue, database: opened } = stack.use(await openNode(database.connection))
  // Each test asks several times within the second for which an answer is kept.
  let passed = 0
  const settings: { BackupMaxAgeHours?: number } = {}
  const read = createOverview({
    store,
    longestWaitMs: () => longestWaitMs(opened.db, encounterJob),
    settings,
    ...(answering && { answering }),
    catalogue: new Map([
      [
        'ehr_forbidden',
        { code: 'ehr_forbidden', section: '', when: '403', remedy: 'check scopes' },
      ],
    ]),
    clock: { now: () => new Date(Date.now() + (passed += 2000)) },
  })
  const statement = (text: string) => onServer(database.connection, (client) => client.query(text))
  const fail = async (encounterId: string, practiceId = 'p1') => {
    const ref = { practiceId, patientId: 'x', encounterId }
    await admitEncounter(ref, { again: false, source: 'test' }, { store, queue })
    await store.encounters.transition(ref, 'failed', {
      error_code: 'ehr_forbidden',
      error_reason: 'the EHR answered 403',
      finished_at: new Date(),
    })
  }
  return {
    store,
    queue,
    connectListener: opened.connectListener,
    read,
    settings,
    statement,
    fail,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

describe('the verdict on all nodes', () => {
  it('is trouble where no gateway runs', async () => {
    await using it = await aDatabase()

    expect((await it.read(scope)).verdict).toMatchObject({
      level: 'trouble',
      text: 'No gateway runs on this database',
    })
  })

  it('does not say that none runs where one is connected and cannot report', async () => {
    await using it = await aDatabase()
    const startedAt = new Date(Date.now() - 3_600_000).toISOString()
    await it.store.nodes.report(aReport({ startedAt }))
    await it.statement("update nodes set seen_at = now() - interval '1 minute'")
    const listener = await it.connectListener()

    const { verdict, findings } = await it.read(scope)
    await listener.end()

    expect(verdict).toMatchObject({
      level: 'trouble',
      text: 'A gateway is connected to this database, but none reports; whether work is done is unknown',
      since: expect.stringMatching(/Z$/),
      remedy: expect.stringContaining('disk'),
    })
    expect(findings).toEqual([])
    await expect
      .poll(async () => (await it.read(scope)).verdict.text)
      .toBe('No gateway runs on this database')
    expect((await it.read(scope)).findings.map(({ text }) => text)).toEqual([
      'Node gw:7 has not reported',
    ])
  })

  it('counts the node that answers as live while its report is late', async () => {
    const here = aReport({ processId: 8 })
    await using it = await aDatabase({ report: () => here, writeFailure: undefined })
    expect((await it.read(scope)).verdict.text).toBe('Working')

    await it.store.nodes.report(here)
    await it.statement("update nodes set seen_at = now() - interval '1 minute'")

    const { verdict, nodes } = await it.read(scope)
    expect(verdict.text).toBe('Working')
    expect(nodes.map(({ state }) => state)).toEqual(['working'])
  })

  it('adds up what nodes report, and leaves out one that no longer reports', async () => {
    await using it = await aDatabase()
    const longAgo = new Date(Date.now() - 3_600_000).toISOString()
    const gone = aReport({ findings: [refusal], busyWorkers: 90, startedAt: longAgo })
    await it.store.nodes.report(gone)
    await it.statement("update nodes set seen_at = now() - interval '1 minute'")
    await it.store.nodes.report(aReport())
    await it.store.nodes.report(aReport())

    const { verdict, tiles, nodes } = await it.read(scope)

    expect(verdict).toMatchObject({ level: 'working', text: 'Working' })
    expect(nodes.map(({ state }) => state)).toEqual(['working', 'working', 'gone'])
    const values = new Map(
      tiles.flatMap(({ figures }) => figures.map(({ name, value }) => [name, value])),
    )
    expect(values.get('busyWorkers')).toBe(2)
    expect(values.get('requestsPerSecond')).toBe(4)
    expect(values.get('leftToday')).toBe(1000)
  })

  it('misses a node that ended without reporting it, until another runs in its place', async () => {
    await using it = await aDatabase()
    const startedAt = new Date(Date.now() - 3_600_000).toISOString()
    await it.store.nodes.report(aReport({ host: 'other', startedAt }))
    await it.statement("update nodes set seen_at = now() - interval '1 minute'")
    await it.store.nodes.report(aReport())

    expect((await it.read(scope)).verdict).toMatchObject({
      level: 'attention',
      text: 'Node other:7 has not reported',
    })

    await it.store.nodes.report(aReport({ host: 'other' }))
    expect((await it.read(scope)).verdict.level).toBe('working')
  })

  it('counts the node that answers as live when it cannot write its report', async () => {
    const here = aReport({ processId: 8, busyWorkers: 3 })
    const since = new Date(Date.now() - 60_000)
    const failure = { since, reason: 'its disk is full' }
    const answering: { report(): NodeReport; writeFailure: typeof failure | undefined } = {
      report: () => ({ ...here, busyWorkers: 4 }),
      writeFailure: failure,
    }
    await using it = await aDatabase(answering)
    const startedAt = new Date(Date.now() - 3_600_000).toISOString()
    await it.store.nodes.report(aReport({ host: 'ended', startedAt }))
    await it.statement("update nodes set seen_at = now() - interval '10 minutes'")
    await it.store.nodes.report(here)
    await it.store.nodes.report(aReport({ host: 'other', startedAt }))
    await it.statement(
      "update nodes set seen_at = now() - interval '1 minute' where seen_at > now() - interval '1 minute'",
    )

    const { verdict, findings, nodes, tiles } = await it.read(scope)

    expect(verdict).toMatchObject({
      level: 'trouble',
      code: 'database_unavailable',
      text: 'The database takes no writes',
      since: since.toISOString(),
      detail: 'its disk is full',
    })
    // The other cannot report either; the one that was silent before is missed.
    expect(findings.map(({ text }) => text)).toEqual(['Node ended:7 has not reported'])
    expect(nodes.map(({ host, state }) => [host, state])).toEqual([
      ['gw', 'working'],
      ['other', 'gone'],
      ['ended', 'gone'],
    ])
    const busy = tiles.flatMap(({ figures }) => figures).find(({ name }) => name === 'busyWorkers')
    expect(busy?.value).toBe(4)

    answering.writeFailure = undefined
    await it.store.nodes.report(here)
    expect((await it.read(scope)).findings.map(({ text }) => text)).not.toContain(
      'The database takes no writes',
    )
  })

  it('lists once what every node reports, and names the node where only one reports it', async () => {
    await using it = await aDatabase()
    const first = aReport({ findings: [refusal] })
    await it.store.nodes.report(first)
    await it.store.nodes.report(
      aReport({ findings: [{ ...refusal, since: '2026-11-30T14:05:00.000Z' }] }),
    )

    expect((await it.read(scope)).verdict).toMatchObject({
      text: 'The EHR refuses our secret',
      since: '2026-11-30T14:02:00.000Z',
    })
    expect((await it.read(scope)).findings).toEqual([])

    await it.store.nodes.report({ ...first, findings: [] })
    expect((await it.read(scope)).verdict.text).toBe('The EHR refuses our secret (node gw:7)')
  })

  it('is trouble when every node is drained', async () => {
    await using it = await aDatabase()
    await it.store.nodes.report(aReport({ state: 'draining' }))
    await it.store.nodes.report(aReport({ state: 'drained' }))

    expect((await it.read(scope)).verdict).toMatchObject({
      level: 'trouble',
      text: 'Nothing is processed, because every node is drained',
    })
  })

  it('is trouble while all nodes are paused, and names who paused them first', async () => {
    await using it = await aDatabase()
    await it.store.nodes.report(aReport({ state: 'paused' }))
    const since = new Date('2026-11-30T14:02:00.000Z')
    await it.store.processingPause.pause('night shift', since)
    await it.store.processingPause.pause('day shift', new Date())

    const { verdict, pause } = await it.read(scope)

    expect(verdict).toMatchObject({
      level: 'trouble',
      text: 'Nothing is processed, because all nodes are paused',
      since: since.toISOString(),
      detail: 'paused by night shift',
    })
    expect(pause).toEqual({ by: 'night shift', since: since.toISOString() })
    await it.store.processingPause.resume()
    expect((await it.read(scope)).pause).toBeNull()
  })

  it('shows what was asked of a node until the node says that it is done', async () => {
    await using it = await aDatabase()
    const node = aReport()
    const asked = async () => (await it.read(scope)).nodes[0]?.asked
    await it.store.nodes.report(node)
    expect(await asked()).toBeNull()

    const at = new Date()
    expect(await it.store.nodes.ask(node.nodeId, { state: 'drained' }, at)).toBe(true)
    expect(await asked()).toEqual({ act: 'drain', workers: null, at: at.toISOString() })
    await it.store.nodes.report({ ...node, state: 'draining' })
    expect(await asked()).toBeNull()

    await it.store.nodes.ask(node.nodeId, { state: 'working' }, at)
    expect(await asked()).toMatchObject({ act: 'take_up' })
    await it.store.nodes.takenUp(node.nodeId)
    await it.store.nodes.ask(node.nodeId, { workers: 3 }, at)
    expect(await asked()).toMatchObject({ act: 'workers', workers: 3 })
    // Another number was asked for meanwhile.
    await it.store.nodes.workersSet(node.nodeId, 2)
    expect(await asked()).toMatchObject({ workers: 3 })
    await it.store.nodes.workersSet(node.nodeId, 3)
    expect(await asked()).toBeNull()
    expect(await it.store.nodes.ask(randomUUID(), { state: 'drained' }, at)).toBe(false)
  })
})

describe('an encounter that waits', () => {
  const minuteMs = 60_000
  const advice = {
    text: 'An encounter has waited for a worker for 10 minutes',
    remedy: 'add workers, or start another node',
  }
  async function aWaitingEncounter() {
    const it = await aDatabase()
    const ref = { practiceId: 'p1', patientId: 'x', encounterId: 'e' }
    await admitEncounter(ref, { again: false, source: 'test' }, it)
    const since = (minutes: number) =>
      it.statement(`update encounters set detected_at = now() - interval '${minutes} minutes';
                    update pgboss.job set start_after = now() - interval '${minutes} minutes'`)
    await since(10)
    return { ...it, ref, since }
  }

  it('long although a node took work asks for workers', async () => {
    await using it = await aWaitingEncounter()
    await it.store.nodes.report(aReport({ workingMs: 60 * minuteMs }))
    await it.store.nodes.report(aReport({ workingMs: 1000 }))

    expect((await it.read(scope)).verdict).toMatchObject(advice)
  })

  it.each([
    ['before this node started', aReport({ workingMs: 2000 })],
    [
      'before a node of the release before started',
      aReport({ startedAt: new Date(Date.now() - 2000).toISOString() }),
    ],
  ])('%s does not', async (_when, report) => {
    await using it = await aWaitingEncounter()
    await it.store.nodes.report(report)
    await it.store.nodes.report(aReport({ state: 'drained', workingMs: null }))
    await it.store.nodes.report(aReport({ workingMs: 60 * minuteMs }))
    await it.statement(
      "update nodes set seen_at = now() - interval '1 minute' where (report->>'workingMs')::float8 = 3600000",
    )

    const { verdict, findings } = await it.read(scope)

    expect([verdict, ...findings].map(({ text }) => text)).not.toContainEqual(
      expect.stringContaining('waited for a worker'),
    )
  })

  it('does not where it was queued again just now, however old it is', async () => {
    await using it = await aWaitingEncounter()
    await it.store.nodes.report(aReport({ workingMs: 60 * minuteMs }))
    await it.store.encounters.transition(it.ref, 'failed', { finished_at: new Date() })
    expect(await admitEncounter(it.ref, { again: true, source: 'test' }, it)).toBe('admitted_again')

    expect((await it.read(scope)).verdict.text).toMatch(
      /^Working\. The oldest waiting encounter: [0-2] s$/,
    )

    await it.since(10)
    expect((await it.read(scope)).verdict).toMatchObject(advice)
    await it.statement("update pgboss.job set start_after = now() + interval '1 minute'")
    expect((await it.read(scope)).verdict.text).toBe('Working')
  })
})

describe('the last backup', () => {
  it('is shown, and warns of its age or that there was none only where an age is configured', async () => {
    await using it = await aDatabase()
    await it.store.nodes.report(aReport())
    expect(await it.read(scope)).toMatchObject({
      verdict: { level: 'working' },
      backup: { lastAt: null, maxAgeHours: null },
    })

    it.settings.BackupMaxAgeHours = 26
    expect((await it.read(scope)).verdict).toMatchObject({
      level: 'attention',
      text: 'No backup was ever made',
      remedy: expect.stringContaining('authscript backup'),
    })

    await it.store.lastBackup.record(3)
    const { verdict, backup } = await it.read(scope)
    expect(verdict.level).toBe('working')
    expect(Date.parse(backup.lastAt ?? '')).toBeGreaterThan(Date.now() - 60_000)

    await it.statement("update last_backup set finished_at = now() - interval '27 hours'")
    expect((await it.read(scope)).verdict).toMatchObject({
      level: 'attention',
      text: 'Backups should be made every 26 h, and none was made',
      since: expect.stringMatching(/Z$/),
    })
  })
})

describe('webhooks', () => {
  it('that the gateway has disabled, or whose secret cannot be read, are named', async () => {
    await using it = await aDatabase()
    await it.store.nodes.report(aReport())
    const add = (url: string) =>
      it.store.webhooks.add(
        {
          practiceId: 'p1',
          url,
          types: ['form.ready'],
          description: null,
          secret: 's',
          createdBy: 'x',
          max: 9,
        },
        new Date(),
      )
    const first = await add('https://a.example/')
    await add('https://b.example/')
    expect((await it.read(scope)).verdict.level).toBe('working')

    await it.store.webhooks.markUnreadable(first ?? '', 'webhook_secret_unreadable', 'no key')
    await it.statement("update webhooks set state = 'disabled' where url = 'https://b.example/'")

    const { verdict, findings } = await it.read(scope)
    expect([verdict, ...findings].map(({ text }) => text)).toEqual([
      'The secret of a webhook cannot be decrypted, so it gets nothing',
      'A webhook is disabled after too many failures',
    ])
  })
})

describe('dead letters', () => {
  it('are grouped by code within the practices of the caller, with cause and remedy', async () => {
    await using it = await aDatabase()
    await it.store.nodes.report(aReport())
    await it.fail('a')
    await it.fail('b')
    await it.fail('c', 'p2')

    const { deadLetters, verdict } = await it.read(scope)

    expect(deadLetters).toMatchObject({
      count: 2,
      groups: [{ code: 'ehr_forbidden', count: 2, when: '403', remedy: 'check scopes' }],
    })
    expect(verdict).toMatchObject({ level: 'attention', text: '2 dead letters need you' })
    expect((await it.read({ practiceIds: ['p3'] })).deadLetters.count).toBe(0)
  })

  it('that were dismissed are gone from list, groups and metric, and back after another failure', async () => {
    await using it = await aDatabase()
    await it.fail('a')
    const [letter] = await it.store.deadLetters.list(scope, { after: undefined, limit: 10 })
    if (letter === undefined) throw new Error('no dead letter')
    const dismissal = { note: 'a test', by: 'operator' }

    expect(await it.store.deadLetters.dismiss(letter, dismissal, clock.now())).toBe(true)
    expect(await it.store.deadLetters.dismiss(letter, dismissal, clock.now())).toBe(false)

    expect(await it.store.deadLetters.list(scope, { after: undefined, limit: 10 })).toEqual([])
    expect(await it.store.deadLetters.count()).toBe(0)
    const ref = { practiceId: 'p1', patientId: 'x', encounterId: 'a' }
    await it.store.encounters.transition(ref, 'queued', { newRun: true })
    await it.store.encounters.transition(ref, 'failed', { error_code: 'ehr_forbidden' })
    expect(await it.store.deadLetters.count()).toBe(1)
  })
})

describe('what is kept', () => {
  it('is an hour of figures, a day of nodes that ended, a week of steps', async () => {
    await using it = await aDatabase()
    const { nodes, nodeMinutes, workFigures, encounterSteps } = it.store
    await nodes.report(aReport())
    await it.statement("update nodes set seen_at = now() - interval '25 hours'")
    const nodeId = randomUUID()
    const figures = {
      workerCount: 1,
      busyWorkers: 1,
      wantedWorkers: 1,
      streamCount: 1,
      ehrRequests: 60,
      tooManyRequests: 2,
    }
    const work = { queued: 1, running: 1, retrying: 1, writeBacksWaiting: 1, writeBacksFailed: 1 }
    const minuteMs = 60_000
    const thisMinute = Math.floor(Date.now() / minuteMs) * minuteMs
    for (const ago of [90, 2]) {
      await nodeMinutes.add(nodeId, new Date(thisMinute - ago * minuteMs), figures)
      await nodeMinutes.add(randomUUID(), new Date(thisMinute - ago * minuteMs), figures)
      await workFigures.addMinute(new Date(thisMinute - ago * minuteMs), work)
      // Another node offers the same minute.
      await workFigures.addMinute(new Date(thisMinute - ago * minuteMs), { ...work, queued: 99 })
    }
    const step = {
      practice_id: 'p1',
      encounter_id: 'a',
      work_item_id: null,
      run: 1,
      attempt: 1,
      kind: 'read',
      node_id: nodeId,
      worker_id: 'w',
      code: null,
      ehr_request_count: 3,
      ehr_ms: 40,
    } as const
    const weekMs = 7 * 24 * 3_600_000
    for (const at of [new Date(Date.now() - weekMs - 1000), new Date()])
      await encounterSteps.add([{ ...step, started_at: at, ended_at: at }])

    await nodes.forget()
    await nodeMinutes.forget()
    await workFigures.forget()
    await encounterSteps.forget()

    expect(await nodes.list(10)).toEqual([])
    expect(await nodeMinutes.since(new Date(0))).toHaveLength(2)
    expect(await workFigures.minutes(new Date(0))).toMatchObject([{ figures: work }])
    expect(
      await encounterSteps.ofEncounter({ practiceId: 'p1', encounterId: 'a' }, 9),
    ).toHaveLength(1)
    const { tiles } = await it.read(scope)
    const requests = tiles
      .flatMap((tile) => tile.figures)
      .find(({ name }) => name === 'requestsPerSecond')
    expect(requests?.history.filter((value) => value !== null)).toEqual([2])
  })
})

describe('a timeline', () => {
  const at = (seconds: number) => new Date(Date.parse('2026-11-30T14:00:00Z') + seconds * 1000)
  const aStep = (kind: 'read' | 'judge', from: number, to: number, attempt = 1) => ({
    step_id: '',
    practice_id: 'p1',
    encounter_id: 'a',
    work_item_id: null,
    run: 1,
    attempt,
    kind,
    node_id: 'n1',
    worker_id: `w${attempt}`,
    started_at: at(from),
    ended_at: at(to),
    code: null,
    ehr_request_count: 0,
    ehr_ms: 0,
  })

  it('shows the waits between what was done, across attempts', () => {
    const entries = toEntries(
      { detected_at: at(0), processing: 'processed', run: 1 },
      [aStep('read', 2, 5), aStep('judge', 5, 6), aStep('judge', 20, 22, 2)],
      [],
    )

    expect(
      entries.map(({ kind, startedAt, endedAt }) => [
        kind,
        startedAt.slice(17, 19),
        endedAt?.slice(17, 19),
      ]),
    ).toEqual([
      ['detected', '00', undefined],
      ['wait', '00', '02'],
      ['read', '02', '05'],
      ['judge', '05', '06'],
      ['wait', '06', '20'],
      ['judge', '20', '22'],
    ])
  })

  it('continues while the encounter waits', () => {
    const entries = toEntries({ detected_at: at(0), processing: 'queued', run: 1 }, [], [])

    expect(entries.map(({ kind, endedAt }) => [kind, endedAt])).toEqual([
      ['detected', null],
      ['wait', null],
    ])
  })
})
