import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { GatewayEvent } from '@authscript/prior-auth'
import { overlayConfig } from '../../apps/gateway/src/config.ts'
import { GatewayError } from '../../apps/gateway/src/errors.ts'
import { type Gateway, startGateway } from '../../apps/gateway/src/gateway.ts'
import { createLog } from '../../apps/gateway/src/log.ts'
import { stopOnSignals } from '../../apps/gateway/src/signals.ts'
import { readSettings } from '../../apps/sandbox-ehr/src/config.ts'
import { scenarioEncounters } from '../../apps/sandbox-ehr/src/scenarios/scenarios.ts'
import { createSandbox } from '../../apps/sandbox-ehr/src/server.ts'
import { connectDemoLaunch, demoLaunch } from './demo-launch.ts'
import { addDemoPeople } from './demo-people.ts'
import { startCheckLines } from '../../apps/gateway/src/operations/start-checks.ts'
import { type ConsoleKey, hasKeyboard, keyLine, listenToKeys } from './console-keys.ts'
import { outcomeLine, summaryLine } from './outcome-line.ts'
import { quietStream } from './quiet-stream.ts'

/** Starts everything on one machine: a sandbox EHR, the gateway with its own database, the dashboard, and a dozen signed encounters. */

const usage = `usage: npm start -- [--verbose] [--no-browser] [--no-scenario]

Starts a sandbox EHR, the gateway and the dashboard, and signs a dozen encounters, so that forms appear. Prints what is well and what
is not, a summary of the forms, warnings and errors, and at last the link. In a terminal it accepts keys: o opens the dashboard, s signs
one more encounter, q quits. Every key of docs/configuration.md can be set in the environment, for example Http__Port=8090.

  --verbose       print the whole log of the gateway
  --no-browser    do not open a browser
  --no-scenario   sign no encounters
  --help          print this text

Ctrl-C finishes running work and stops; a second Ctrl-C stops at once.`

const practice = '195900'
const interrupted = new AbortController()
/** The links come after the forms, unless these take too long. */
const maxScenarioMs = 60_000

