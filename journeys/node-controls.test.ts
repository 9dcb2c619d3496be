import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NodeView, OperationsView } from '@authscript/prior-auth'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { sha256 } from '../apps/gateway/src/token.ts'
import { urlOf } from '../apps/gateway/test/database/table-rows.ts'
import { onServer } from '../apps/gateway/test/database/template-database.ts'
import { createTestDatabase } from '../apps/gateway/test/database/test-database.ts'
import { createSandbox, type Sandbox } from '../apps/sandbox-ehr/src/server.ts'
import { GatewayProcess } from '../tools/chaos/gateway-process.ts'
import { holdAnswers } from './held-answers.ts'
import { anEncounter } from './world.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

const practiceIds = ['195900', '1959222']
const operatorKey = 'key of the operator of all practices'
const programKey = 'key of a program'
const slowly = { timeout: 90_000, interval: 100 }

/** Two processes of the gateway, as an operator starts them, on one database. Everything is asked of the first. */
let here: GatewayProcess
let there: GatewayProcess
let sandbox: Sandbox
const answers = holdAnswers()
let database: Awaited<ReturnType<typeof createTestDatabase>>
let folder: string

const start = () =>
  new GatewayProcess({
    configFile: join(folder, 'gateway.config.json'),
    logFile: join(folder, 'log'),
  })

beforeAll(async () => {
  sandbox = createSandbox({}, { announce: async () => undefined, clock: answers.clock })
  await sandbox.start()
  database = await createTestDatabase()
  folder = mkdtempSync(join(tmpdir(), 'node-controls-'))
  writeFileSync(
    join(folder, 'gateway.config.json'),
    JSON.stringify({
      Http: { Port: 0, RequestsPerMinute: 100_000 },
      Database: { Url: urlOf(database.connection) },
      Athena: {
        FhirBaseUrl: sandbox.fhirBaseUrl,
        TokenEndpoint: sandbox.tokenUrl,
        ClientId: 'sandbox-client',
        ClientSecret: 'sandbox-secret',
        PollingIntervalSeconds: 0.1,
        RequestsPerSecond: 2000,
        RequestsPerDay: 10_000_000,
      },
      Jobs: { PollIntervalSeconds: 0.2, RetryCount: 0 },
      TaskOrchestrator: { Autoscale: { Apply: false } },
      Auth: {
        Credentials: [
          {
            Label: 'night shift',
            KeySha256: sha256(operatorKey),
            Roles: ['operator'],
            Practices: practiceIds,
          },
          {
            Label: 'program',
            KeySha256: sha256(programKey),
            Roles: ['service'],
            Practices: practiceIds,
          },
        ],
      },
    }),
  )
  here = start()
  await here.ready()
  there = start()
  await there.ready()
})

afterAll(async () => {
  await Promise.all([here?.end('SIGTERM'), there?.end('SIGTERM')])
  await sandbox?.stop()
  await database?.[Symbol.asyncDispose]()
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
})

