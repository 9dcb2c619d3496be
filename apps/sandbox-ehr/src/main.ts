import { readSettings, usage } from './config.ts'
import { createSandbox, type Sandbox } from './server.ts'

let sandbox: Sandbox
let port: number | undefined
const args = process.argv.slice(2)
if (args.includes('--help') || args.includes('-h')) {
  console.log(usage)
  process.exit(0)
}
try {
  const settings = readSettings(args)
  port = settings.port
  sandbox = createSandbox(settings)
  await sandbox.start()
} catch (error) {
  const isUsage =
    error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  if (isUsage) {
    console.error(`sandbox: ${error.message}\n\n${usage}`)
    process.exit(2)
  }
  const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  console.error(
    busy
      ? `sandbox: port ${port} is taken; choose another with Sandbox__Port or --port`
      : `sandbox: ${error instanceof Error ? error.message : 'could not start'}`,
  )
  process.exit(1)
}
console.log(
  `sandbox EHR as ${sandbox.mode.title} on ${sandbox.baseUrl} (FHIR ${sandbox.fhirBaseUrl}, page ${sandbox.pageUrl})`,
)
if (sandbox.loaded !== undefined) {
  const { files, resources, patients, encounters, skipped, collisions } = sandbox.loaded
  console.log(
    `serving ${resources} resources of ${patients} patients, ${encounters} encounters, from ${files} files`,
  )
  for (const { file, reason } of skipped) console.log(`skipped ${file}: ${reason}`)
  for (const file of collisions)
    console.log(`renamed the ids of ${file} because they were already in use`)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void sandbox.stop().then(() => process.exit(0))
  })
}