try {
  const { values: flags } = parseArgs({
    options: {
      verbose: { type: 'boolean', default: false },
      'no-browser': { type: 'boolean', default: false },
      'no-scenario': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (flags.help) {
    console.log(usage)
    process.exit(0)
  }
  console.log('starting the sandbox EHR and the gateway')
  const sandboxSettings = readSettings([])
  let gateway: Gateway | undefined
  const sandbox = createSandbox(
    { ...sandboxSettings, scenarios: true },
    {
      async announce(encounter) {
        if (gateway === undefined) throw new Error('the gateway is not started yet')
        await gateway.register(encounter)
      },
    },
  )
  await sandbox.start().catch((error: unknown) => {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    throw isTaken
      ? new Error(
          `port ${sandboxSettings.port} is taken; set Sandbox__Port to choose another port for the sandbox EHR`,
        )
      : error
  })
  const sections = {
    Log: { Pretty: true, Level: flags.verbose ? 'info' : 'warn' },
    // As far back as the policies need, so that there are no warnings about it.
    ClinicalQuery: { DocumentLookbackMonths: 24 },
    Athena: {
      FhirBaseUrl: sandbox.fhirBaseUrl,
      TokenEndpoint: sandbox.tokenUrl,
      ClientId: 'sandbox-client',
      ClientSecret: 'sandbox-secret',
      PollingIntervalSeconds: 1,
      RequestsPerSecond: 100,
      RequestsPerDay: 1_000_000,
    },
  }
  const config = overlayConfig({
    ...sections,
    ...demoLaunch(overlayConfig(sections), sandbox, practice),
  })
  const log = createLog({
    level: config.Log.Level,
    pretty: config.Log.Pretty,
    ...(flags.verbose ? {} : { stream: quietStream((line) => process.stdout.write(line)) }),
  })
  const starting = startGateway({
    config,
    log,
    dashboardDirectory: fileURLToPath(new URL('../../apps/dashboard/dist', import.meta.url)),
    signal: interrupted.signal,
  }).catch(async (error: unknown) => {
    await sandbox.stop()
    throw error
  })
  stopOnSignals({
    say: (line) => console.log(`\n${line}`),
    isStarting: () => gateway === undefined,
    async stop() {
      interrupted.abort()
      const running = await starting.catch((error: unknown) => {
        if (error !== interrupted.signal.reason) throw error
      })
      if (running === undefined) return
      const { drained, unfinished } = await running.stop()
      await sandbox.stop()
      console.log(
        `stopped; running tasks finished: ${drained}, left for the next start: ${unfinished}`,
      )
    },
  })
  const started = await starting
  gateway = started
  void started.databaseLost.then(() => {
    console.error(
      'the embedded database stopped unexpectedly; see postgres.log in Database__Directory',
    )
    process.exit(1)
  })

  const address = config.Http.PublicUrl ?? started.address
  const { grant, passwords } = await addDemoPeople(started, practice)
  await connectDemoLaunch(started, config, { sandbox, login: 'a.okafor', practice })
  const newLink = async () => `${address}/sign-in#token=${await started.auth.issueLink(grant)}`
  const link = await newLink()
  const keys: readonly ConsoleKey[] = [
    { key: 'o', name: 'open the dashboard', press: openDashboard },
    { key: 's', name: 'sign an encounter', press: () => signOneMore() },
    { key: 'q', name: 'quit', press: () => process.kill(process.pid, 'SIGINT') },
  ]
  async function openDashboard(): Promise<void> {
    const fresh = await newLink()
    if (!openBrowser(fresh)) console.log(`there is no screen here; sign in (once): ${fresh}`)
  }
  let signedCount = 0
  async function signOneMore(): Promise<void> {
    const like = scenarioEncounters[signedCount % scenarioEncounters.length]
    signedCount += 1
    const encounter = like && sandbox.control.createEncounter(like.encounterId)
    if (encounter === undefined) return
    await started.register(encounter)
    sandbox.control.signEncounter(encounter.encounterId)
    console.log(`signed ${encounter.encounterId}`)
  }
  const isInteractive = hasKeyboard(process.stdin, process.stdout, process.env)
  let areLinksSaid = false
  const sayLinks = () => {
    if (areLinksSaid) return
    areLinksSaid = true
    console.log(`
AuthScript Gateway   ${address}   (operations: ${address}/operations)
sign one more        ${sandbox.pageUrl}   (the sandbox EHR: sign an encounter, open one there, choose a fault)
sign in (once)       ${link}   (as ${grant.label})${passwords.map((line) => `\nsign in by name      ${line}`).join('')}${isInteractive ? `\nkeys                 ${keyLine(keys)}` : ''}
`)
  }
  const checks = await started.startChecks
  console.log(startCheckLines(checks).join('\n'))
  const scenario = flags['no-scenario'] ? [] : scenarioEncounters
  // A second start on the same folder processes nothing again, so the links need not wait for it.
  const processed = await started.store.encounters.list(
    { practiceIds: [...new Set(scenario.map(({ practiceId }) => practiceId))] },
    { processing: 'processed', patientId: undefined },
    { after: undefined, limit: 500 },
  )
  const known = new Set(processed.map((row) => row.encounter_id))
  const newCount = scenario.filter(({ encounterId }) => !known.has(encounterId)).length
  // Where something is wrong, the encounters may never be processed.
  const isWell = checks.every((check) => check.isWell)
  if (flags.verbose || newCount === 0 || !isWell) sayLinks()
  else setTimeout(sayLinks, maxScenarioMs).unref()
  if (!flags.verbose) void printOutcomes(started, newCount, sayLinks)
  if (isInteractive) listenToKeys(process.stdin, keys, () => process.kill(process.pid, 'SIGINT'))
  if (!flags['no-browser']) openBrowser(link)
  for (const encounter of scenario) {
    await started.register(encounter)
    sandbox.control.signEncounter(encounter.encounterId)
  }
} catch (error) {
  // Where a signal ended the start, its handler ends the process.
  if (!interrupted.signal.aborted) fail(error)
}

function fail(error: unknown): never {
  const isUsage =
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  const isKnown =
    isUsage ||
    error instanceof GatewayError ||
    (error instanceof Error && /taken|Sandbox__/.test(error.message))
  console.error(isKnown && error instanceof Error ? `start: ${error.message}` : error)
  if (isUsage) console.error(`\n${usage}`)
  process.exit(isUsage ? 2 : 1)
}

/** Sums up the encounters of the start, and then prints the links, so that they are the last lines. After that, one line for each form. */
async function printOutcomes(
  gateway: Gateway,
  expected: number,
  sayLinks: () => void,
): Promise<void> {
  let settled = 0
  const events: GatewayEvent[] = []
  for await (const item of gateway.orchestrator.getEventStream()) {
    if (item.kind !== 'event') continue
    const { event } = item
    if (settled >= expected) {
      const line = outcomeLine(event)
      if (line !== undefined) console.log(line)
      continue
    }
    events.push(event)
    const { eventType } = event
    if (eventType !== 'EncounterProcessed' && eventType !== 'EncounterProcessingFailed') continue
    settled += 1
    if (settled < expected) continue
    console.log(summaryLine(events))
    sayLinks()
  }
}

/** Opens a browser if there is a screen; false if there is none. If that fails, the user still has the printed link. */
function openBrowser(url: string): boolean {
  const command = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open'
  const hasScreen =
    process.platform !== 'linux' ||
    process.env['DISPLAY'] !== undefined ||
    process.env['WAYLAND_DISPLAY'] !== undefined
  if (!hasScreen || !process.stdout.isTTY || process.env['CI'] !== undefined) return false
  spawn(command, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref()
  return true
}
