import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { EncounterTimeline, OperationsView } from '@authscript/prior-auth'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { anEncounter, startWorld, type World } from './world.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const execute = promisify(execFile)
const command = fileURLToPath(new URL('../apps/gateway/src/cli/authscript.ts', import.meta.url))
const slowly = { timeout: 30_000, interval: 100 }

let world: World

beforeAll(async () => {
  world = await startWorld({
    config: {
      TaskOrchestrator: {
        Resiliency: { RetryIntervalSeconds: 0.05 },
        Autoscale: { Apply: false },
      },
    },
  })
})
afterAll(() => world?.[Symbol.asyncDispose]())

const asOperator = (path: string, body?: object) =>
  world.ask(path, {
    key: world.keys.operator,
    ...(body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
  })
async function operations(): Promise<OperationsView> {
  const response = await asOperator('/api/operations')
  expect(response.status).toBe(200)
  return (await response.json()) as OperationsView
}
const figureOf = (view: OperationsView, tile: string, figure: string) =>
  view.tiles.find(({ name }) => name === tile)?.figures.find(({ name }) => name === figure)?.value

describe('an operator asks for the state of the gateway', () => {
  it('sees that it works, with a node, its dependencies and six tiles that name their PromQL', async () => {
    await expect.poll(async () => (await operations()).nodes.length, slowly).toBe(1)
    await expect
      .poll(async () => (await operations()).dependencies.map(({ state }) => state), slowly)
      .toEqual(['working', 'working', 'working'])
    await expect.poll(async () => (await operations()).verdict.level, slowly).toBe('working')

    const view = await operations()

    expect(view.verdict).toMatchObject({ level: 'working', code: null })
    expect(view.nodes[0]).toMatchObject({ nodeId: view.nodeId, state: 'working' })
    expect(view.dependencies.map(({ name }) => name)).toEqual(['ehr', 'token', 'database'])
    expect(view.tiles.map(({ name }) => name)).toEqual([
      'sign_to_form',
      'encounters',
      'workers',
      'ehr',
      'write_backs',
      'streams',
    ])
    const metrics = await (await world.ask('/metrics')).text()
    for (const name of view.tiles.flatMap(({ promQl }) => promQl.join(' ').match(/gateway_\w+/g)))
      expect(metrics).toContain(String(name).replace(/_(bucket|count)$/, ''))
  })

  it('sees each step of an encounter, with its node and its requests to the EHR, and no patient', async () => {
    const encounter = anEncounter(1001, 60178)
    await world.sign(encounter)
    await world.eventOf((event) => event.eventType === 'EncounterProcessed')
    const path = `/api/operations/encounters/${encounter.encounterId}`
    const kinds = async () =>
      ((await (await asOperator(path)).json()) as EncounterTimeline).entries.map(({ kind }) => kind)
    await expect
      .poll(kinds, slowly)
      .toEqual(['detected', 'wait', 'read', 'judge', 'fill', 'record'])

    const answer = await (await asOperator(path)).text()

    const { entries } = JSON.parse(answer) as EncounterTimeline
    const { nodeId } = await operations()
    expect(entries.find(({ kind }) => kind === 'read')).toMatchObject({
      nodeId,
      run: 1,
      attempt: 1,
    })
    expect(entries.find(({ kind }) => kind === 'read')?.ehrRequestCount).toBeGreaterThan(5)
    expect(entries.find(({ kind }) => kind === 'judge')?.ehrRequestCount).toBe(0)
    expect(answer).not.toContain(encounter.patientId)
    // The figures are counted once for all who ask within a second.
    await expect
      .poll(async () => figureOf(await operations(), 'sign_to_form', 'p95') ?? 0, slowly)
      .toBeGreaterThan(0)
    expect(await (await world.ask('/metrics')).text()).toContain(
      'gateway_sign_to_form_seconds_count 1',
    )
  })

  it('sees watched encounters with their last poll, and the configuration with its origin and no secret', async () => {
    const watched = await (await asOperator('/api/operations/watched')).text()
    expect(JSON.parse(watched)).toMatchObject({
      items: [{ encounterId: 'a-195900.encounter-1001', encounterStatus: 'finished', code: null }],
    })
    expect(watched).not.toContain('60178')

    const configuration = await (await asOperator('/api/operations/configuration')).text()
    expect(configuration).not.toContain('sandbox-secret')
    expect((JSON.parse(configuration) as { keys: object[] }).keys).toEqual(
      expect.arrayContaining([
        {
          key: 'Ehr.ClientSecret',
          value: '•••',
          origin: 'file',
          writtenAs: 'Athena.ClientSecret',
        },
        expect.objectContaining({ key: 'Database.PoolSize', origin: 'default' }),
      ]),
    )
  })

  it('is refused charts; others are refused the controls', async () => {
    for (const path of ['/api/operations', '/api/operations/watched'])
      expect((await world.ask(path)).status).toBe(403)
    // The operator has one of two practices.
    expect((await operations()).mayControl).toBe(false)
    expect((await asOperator('/api/operations/drain', {})).status).toBe(403)
    expect((await asOperator('/api/operations/encounters/unknown')).status).toBe(404)
  })

  it('tests a dependency, and gets an error for an unknown one', async () => {
    const before = await operations()
    const tested = await asOperator('/api/operations/dependencies/ehr/test', {})
    expect(await tested.json()).toMatchObject({ name: 'ehr', state: 'working' })
    const after = await operations()
    const callsOf = (view: OperationsView) =>
      view.dependencies.find(({ name }) => name === 'ehr')?.callCount ?? 0
    expect(callsOf(after)).toBeGreaterThan(callsOf(before))
    expect((await asOperator('/api/operations/dependencies/intelligence/test', {})).status).toBe(
      404,
    )
  })
})

describe('dead letters', () => {
  const failing = [anEncounter(1002, 60179), anEncounter(1003, 60180)]

  it('come grouped by code, with cause and remedy of docs/errors.md', async () => {
    world.sandbox.control.addFault({
      kind: 'status',
      status: 403,
      match: { resourceType: 'Patient' },
    })
    await world.sign(...failing)
    await expect.poll(async () => (await operations()).deadLetters.count, slowly).toBe(2)

    const { deadLetters, verdict } = await operations()

    expect(deadLetters.groups).toMatchObject([
      {
        code: 'ehr_forbidden',
        count: 2,
        practiceIds: ['195900'],
        remedy: "check scopes and the practice's consent",
        href: '/docs/errors#ehr_forbidden',
      },
    ])
    expect(verdict).toMatchObject({ level: 'attention', text: '2 dead letters need you' })
    const page = await (await world.ask('/docs/errors')).text()
    expect(page).toContain('<dt id="ehr_forbidden">')
  })

  it('are taken off the list with a note, and count again when they fail again', async () => {
    const listed = await (await asOperator('/api/dead-letters?code=ehr_forbidden')).json()
    const [letter] = (listed as { items: { deadLetterId: string; encounterId: string }[] }).items
    const path = `/api/dead-letters/${letter?.deadLetterId}`

    expect((await asOperator(`${path}/dismiss`, { note: ' ' })).status).toBe(400)
    expect((await asOperator(`${path}/dismiss`, { note: 'test encounter' })).status).toBe(200)

    expect((await operations()).deadLetters.count).toBe(1)
    expect((await asOperator(`${path}/dismiss`, { note: 'again' })).status).toBe(404)
    expect(
      await world.database(
        "select count(*)::int as n from dismissed_letters where note = 'test encounter' and dismissed_by = 'operator'",
      ),
    ).toBe(1)
    await world.ask(`/api/encounters/${letter?.encounterId}/reprocess`, { method: 'POST' })
    await expect.poll(async () => (await operations()).deadLetters.count, slowly).toBe(2)
  })

  it('are redriven by their code, all at once', async () => {
    world.sandbox.control.clearFaults()

    const redrive = async (body: object) =>
      (await (
        await asOperator('/api/dead-letters/redrive', { code: 'ehr_forbidden', ...body })
      ).json()) as { nextCursor: string | null }

    const first = await redrive({ limit: 1 })
    expect(first).toEqual({ redrivenCount: 1, leftCount: 1, nextCursor: expect.any(String) })
    expect(await redrive({ limit: 1, cursor: first.nextCursor })).toEqual({
      redrivenCount: 1,
      leftCount: 0,
      nextCursor: null,
    })
    expect(await redrive({ cursor: 'elsewhere' })).toMatchObject({ status: 400 })
    await expect
      .poll(
        () =>
          world.database(
            "select count(*)::int as n from encounters where processing = 'processed'",
          ),
        slowly,
      )
      .toBe(3)
    expect(await (await asOperator('/api/dead-letters/redrive', { code: 'x_y' })).json()).toEqual({
      redrivenCount: 0,
      leftCount: 0,
      nextCursor: null,
    })
  })
})

describe('authscript status', () => {
  it('says the same about a running gateway as its page, and refuses a key without the role', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'authscript-status-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const status = async (key: string, ...options: string[]) => {
      const file = join(folder, 'key')
      await writeFile(file, key)
      return await execute(
        process.execPath,
        [command, 'status', '--url', world.gateway.address, '--key-file', file, ...options],
        { cwd: folder },
      ).then(
        ({ stdout }) => ({ exitCode: 0, output: stdout }),
        ({ code, stderr }: { code: number; stderr: string }) => ({
          exitCode: code,
          output: stderr,
        }),
      )
    }

    const text = await status(world.keys.operator)
    const json = await status(world.keys.operator, '--json')
    const refused = await status(world.keys.clinician)

    expect(text).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^ok {4}Working/) })
    expect(JSON.parse(json.output)).toMatchObject({ verdict: { level: 'working' } })
    expect(refused).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/answered 403: .*operator.* \[status_unknown\]/),
    })
  })
})

