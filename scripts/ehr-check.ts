import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { systemClock } from '../apps/gateway/src/clock.ts'
import { readConfig } from '../apps/gateway/src/config.ts'
import { checkEhr } from '../apps/gateway/src/fhir/check/check-ehr.ts'
import { type CheckLine, verdictOf } from '../apps/gateway/src/fhir/check/check-line.ts'
import { openCheck } from '../apps/gateway/src/fhir/check/open-check.ts'
import { GatewayError } from '../apps/gateway/src/errors.ts'

/**
 * Goes through everything that the gateway will ask of the configured EHR, for one patient. Exit code 0: nothing failed; 1: something
 * did; 2: wrong usage. With `--json` the last line on stdout is one JSON object, unless the usage was wrong.
 */

const usage =
  'usage: npm run ehr-check -- --practice ID --patient ID [--encounter ID [--write-test]] [--json] [--config FILE]'

const options = readOptions()
if (options === undefined) {
  console.error(usage)
  process.exit(2)
}
const { practice, patient, encounter } = options

try {
  const config = readConfig(options.config)
  const { check, close } = openCheck(
    config,
    {
      practiceId: practice,
      patientId: patient,
      encounterId: encounter,
      testDocumentUuid: options['write-test'] ? randomUUID() : undefined,
    },
    systemClock,
  )
  let lines: readonly CheckLine[]
  try {
    lines = await checkEhr(check, AbortSignal.timeout(10 * 60_000))
  } finally {
    await close()
  }
  const verdict = verdictOf(lines)
  if (options.json) console.log(JSON.stringify({ profile: config.Ehr.Profile, verdict, lines }))
  else {
    console.log(`${check.settings.profile.title} (Ehr__Profile=${config.Ehr.Profile})`)
    for (const line of lines) console.log(toRow(line))
    console.log(verdict === 'failed' ? 'not ready to go live' : `ready to go live: ${verdict}`)
  }
  process.exitCode = verdict === 'failed' ? 1 : 0
} catch (error) {
  const reason = error instanceof GatewayError ? error.message : String(error)
  if (options.json) console.log(JSON.stringify({ verdict: 'failed', error: reason, lines: [] }))
  console.error(`ehr-check: ${reason}`)
  process.exitCode = 1
}

/** Undefined when they cannot be understood, or do not go together. */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        config: { type: 'string', default: 'gateway.config.json' },
        practice: { type: 'string' },
        patient: { type: 'string' },
        encounter: { type: 'string' },
        'write-test': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    const { practice, patient, encounter } = values
    if (practice === undefined || patient === undefined) return undefined
    if (values['write-test'] && encounter === undefined) return undefined
    return { ...values, practice, patient }
  } catch {
    return undefined
  }
}

function toRow({ what, verdict, found, fix }: CheckLine): string {
  const row = `${verdict.padEnd(8)} ${what.padEnd(28)} ${found}`
  return fix === undefined ? row : `${row}\n${' '.repeat(38)}→ ${fix}`
}
