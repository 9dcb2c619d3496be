import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { quietPort } from '../apps/gateway/test/quiet-port.ts'

it('npm start -- --no-scenario gives its links without encounters, as the README says, and a signal ends it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'authscript-start-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const program = fileURLToPath(new URL('../tools/start/start.ts', import.meta.url))
  const child = spawn(process.execPath, [program, '--no-scenario', '--no-browser'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      Database__Directory: join(folder, 'database'),
      Sandbox__Port: String(await quietPort()),
      Http__Port: String(await quietPort()),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += String(chunk)))

  await expect.poll(() => printed, { timeout: 90_000 }).toContain('sign in (once)')
  child.kill('SIGINT')

  expect(await exited).toEqual([0, null])
  expect(printed).not.toContain('encounters are processed')
})