const ask = (path: string, body?: object, key = operatorKey) =>
  fetch(`${here.address}${path}`, {
    headers: { 'x-api-key': key, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
async function operations(): Promise<OperationsView> {
  const response = await ask('/api/operations')
  expect(response.status).toBe(200)
  return (await response.json()) as OperationsView
}
async function other(): Promise<NodeView> {
  const { nodes, nodeId } = await operations()
  const found = nodes.find((node) => node.nodeId !== nodeId && node.state !== 'gone')
  if (found === undefined) throw new Error('the other node is not listed')
  return found
}
/** The operator's command, as a process of its own on the configuration of the nodes. */
function authscript(...args: readonly string[]) {
  const file = join(folder, 'gateway.config.json')
  const child = spawn(
    process.execPath,
    ['apps/gateway/src/cli/authscript.ts', ...args, '--config', file],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exitCode = once(child, 'close').then(([code]) => code as number | null)
  return { child, exitCode, output: () => output }
}
const control = async (path: string, body: object = {}): Promise<OperationsView> => {
  const response = await ask(path, body)
  expect(response.status, await response.clone().text()).toBe(200)
  return (await response.json()) as OperationsView
}
const register = async (encounter: ReturnType<typeof anEncounter>) => {
  const response = await ask('/api/patients/register', encounter, programKey)
  expect(response.status, await response.text()).toBeLessThan(300)
  sandbox.control.signEncounter(encounter.encounterId)
}
const count = (statement: string) =>
  onServer(database.connection, async (client) => {
    const { rows } = await client.query<{ n: number }>(statement)
    return rows[0]?.n
  })
const processed = (encounterId: string) =>
  count(
    `select count(*)::int as n from encounters where encounter_id = '${encounterId}' and processing = 'processed'`,
  )

it('drains another node by its name: asked, draining, drained; and lets it take up work again', async () => {
  await expect.poll(async () => (await operations()).nodes.length, slowly).toBe(2)
  const { nodeId } = await operations()
  const { host, processId, nodeId: otherId } = await other()
  const name = `${host}:${processId}`
  // The other node gets the work, and cannot finish it before it was seen to drain.
  await control(`/api/operations/nodes/${nodeId}/drain`)
  sandbox.control.addFault({ kind: 'latency', match: { resourceType: 'Patient' } })
  const first = anEncounter(1001, 60178)
  await register(first)
  await expect.poll(async () => (await other()).leaseCount, slowly).toBe(1)

  // A process that hangs cannot do what it is asked for: the page says that it was asked.
  there.send('SIGSTOP')
  const asked = await control(`/api/operations/nodes/${encodeURIComponent(name)}/drain`)
  expect(asked.nodes.find((node) => node.nodeId === otherId)).toMatchObject({
    state: 'working',
    asked: { act: 'drain', workers: null },
  })
  there.send('SIGCONT')

  await expect.poll(async () => (await other()).state, slowly).toBe('draining')
  expect((await other()).asked).toBeNull()
  expect((await operations()).verdict.text).toBe(
    'Nothing is processed, because every node is drained',
  )
  answers.release()
  await expect.poll(async () => (await other()).state, slowly).toBe('drained')
  expect(await processed(first.encounterId)).toBe(1)
  expect((await fetch(`${there.address}/health/ready`)).status).toBe(503)

  // Asking again changes nothing.
  await control(`/api/operations/nodes/${otherId}/drain`)
  expect((await other()).state).toBe('drained')
  sandbox.control.clearFaults()
  await control(`/api/operations/nodes/${name}/take-up`)
  await expect.poll(async () => (await other()).state, slowly).toBe('working')
  const second = anEncounter(1002, 60179)
  await register(second)
  await expect.poll(() => processed(second.encounterId), slowly).toBe(1)
  expect(
    await count(
      `select count(*)::int as n from audit_log where detail like 'drain ${name} ${otherId}' and label = 'night shift'`,
    ),
  ).toBe(2)
  await control(`/api/operations/nodes/${nodeId}/take-up`)
})

it('drains a node from the command line, waits for it, and leaves the request when interrupted', async () => {
  const { nodeId } = await operations()
  const { host, processId, nodeId: otherId } = await other()
  const name = `${host}:${processId}`
  await control(`/api/operations/nodes/${nodeId}/drain`)
  answers.hold()
  sandbox.control.addFault({ kind: 'latency', match: { resourceType: 'Patient' } })
  const encounter = anEncounter(1004, 60181)
  await register(encounter)
  await expect.poll(async () => (await other()).leaseCount, slowly).toBe(1)

  const first = authscript('drain', '--node', name, '--wait')
  await expect.poll(() => first.output(), slowly).toContain(`${name}: draining, 1 job left`)
  first.child.kill('SIGINT')

  expect(await first.exitCode).toBe(130)
  expect(first.output()).toContain(`the request stays, and ${name} continues draining`)
  expect(first.output()).toContain(`authscript take-up --node ${name}`)
  answers.release()
  const second = authscript('drain', '--node', otherId, '--wait')
  expect(await second.exitCode, second.output()).toBe(0)
  expect(second.output()).toMatch(/: drained\n$/)
  expect(await processed(encounter.encounterId)).toBe(1)
  expect((await fetch(`${there.address}/health/ready`)).status).toBe(503)

  sandbox.control.clearFaults()
  const resumed = authscript('take-up', '--all')
  expect(await resumed.exitCode, resumed.output()).toBe(0)
  await expect
    .poll(async () => (await operations()).nodes.map(({ state }) => state), slowly)
    .toEqual(['working', 'working'])
  expect(
    await count(
      `select count(*)::int as n from audit_log where label = 'authscript' and action = 'settings'
        and detail in ('drain ${name} ${otherId}', 'take_up ${name} ${otherId}')`,
    ),
  ).toBe(3)
})

it('sets the workers of another node', async () => {
  const { nodeId } = await other()

  await control(`/api/operations/nodes/${nodeId}/workers`, { count: 7 })

  await expect.poll(async () => (await other()).workerCount, slowly).toBe(7)
  expect((await other()).asked).toBeNull()
})

it('pauses all nodes, one that starts meanwhile too, until all are resumed', async () => {
  await ask('/api/orchestrator/pause', {})
  await expect.poll(async () => (await other()).state, slowly).toBe('paused')
  const { verdict, nodes, pause } = await operations()
  expect(nodes.map(({ state }) => state)).toEqual(['paused', 'paused'])
  expect(pause).toMatchObject({ by: 'night shift' })
  expect(verdict).toMatchObject({
    level: 'trouble',
    text: 'Nothing is processed, because all nodes are paused',
    detail: 'paused by night shift',
  })

  await there.end('SIGTERM')
  there = start()
  await there.ready()
  await expect.poll(async () => (await other()).state, slowly).toBe('paused')
  const encounter = anEncounter(1003, 60180)
  await register(encounter)
  await expect
    .poll(() => count("select count(*)::int as n from encounters where processing = 'queued'"), {
      ...slowly,
    })
    .toBe(1)

  await ask('/api/orchestrator/resume', {})

  await expect.poll(() => processed(encounter.encounterId), slowly).toBe(1)
  await expect.poll(async () => (await other()).state, slowly).toBe('working')
})

it('ends a drain with the process, and refuses what cannot be asked of a node', async () => {
  const drained = await other()
  await control(`/api/operations/nodes/${drained.nodeId}/drain`)
  await expect.poll(async () => (await other()).state, slowly).toBe('drained')
  await there.end('SIGKILL')
  there = start()
  await there.ready()
  await expect
    .poll(
      async () => (await operations()).nodes.filter(({ state }) => state === 'working').length,
      slowly,
    )
    .toBe(2)

  await expect
    .poll(
      async () => (await ask(`/api/operations/nodes/${drained.nodeId}/drain`, {})).status,
      slowly,
    )
    .toBe(409)
  const unknown = await ask('/api/operations/nodes/nowhere:1/drain', {})
  expect(await unknown.json()).toMatchObject({ status: 404, code: 'not_found' })
})
