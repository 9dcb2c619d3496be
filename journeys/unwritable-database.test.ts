import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OperationsView, Problem } from '@authscript/prior-auth'
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { sha256 } from '../apps/gateway/src/token.ts'
import { onServer } from '../apps/gateway/test/database/template-database.ts'
import { createSandbox, type Sandbox } from '../apps/sandbox-ehr/src/server.ts'
import { GatewayProcess } from '../tools/chaos/gateway-process.ts'
import { anEncounter } from './world.ts'

vi.setConfig({ testTimeout: 500_000, hookTimeout: 120_000 })

/**
 * The folder of the gateway's own database becomes unwritable while it runs: somebody has changed its owner. PostgreSQL runs as `nobody`
 * where the gateway runs as root, so that the file system refuses it.
 */

/** A lease that could not be settled meanwhile has to run out first. */
const slowly = { timeout: 180_000, interval: 200 }
const plainWords = 'the database cannot use the files of its folder'
const practiceIds = ['195900', '1959222']
const keys = { operator: 'key of the operator', program: 'key of a program' }
let sandbox: Sandbox
let folder: string
let gateway: GatewayProcess

beforeAll(async () => {
  sandbox = createSandbox({}, { announce: async () => undefined })
  await sandbox.start()
  folder = mkdtempSync(join(tmpdir(), 'unwritable-'))
  chmodSync(folder, 0o755)
  writeFileSync(
    join(folder, 'gateway.config.json'),
    JSON.stringify({
      Http: { Port: 0, RequestsPerMinute: 100_000 },
      Database: { Directory: join(folder, 'data') },
      Athena: {
        FhirBaseUrl: sandbox.fhirBaseUrl,
        TokenEndpoint: sandbox.tokenUrl,
        ClientId: 'sandbox-client',
        ClientSecret: 'sandbox-secret',
        PollingIntervalSeconds: 0.2,
        RequestsPerSecond: 2000,
        RequestsPerDay: 10_000_000,
      },
      Operations: { BackupMaxAgeHours: 24 },
      Jobs: { PollIntervalSeconds: 0.2 },
      Auth: {
        Credentials: Object.entries(keys).map(([role, key]) => ({
          Label: role,
          KeySha256: sha256(key),
          Roles: [role === 'operator' ? role : 'service'],
          Practices: practiceIds,
        })),
      },
    }),
  )
  gateway = new GatewayProcess({
    configFile: join(folder, 'gateway.config.json'),
    logFile: join(folder, 'log'),
  })
  await gateway.ready()
})

afterAll(async () => {
  await gateway?.end('SIGTERM')
  await sandbox?.stop()
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
})

const ask = (path: string, key: string, body?: object) =>
  fetch(`${gateway.address}${path}`, {
    headers: { 'x-api-key': key, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
const register = (encounter: ReturnType<typeof anEncounter>) =>
  ask('/api/patients/register', keys.program, encounter)
const owned = (user: string) =>
  execFileSync('chown', ['-R', `${user}:${user}`, join(folder, 'data', 'postgres')])
async function authscript(...args: readonly string[]) {
  const config = ['--config', join(folder, 'gateway.config.json')]
  const child = spawn(process.execPath, ['apps/gateway/src/cli/authscript.ts', ...args, ...config])
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [exitCode] = await once(child, 'close')
  return { exitCode: exitCode as number, output }
}
const ownDatabase = () => ({
  host: join(folder, 'data', 'postgres'),
  port: 5432,
  user: 'gateway',
  database: 'gateway',
})
const encountersThat = (are: string) =>
  onServer(ownDatabase(), async (client) => {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from encounters where ${are}`,
    )
    return rows[0]?.n
  })

it.skipIf(process.getuid?.() !== 0)(
  'names a folder that the database may no longer use, and continues when it may again, without a restart',
  async () => {
    const before = anEncounter(1001, 60178)
    const during = anEncounter(1002, 60179)
    expect((await register(before)).status).toBeLessThan(300)

    owned('0')
    try {
      sandbox.control.signEncounter(before.encounterId)
      await expect
        .poll(async () => (await fetch(`${gateway.address}/health/ready`)).status, slowly)
        .toBe(503)

      // A connection that has its files open still reads: then the database only takes no writes.
      expect(await (await fetch(`${gateway.address}/health/ready`)).json()).toMatchObject({
        status: 'not ready',
        reasons: [expect.stringMatching(/^database(_writes)?$/)],
        database: expect.stringContaining(plainWords),
      })
      const page = (await (await ask('/api/operations', keys.operator)).json()) as Partial<
        Problem & OperationsView
      >
      expect(page.detail ?? page.verdict?.detail).toContain(plainWords)
      expect(page.code ?? page.verdict?.code).toBe('database_unavailable')
      expect(await authscript('status')).toEqual({
        exitCode: 1,
        output: expect.stringMatching(
          new RegExp(`${plainWords} .* make the folder writable.*: ${join(folder, 'data')} `),
        ),
      })
      const refused = await register(during)
      expect(refused.status).toBe(503)
      expect(await refused.json()).toMatchObject({ detail: expect.stringContaining(plainWords) })
      await expect
        .poll(() => readFileSync(join(folder, 'log'), 'utf8'), slowly)
        .toContain(plainWords)
    } finally {
      owned('65534')
    }

    await expect
      .poll(async () => (await fetch(`${gateway.address}/health/ready`)).status, slowly)
      .toBe(200)
    // What was acknowledged is there, and done; nothing became a dead letter meanwhile.
    await expect.poll(() => encountersThat("processing = 'processed'"), slowly).toBe(1)
    expect(await encountersThat("processing = 'failed'")).toBe(0)
    expect((await register(during)).status).toBeLessThan(300)
    sandbox.control.signEncounter(during.encounterId)
    await expect.poll(() => encountersThat("processing = 'processed'"), slowly).toBe(2)
    expect(await authscript('status')).toMatchObject({ exitCode: 0 })
  },
)

it('says that a backup cannot be written into a folder that is read-only, and makes one elsewhere', async ({
  skip,
}) => {
  const volume = mkdtempSync(join(tmpdir(), 'read-only-'))
  onTestFinished(() => rmdirSync(volume))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', volume], { stdio: 'pipe' })
  } catch (error) {
    skip(`no disk can be mounted here: ${String(error)}`)
  }
  // Before the folder is removed: what is registered last is done first.
  onTestFinished(() => void execFileSync('umount', [volume]))

  const failed = await authscript('backup', join(volume, 'gateway.gz'))

  expect(failed).toEqual({ exitCode: 1, output: expect.stringContaining('read-only') })
  expect(failed.output).toContain(volume)
  const view = (await (await ask('/api/operations', keys.operator)).json()) as OperationsView
  expect(view.backup.lastAt).toBeNull()
  expect(view.verdict.text).toBe('No backup was ever made')
  expect(await authscript('backup', join(folder, 'gateway.gz'))).toMatchObject({ exitCode: 0 })
  await expect
    .poll(async () => {
      const after = (await (await ask('/api/operations', keys.operator)).json()) as OperationsView
      return after.verdict.text
    }, slowly)
    .toBe('Working')
})
