import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Clock, systemClock } from './clock.ts'
import { requireAnswer } from './require-answer.ts'

const { signal } = new AbortController()
/** Every wait is over at once. */
const impatient: Clock = { ...systemClock, sleep: async () => {} }

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'require-answer-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Opening it blocks in the kernel until somebody writes, which nobody does. */
function aPathThatHangs(): string {
  const path = join(aFolder(), 'fifo')
  execFileSync('mkfifo', [path])
  return path
}

const openIt = 'cat "$1"'

describe('a folder', () => {
  it.each([
    { what: 'that exists', path: (folder: string) => folder },
    { what: 'that is yet to be made', path: (folder: string) => join(folder, 'a', 'b') },
    { what: 'that is a file', path: () => import.meta.filename },
  ])('$what answers, and is left as it was', async ({ path }) => {
    const folder = aFolder()

    await requireAnswer(path(folder), { clock: systemClock, signal })

    expect(readdirSync(folder)).toEqual([])
  })

  it.skipIf(process.platform === 'win32')('that hangs is named', async () => {
    const path = aPathThatHangs()

    await expect(
      requireAnswer(path, { clock: impatient, signal, timeoutMs: 10_000, ask: openIt }),
    ).rejects.toMatchObject({
      code: 'database_start',
      message: `${path} did not answer within 10 s; it may be on a network drive that is not connected. Check the mount, or use another folder`,
    })
  })

  it('is not waited for once the start is given up', async () => {
    const given = new AbortController()
    given.abort(new Error('given up'))

    await expect(
      requireAnswer('/', {
        clock: systemClock,
        signal: given.signal,
        ask: 'sleep 1000',
      }),
    ).rejects.toThrow('given up')
  })

  it.skipIf(process.platform === 'win32')(
    'that hangs does not keep the process from its exit',
    async () => {
      const program = `
      const { requireAnswer } = await import(${JSON.stringify(new URL('require-answer.ts', import.meta.url).href)})
      const clock = { sleep: async () => {} }
      const options = { clock, signal: new AbortController().signal, ask: ${JSON.stringify(openIt)} }
      await requireAnswer(${JSON.stringify(aPathThatHangs())}, options).catch((error) => {
        console.log(error.code)
        process.exit(1)
      })
    `
      const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      onTestFinished(() => void child.kill('SIGKILL'))
      let said = ''
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
      const [exitCode] = (await once(child, 'close')) as [number | null]

      expect({ said, exitCode }).toEqual({ said: 'database_start\n', exitCode: 1 })
    },
  )
})
