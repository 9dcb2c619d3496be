import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const root = new URL('../', import.meta.url)

/** Programs that people start with options; `authscript` has tests of its own. */
const programs = [
  'apps/gateway/src/main.ts',
  'apps/intelligence-service/src/main.ts',
  'apps/sandbox-ehr/src/main.ts',
  'tools/bench/run.ts',
  'tools/chaos/run.ts',
  'tools/corpus/run.ts',
  'tools/evaluate/run.ts',
  'tools/pack-library/run.ts',
  'tools/start/start.ts',
]

function run(program: string, option: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, option], {
    cwd: root,
    encoding: 'utf8',
    timeout: 30_000,
  })
  return { status, stdout, stderr }
}

describe.each(programs)('%s', (program) => {
  it('answers --help with its usage', () => {
    const { status, stdout, stderr } = run(program, '--help')

    expect(stdout).toMatch(/^usage: npm (run [a-z-]+|start)/)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  it('answers an unknown option with a sentence and its usage', () => {
    const { status, stdout, stderr } = run(program, '--no-such-option')

    expect(stderr).toMatch(/^[^\n]*Unknown option '--no-such-option'[^\n]*\n\nusage: /)
    expect(stderr).not.toMatch(/^ +at /m)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  })
})
