import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'

/** A program that drains until its standard input ends. Each look at its clock finds it `stepMs` later. */
const program = (stepMs: number, outcome: 'resolve' | 'reject') => `
  const { stopOnSignals } = await import(${JSON.stringify(new URL('signals.ts', import.meta.url).href)})
  let ms = 0
  stopOnSignals({
    stop: () => new Promise((resolve, reject) => {
      process.stdin.resume()
      process.stdin.once('end', () => ${outcome === 'resolve' ? 'resolve()' : "reject(new Error('no database'))"})
    }),
    say: (line) => console.log(line),
    now: () => (ms += ${stepMs}),
  })
  // A third listener counts what arrived, after ours has seen it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log('got ' + signal))
  setInterval(() => {}, 1e6)
  console.log('ready')
`

interface Program {
  readonly child: ChildProcess
  /** The next line that it prints. */
  line(): Promise<string | undefined>
  /** Resolves with its exit code. */
  readonly ended: Promise<number | null>
}

async function start(stepMs: number, outcome: 'resolve' | 'reject' = 'resolve'): Promise<Program> {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', program(stepMs, outcome)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const line = async (): Promise<string | undefined> => (await lines.next()).value
  const ended = once(child, 'close').then(([code]) => code as number | null)
  expect(await line()).toBe('ready')
  return { child, line, ended }
}

describe('a program that is stopped', () => {
  it.each([
    { first: 'SIGINT', second: 'SIGINT', code: 130 },
    { first: 'SIGTERM', second: 'SIGTERM', code: 143 },
    { first: 'SIGTERM', second: 'SIGINT', code: 130 },
  ] as const)(
    'drains on $first, and stops at once on a later $second with $code',
    async ({ first, second, code }) => {
      const { child, line, ended } = await start(1000)

      child.kill(first)
      const announced = await line()
      const got = await line()
      child.kill(second)
      const last = await line()

      expect(announced).toBe(
        'draining: running work is finished first. Press Ctrl-C again, or send the signal again, to stop at once',
      )
      expect(got).toBe(`got ${first}`)
      expect(last).toBe('stopped at once. What was not finished continues after the next start')
      expect(await ended).toBe(code)
    },
  )

  it('takes a Ctrl-C that npm passes on for the same one', async () => {
    const { child, line, ended } = await start(1)

    child.kill('SIGINT')
    const first = [await line(), await line()]
    child.kill('SIGINT')
    const second = await line()
    child.stdin?.end()

    expect(first[1]).toBe('got SIGINT')
    expect(second).toBe('got SIGINT')
    expect(await ended).toBe(0)
  })

  it('exits with 0 once it has drained, and with 1 when that fails', async () => {
    const [good, bad] = [await start(1000), await start(1000, 'reject')]

    for (const { child, line } of [good, bad]) {
      child.kill('SIGTERM')
      await line()
      await line()
      child.stdin?.end()
    }

    expect(await good.ended).toBe(0)
    expect(await bad.line()).toBe('stopping failed: no database')
    expect(await bad.ended).toBe(1)
  })
})