describe('a drained node', () => {
  it('leaves the work to the other node, which reports it too', async () => {
    const other = await world.addNode()
    const token = await world.gateway.auth.issueLink({
      label: 'Night shift',
      roles: ['operator'],
      practiceIds: ['195900', '1959222'],
    })
    const session = await fetch(`${world.gateway.address}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    // One for our own page; the one for a page inside the EHR is deleted.
    const cookie = session.headers
      .getSetCookie()
      .map((set) => set.split(';')[0] ?? '')
      .filter((pair) => !pair.endsWith('='))
      .join('; ')
    const control = async (path: string) => {
      const response = await fetch(`${world.gateway.address}${path}`, {
        method: 'POST',
        headers: { cookie, origin: world.gateway.address },
      })
      expect(response.status).toBe(200)
      return (await response.json()) as OperationsView
    }

    const { nodeId } = await control('/api/operations/drain')
    const encounter = anEncounter(1004, 60181)
    await world.sign(encounter)
    await world.eventOf(
      (event) =>
        event.eventType === 'EncounterProcessed' &&
        event.data.encounterId === encounter.encounterId,
    )

    const elsewhere = (await (
      await fetch(`${other.address}/api/operations`, {
        headers: { 'x-api-key': world.keys.operator },
      })
    ).json()) as OperationsView
    expect(elsewhere.nodes.find((node) => node.nodeId === nodeId)?.state).toBe('drained')
    expect(elsewhere.verdict).toMatchObject({
      level: 'attention',
      text: expect.stringMatching(/^A node is drained, so it takes no new work \(node .+:\d+\)$/),
    })
    expect(elsewhere.nodes).toHaveLength(2)
    const timeline = async () =>
      (
        (await (
          await asOperator(`/api/operations/encounters/${encounter.encounterId}`)
        ).json()) as EncounterTimeline
      ).entries.find(({ kind }) => kind === 'read')?.nodeId
    await expect.poll(timeline, slowly).toBe(elsewhere.nodeId)
    const { verdict } = await control('/api/operations/take-up')
    expect(verdict.level).toBe('working')
  })
})
