import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createTestDatabase } from '../apps/gateway/test/database/test-database.ts'

const gateway = new URL('../apps/gateway/src/', import.meta.url)
/** Starts a gateway and prints the code of its error. The process ends only if nothing keeps running. */
const program = `
  const { startGateway } = await import(process.argv[1] + 'gateway.ts')
  const { parseConfig } = await import(process.argv[1] + 'config.ts')
  const { createLog } = await import(process.argv[1] + 'log.ts')
  const { config, connection, isTakenLater } = JSON.parse(process.argv[2])
  if (isTakenLater) {
    const { createServer, Server } = await import('node:net')
    const { close } = Server.prototype
    // The start asks whether it can listen, and closes that server. Then another program takes the port.
    Server.prototype.close = function (...args) {
      Server.prototype.close = close
      this.once('close', () => createServer().listen(config.Http.Port, '127.0.0.1').unref())
      return close.apply(this, args)
    }
  }
  try {
    await startGateway({ config: parseConfig(config), connection, log: createLog({ level: 'silent', pretty: false }) })
    console.log('started')
  } catch (error) {
    console.log(error.code)
  }
`

describe('a start that fails', () => {
  it.each([
    { where: 'when it asks for its port', section: {}, code: 'port_taken' },
    { where: 'when it opens its port', section: {}, code: 'port_taken', isTakenLater: true },
    {
      where: 'before it adds its routes',
      section: { Intelligence: { SwitchedOnPolicies: 'no-such-policy' } },
      code: 'config_invalid',
    },
    {
      where: 'when it loads the policies of the practice',
      section: { Intelligence: { PolicyDirectory: '/nowhere' } },
      code: 'config_invalid',
    },
  ])('leaves nothing running, so the process ends ($where)', async (start) => {
    const { section, code, isTakenLater = false } = start
    await using parts = new AsyncDisposableStack()
    const database = parts.use(await createTestDatabase())
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    if (isTakenLater) taken.close()
    else parts.defer(() => void taken.close())
    const config = {
      Http: { Port: port },
      Ehr: {
        FhirBaseUrl: 'http://127.0.0.1:9/fhir/',
        TokenEndpoint: 'http://127.0.0.1:9/token',
        ClientId: 'id',
        ClientSecret: 'secret',
      },
      ...section,
    }

    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        program,
        gateway.href,
        JSON.stringify({ config, connection: database.connection, isTakenLater }),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    parts.defer(() => void child.kill('SIGKILL'))
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    const [exitCode] = (await once(child, 'close')) as [number | null]

    expect(output.trim()).toBe(code)
    expect(exitCode).toBe(0)
  })
})

/** Whether a process runs. */
function runs(processId: number): boolean {
  try {
    return process.kill(processId, 0)
  } catch {
    return false
  }
}

/** Keeps a process from a database that has started until it gets a signal: its start is still under way then, however late that comes. */
const waitsForSignal = `
  import { existsSync } from 'node:fs'
  import { Socket } from 'node:net'
  import { dirname, join } from 'node:path'
  const { connect } = Socket.prototype
  const alive = setInterval(() => {}, 1000)
  const asked = new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT']) process.once(name, resolve)
  }).finally(() => clearInterval(alive))
  Socket.prototype.connect = function (...args) {
    const [to] = args.flat()
    const path = String(to?.path ?? to)
    if (!path.includes('.s.PGSQL') || !existsSync(join(dirname(path), 'postmaster.pid')))
      return connect.apply(this, args)
    void asked.then(() => connect.apply(this, args))
    return this
  }
`

describe('a start that a signal ends', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'closes the database that it has started, and the process ends (%s)',
    async (signal) => {
      await using parts = new AsyncDisposableStack()
      const directory = mkdtempSync(join(tmpdir(), 'authscript-test-'))
      parts.defer(() => rmSync(directory, { recursive: true, force: true }))
      const preload = `data:text/javascript,${encodeURIComponent(waitsForSignal)}`
      const main = fileURLToPath(new URL('main.ts', gateway))
      const child = spawn(process.execPath, ['--import', preload, main], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          Http__Port: '0',
          Database__Directory: directory,
          Ehr__FhirBaseUrl: 'http://127.0.0.1:9/fhir/',
          Ehr__TokenEndpoint: 'http://127.0.0.1:9/token',
          Ehr__ClientId: 'id',
          Ehr__ClientSecret: 'secret',
          Ehr__AllowPlainHttp: 'true',
        },
      })
      parts.defer(() => void child.kill('SIGKILL'))
      let output = ''
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
      const closed = once(child, 'close')
      const pidFile = join(directory, 'postgres', 'postmaster.pid')
      let postmaster = Number.NaN
      while (Number.isNaN(postmaster)) {
        await sleep(5)
        if (existsSync(pidFile)) postmaster = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
      }
      expect(runs(postmaster)).toBe(true)

      child.kill(signal)
      const [exitCode] = (await closed) as [number | null]

      expect(output).not.toContain('gateway is listening')
      expect(output).toContain('the start was ended')
      expect(exitCode).toBe(0)
      expect(runs(postmaster)).toBe(false)
    },
  )
})
