import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from './config.ts'
import { GatewayError } from './errors.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { createLog } from './log.ts'
import { startCheckLines } from './operations/start-checks.ts'
import { stopOnSignals } from './signals.ts'

const usage = `usage: npm run gateway -- [--config FILE]

Starts the gateway. It reads FILE (gateway.config.json unless another is named) and the environment over it: every key can be set
there with double underscores, as in Http__Port=8080. docs/configuration.md lists every key.

  --config FILE   the configuration
  --help          this text

SIGINT (Ctrl-C) and SIGTERM drain and exit with 0; a second one stops at once and exits with 130 or 143.`

let gateway: Gateway | undefined
const interrupted = new AbortController()
try {
  const { values } = parseArgs({
    options: {
      config: { type: 'string', default: 'gateway.config.json' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    console.log(usage)
    process.exit(0)
  }
  const config = readConfig(values.config)
  const log = createLog({ level: config.Log.Level, pretty: config.Log.Pretty })
  const dashboardDirectory = fileURLToPath(new URL('../../dashboard/dist', import.meta.url))
  if (!existsSync(dashboardDirectory))
    log.warn('the dashboard is not built, so only the API is served; run "npm run build" once')
  const { signal } = interrupted
  const starting = startGateway({ config, log, dashboardDirectory, signal })
  stopOnSignals({
    say: (line) => log.info(line),
    isStarting: () => gateway === undefined,
    async stop() {
      interrupted.abort()
      const started = await starting.catch((error: unknown) => {
        if (error !== signal.reason) throw error
      })
      if (started === undefined) return log.info('the start was ended')
      const { drained, unfinished, released } = await started.stop()
      log.info({ drained, unfinished, count: released }, 'gateway stopped')
    },
  })
  const running = await starting
  gateway = running
  log.info({ url: running.address }, 'gateway is listening')
  void running.startChecks.then(async (checks) => {
    if (config.Log.Pretty || process.stdout.isTTY) console.log(startCheckLines(checks).join('\n'))
    else
      for (const { name, isWell, code, found, remedy } of checks) {
        if (isWell) log.info({ dependency: name, state: 'working' }, 'start check')
        else
          log.warn(
            { dependency: name, state: 'failing', code, reason: [found, remedy].join('; ') },
            'start check',
          )
      }
    const reasons = await running.readiness()
    if (reasons.length === 0) log.info({ url: running.address }, 'gateway is ready')
    else log.warn({ url: running.address, reason: reasons.join(' ') }, 'gateway is not ready')
  })
  void running.databaseLost.then(async () => {
    log.fatal({ code: 'database_lost' }, 'the embedded database ended unexpectedly; stopping')
    await running.stop().catch(() => undefined)
    process.exit(1)
  })
} catch (error) {
  // Where a signal ended the start, its handler ends the process.
  if (!interrupted.signal.aborted) fail(error)
}

function fail(error: unknown): never {
  const isUsage =
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  const message = error instanceof GatewayError || isUsage ? error.message : String(error)
  console.error(`gateway: ${message}${isUsage ? `\n\n${usage}` : ''}`)
  process.exit(isUsage ? 2 : 1)
}
