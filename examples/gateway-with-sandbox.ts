import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { overlayConfig } from '../apps/gateway/src/config.ts'
import { startGateway } from '../apps/gateway/src/gateway.ts'
import { createLog } from '../apps/gateway/src/log.ts'
import { scenarioEncounters } from '../apps/sandbox-ehr/src/scenarios/scenarios.ts'
import { createSandbox } from '../apps/sandbox-ehr/src/server.ts'

/** The whole gateway in a few lines: signs one encounter and waits for its form. */

const Directory = mkdtempSync(join(tmpdir(), 'authscript-example-'))
const sandbox = createSandbox()
await sandbox.start()
const config = overlayConfig(
  {
    Http: { Port: 0 },
    Database: { Directory },
    Athena: {
      FhirBaseUrl: sandbox.fhirBaseUrl,
      TokenEndpoint: sandbox.tokenUrl,
      ClientId: 'sandbox-client',
      ClientSecret: 'sandbox-secret',
      PollingIntervalSeconds: 0.1,
    },
  },
  {},
)
const gateway = await startGateway({ config, log: createLog({ level: 'silent', pretty: false }) })
const events = gateway.orchestrator.getEventStream()
const [encounter] = scenarioEncounters
if (encounter !== undefined) {
  await gateway.register(encounter)
  sandbox.control.signEncounter(encounter.encounterId)
  for await (const item of events) {
    if (item.kind === 'event') console.log(item.event.eventType)
    if (item.kind === 'event' && item.event.eventType === 'EncounterProcessed') break
  }
}
await gateway.stop()
await sandbox.stop()
rmSync(Directory, { recursive: true, force: true })
