import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { overlayConfig } from '../../apps/gateway/src/config.ts'
import { GatewayError } from '../../apps/gateway/src/errors.ts'
import { startGateway } from '../../apps/gateway/src/gateway.ts'
import { createLog } from '../../apps/gateway/src/log.ts'
import { stopOnSignals } from '../../apps/gateway/src/signals.ts'
import { readSettings } from '../../apps/sandbox-ehr/src/config.ts'
import { scenarioEncounters } from '../../apps/sandbox-ehr/src/scenarios/scenarios.ts'
import { createSandbox } from '../../apps/sandbox-ehr/src/server.ts'

/** The whole thing on one machine: an EHR to play with, the gateway on its own database, the dashboard, and a day's visits. */

const practice = '195900'
const { values: flags } = parseArgs({
  options: {
    'no-browser': { type: 'boolean', default: false },
    'no-scenario': { type: 'boolean', default: false },
  },
})

try {
  const sandboxSettings = readSettings([])
  const sandbox = createSandbox({ ...sandboxSettings, scenarios: true })
  await sandbox.start().catch((error: unknown) => {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    throw isTaken
      ? new Error(
          `port ${sandboxSettings.port} is taken; choose another for the sandbox EHR with Sandbox__Port`,
        )
      : error
  })
  const config = overlayConfig({
    Log: { Pretty: true },
    Athena: {
      FhirBaseUrl: sandbox.fhirBaseUrl,
      TokenEndpoint: sandbox.tokenUrl,
      ClientId: 'sandbox-client',
      ClientSecret: 'sandbox-secret',
      PollingIntervalSeconds: 1,
      RequestsPerSecond: 100,
      RequestsPerDay: 1_000_000,
    },
  })
  const log = createLog({ level: config.Log.Level, pretty: config.Log.Pretty })
  const gateway = await startGateway({
    config,
    log,
    dashboardDirectory: fileURLToPath(new URL('../../apps/dashboard/dist', import.meta.url)),
  }).catch(async (error: unknown) => {
    await sandbox.stop()
    throw error
  })
  stopOnSignals(async () => {
    console.log('\nstopping: finishing what is under way')
    const { drained, unfinished } = await gateway.stop()
    await sandbox.stop()
    console.log(`stopped; ${drained} finished meanwhile, ${unfinished} left for the next start`)
  })
  void gateway.databaseLost.then(() => {
    console.error(
      'the embedded database ended by itself; its log is postgres.log in Database__Directory',
    )
    process.exit(1)
  })

  const address = config.Http.PublicUrl ?? gateway.address
  const token = await gateway.auth.issueLink({
    label: 'Cedar Hill staff',
    roles: ['clinician', 'staff', 'operator'],
    practiceIds: [practice],
  })
  const link = `${address}/sign-in#token=${token}`
  console.log(`
AuthScript Gateway   ${address}
sandbox EHR          ${sandbox.baseUrl}
sign in (once)       ${link}
`)
  if (!flags['no-browser']) openBrowser(link)
  if (!flags['no-scenario']) {
    for (const visit of scenarioEncounters) {
      await gateway.register(visit)
      sandbox.control.signEncounter(visit.encounterId)
    }
  }
} catch (error) {
  const known =
    error instanceof GatewayError ||
    (error instanceof Error && /taken|Sandbox__/.test(error.message))
  console.error(known && error instanceof Error ? `start: ${error.message}` : error)
  process.exit(1)
}

/** Only where there is a screen; where it fails, the link is printed all the same. */
function openBrowser(url: string): void {
  const command = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open'
  const hasScreen =
    process.platform !== 'linux' ||
    process.env['DISPLAY'] !== undefined ||
    process.env['WAYLAND_DISPLAY'] !== undefined
  if (!hasScreen || !process.stdout.isTTY || process.env['CI'] !== undefined) return
  spawn(command, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
}
