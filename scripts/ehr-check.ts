import { parseArgs } from 'node:util'
import { systemClock } from '../apps/gateway/src/clock.ts'
import { readConfig } from '../apps/gateway/src/config.ts'
import { checkEhr } from '../apps/gateway/src/fhir/check/check-ehr.ts'
import { type CheckLine, verdictOf } from '../apps/gateway/src/fhir/check/check-line.ts'
import { openCheck } from '../apps/gateway/src/fhir/check/open-check.ts'
import { GatewayError } from '../apps/gateway/src/errors.ts'

/** Goes through everything that the gateway will ask of the configured EHR, for one patient. Exit code 0: nothing failed. */

const { values } = parseArgs({
  options: {
    config: { type: 'string', default: 'gateway.config.json' },
    practice: { type: 'string' },
    patient: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const { practice, patient } = values
if (practice === undefined || patient === undefined) {
  console.error('usage: npm run ehr-check -- --practice ID --patient ID [--json] [--config FILE]')
  process.exit(2)
}

try {
  const config = readConfig(values.config)
  const { check, close } = openCheck(
    config,
    { practiceId: practice, patientId: patient },
    systemClock,
  )
  let lines: readonly CheckLine[]
  try {
    lines = await checkEhr(check, AbortSignal.timeout(10 * 60_000))
  } finally {
    await close()
  }
  const verdict = verdictOf(lines)
  if (values.json) console.log(JSON.stringify({ profile: config.Ehr.Profile, verdict, lines }))
  else {
    console.log(`${check.settings.profile.title} (Ehr__Profile=${config.Ehr.Profile})`)
    for (const line of lines) console.log(toRow(line))
    console.log(verdict === 'failed' ? 'not ready to go live' : `ready to go live: ${verdict}`)
  }
  process.exitCode = verdict === 'failed' ? 1 : 0
} catch (error) {
  console.error(`ehr-check: ${error instanceof GatewayError ? error.message : String(error)}`)
  process.exitCode = 1
}

function toRow({ what, verdict, found, mend }: CheckLine): string {
  const row = `${verdict.padEnd(8)} ${what.padEnd(28)} ${found}`
  return mend === undefined ? row : `${row}\n${' '.repeat(38)}→ ${mend}`
}
