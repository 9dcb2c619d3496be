import { readSettings } from './config.ts'
import { createSandbox, type Sandbox } from './server.ts'

let sandbox: Sandbox
let port: number | undefined
try {
  const settings = readSettings(process.argv.slice(2))
  port = settings.port
  sandbox = createSandbox(settings)
  await sandbox.start()
} catch (error) {
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
