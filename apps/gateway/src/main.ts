import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readConfig } from './config.ts'
import { GatewayError } from './errors.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { createLog } from './log.ts'
import { stopOnSignals } from './signals.ts'

const { values } = parseArgs({
  options: { config: { type: 'string', default: 'gateway.config.json' } },
})

let gateway: Gateway
try {
  const config = readConfig(values.config)
  const log = createLog({ level: config.Log.Level, pretty: config.Log.Pretty })
  const dashboardDirectory = fileURLToPath(new URL('../../dashboard/dist', import.meta.url))
  gateway = await startGateway({ config, log, dashboardDirectory })
  log.info({ url: gateway.address }, 'gateway is ready')
  stopOnSignals(async () => {
    const { drained, unfinished, givenBack } = await gateway.stop()
    log.info({ drained, unfinished, count: givenBack }, 'gateway stopped')
  })
  void gateway.databaseLost.then(async () => {
    log.fatal({ code: 'database_lost' }, 'the embedded database ended by itself; stopping')
    await gateway.stop().catch(() => undefined)
    process.exit(1)
  })
} catch (error) {
  console.error(`gateway: ${error instanceof GatewayError ? error.message : String(error)}`)
  process.exit(1)
}
