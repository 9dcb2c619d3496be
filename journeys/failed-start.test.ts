import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
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
