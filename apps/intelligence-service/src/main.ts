import { parseArgs } from 'node:util'
import { checkedPolicies } from '@authscript/intelligence'
import { readSettings } from './config.ts'
import { createIntelligenceService } from './server.ts'

const usage = `usage: npm run intelligence

Starts the analysis as a service of its own. The environment says where it listens and what it reads (Intelligence__Port);
docs/configuration.md lists the variables.

  --help   print this text`

try {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } })
  if (values.help === true) {
    console.log(usage)
    process.exit(0)
  }
  const settings = readSettings()
  // The look-back is not known here; it is part of each chart.
  const { policies, warnings } = checkedPolicies({
    practiceDirectory: settings.policyDirectory,
    serviceDay: new Date().toISOString().slice(0, 10),
    lookBack: {},
  })
  for (const warning of warnings) console.warn(`intelligence: ${warning}`)
  const service = createIntelligenceService(settings, policies)
  const address = await service.start().catch((error: unknown) => {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    throw isTaken
      ? new Error(`port ${settings.port} is taken; choose another with Intelligence__Port`)
      : error
  })
  console.log(`intelligence service on ${address}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void service.stop().then(() => process.exit(0)))
  }
} catch (error) {
  const isUsage =
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  if (isUsage) {
    console.error(`intelligence: ${error.message}\n\n${usage}`)
    process.exit(2)
  }
  console.error(`intelligence: ${error instanceof Error ? error.message : 'could not start'}`)
  process.exit(1)
}
