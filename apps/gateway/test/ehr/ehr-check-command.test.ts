import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scenarioEncounters } from '../../../sandbox-ehr/src/scenarios/scenarios.ts'
import { createSandbox } from '../../../sandbox-ehr/src/server.ts'

const sandbox = createSandbox({ as: 'hapi' })
const folder = mkdtempSync(join(tmpdir(), 'authscript-check-'))
const config = join(folder, 'gateway.config.json')
const { practiceId, patientId, encounterId } = scenarioEncounters[0] ?? {
  practiceId: '',
  patientId: '',
  encounterId: '',
}
const subject = ['--practice', practiceId, '--patient', patientId]

beforeAll(async () => {
  await sandbox.start()
  const Ehr = {
    Profile: 'hapi',
    FhirBaseUrl: sandbox.fhirBaseUrl,
    TokenEndpoint: sandbox.tokenUrl,
    ClientId: 'sandbox-client',
    RequestsPerSecond: 1000,
  }
  writeFileSync(config, JSON.stringify({ Ehr }))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await sandbox.stop()
})

interface Ran {
  readonly code: number
  readonly lines: readonly string[]
  readonly stderr: string
}

function ehrCheck(args: readonly string[], secret = 'sandbox-secret'): Promise<Ran> {
  const script = join(import.meta.dirname, '../../src/cli/authscript.ts')
  const { promise, resolve } = Promise.withResolvers<Ran>()
  const env = { PATH: process.env['PATH'], Ehr__ClientSecret: secret }
  // Not the synchronous one: the sandbox answers from this process.
  const child = execFile(
    process.execPath,
    [script, 'ehr-check', '--config', config, ...args],
    { env },
    (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, lines: stdout.trimEnd().split('\n'), stderr }),
  )
  return promise
}

describe('authscript ehr-check', { concurrent: true }, () => {
  it.each([
    { wrong: 'no patient', args: ['--practice', practiceId, '--json'] },
    { wrong: 'a write test without an encounter', args: [...subject, '--write-test'] },
    { wrong: 'an unknown option', args: [...subject, '--write'] },
  ])('ends with 2 and one sentence for $wrong', async ({ args }) => {
    const { code, lines, stderr } = await ehrCheck(args)

    expect(code).toBe(2)
    expect(lines).toEqual([''])
    expect(stderr).toMatch(/^authscript ehr-check: .*; see "authscript ehr-check --help"\n$/)
  })

  it('ends with 0 and a row for each line when nothing failed', async () => {
    const { code, lines } = await ehrCheck(subject)

    expect(code).toBe(0)
    expect(lines[0]).toContain('Ehr__Profile=hapi')
    expect(lines.at(-1)).toBe('ready to go live: ok')
    expect(lines.some((line) => /^ok +token +granted$/.test(line))).toBe(true)
  })

  it('writes the test document on request, and ends in one JSON object', async () => {
    const args = [...subject, '--encounter', encounterId, '--write-test', '--json']

    const { code, lines } = await ehrCheck(args)

    expect(code).toBe(0)
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      profile: 'hapi',
      verdict: 'ok',
      lines: expect.arrayContaining([expect.objectContaining({ what: 'writing', verdict: 'ok' })]),
    })
    expect(sandbox.control.documents()).toHaveLength(1)
  })

  it.each([
    { failed: 'a line', args: subject, secret: 'wrong' },
    { failed: 'the configuration', args: subject, secret: '' },
  ])('ends with 1 and a JSON object that says so when $failed failed', async ({ args, secret }) => {
    const { code, lines } = await ehrCheck([...args, '--json'], secret)

    expect(code).toBe(1)
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ verdict: 'failed' })
  })
})
