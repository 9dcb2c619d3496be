import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { type Check, runSideBySide } from './run-side-by-side.ts'

const script = (name: string, code: string): Check => ({
  name,
  command: [process.execPath, '-e', code],
})

async function outcomeOf(checks: readonly Check[], atOnce = 2) {
  const printed: string[] = []
  const failed = await runSideBySide(checks, { atOnce, print: (text) => printed.push(text) })
  return { printed, failed }
}

it('runs every check, also after one that fails, and names those that failed', async () => {
  const { printed, failed } = await outcomeOf([
    script('one', 'console.log("a fault"); process.exit(1)'),
    script('two', 'console.log("fine")'),
    script('three', 'process.kill(process.pid, "SIGKILL")'),
    { name: 'four', command: ['a-program-that-is-not-there'] },
  ])

  expect(failed.toSorted()).toEqual(['four', 'one', 'three'])
  expect(printed.toSorted()).toEqual([
    expect.stringMatching(/^\n> four \(failed\)\n.*ENOENT/),
    '\n> one (failed)\na fault\n',
    '\n> three (failed)\n',
    '\n> two\nfine\n',
  ])
})

it('prints what a check says as a whole when it ends, and waits for no other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'side-by-side-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const signal = join(folder, 'signal')
  const printed: string[] = []

  await runSideBySide(
    [
      script(
        'slow',
        `console.log('begins')
         const timer = setInterval(() => {
           if (!fs.existsSync(${JSON.stringify(signal)})) return
           clearInterval(timer)
           console.error('ends')
         }, 10)`,
      ),
      script('quick', 'console.log("quick")'),
    ],
    {
      atOnce: 2,
      print(text) {
        printed.push(text)
        writeFileSync(signal, '')
      },
    },
  )

  expect(printed).toEqual(['\n> quick\nquick\n', '\n> slow\nbegins\nends\n'])
})

it('runs as many at once as it is allowed', async () => {
  const { printed } = await outcomeOf(
    [script('slow', 'setTimeout(() => undefined, 300)'), script('quick', '')],
    1,
  )

  expect(printed).toEqual(['\n> slow\n', '\n> quick\n'])
})
