import { randomUUID } from 'node:crypto'
import { systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { explainFailure } from '../errors.ts'
import { checkEhr } from '../fhir/check/check-ehr.ts'
import { type CheckLine, verdictOf } from '../fhir/check/check-line.ts'
import { openCheck } from '../fhir/check/open-check.ts'
import type { Terminal } from './command.ts'

interface EhrCheckOptions {
  readonly practiceId: string
  readonly patientId: string
  readonly encounterId: string | undefined
  /** Whether to write one test document to the chart. */
  readonly writeTest: boolean
  readonly json: boolean
  readonly configFile: string
}

const timeLimitMs = 10 * 60_000

/** Prints a line for each check, or one JSON object. Resolves with the exit code: 1 when a check failed. */
export async function runEhrCheck(
  { practiceId, patientId, encounterId, writeTest, json, configFile }: EhrCheckOptions,
  terminal: Terminal,
): Promise<number> {
  try {
    const config = readConfig(configFile)
    const testDocumentUuid = writeTest ? randomUUID() : undefined
    const { check, close } = openCheck(
      config,
      { practiceId, patientId, encounterId, testDocumentUuid },
      systemClock,
    )
    let lines: readonly CheckLine[]
    try {
      lines = await checkEhr(check, AbortSignal.timeout(timeLimitMs))
    } finally {
      await close()
    }
    const verdict = verdictOf(lines)
    if (json) {
      terminal.print(JSON.stringify({ profile: config.Ehr.Profile, verdict, lines }))
    } else {
      terminal.print(`${check.settings.profile.title} (Ehr__Profile=${config.Ehr.Profile})`)
      for (const line of lines) terminal.print(toRow(line))
      terminal.print(verdict === 'failed' ? 'not ready to go live' : `ready to go live: ${verdict}`)
    }
    return verdict === 'failed' ? 1 : 0
  } catch (error) {
    const { reason } = explainFailure(error)
    if (json) terminal.print(JSON.stringify({ verdict: 'failed', error: reason, lines: [] }))
    terminal.printError(`authscript ehr-check: ${reason}`)
    return 1
  }
}

function toRow({ what, verdict, found, fix }: CheckLine): string {
  const row = `${verdict.padEnd(8)} ${what.padEnd(28)} ${found}`
  return fix === undefined ? row : `${row}\n${' '.repeat(38)}→ ${fix}`
}
