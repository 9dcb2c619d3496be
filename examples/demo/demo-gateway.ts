import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { overlayConfig } from '../../apps/gateway/src/config.ts'
import { startGateway } from '../../apps/gateway/src/gateway.ts'
import { randomToken, sha256 } from '../../apps/gateway/src/token.ts'
import { createLog } from '../../apps/gateway/src/log.ts'
import { createSandbox } from '../../apps/sandbox-ehr/src/server.ts'

/** A gateway with a sandbox EHR, and a key of a program and of a clinician: for examples that show how to talk to one. */
export async function startDemoGateway() {
  const Directory = mkdtempSync(join(tmpdir(), 'authscript-example-'))
  const apiKey = randomToken()
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
      Webhooks: { AllowedNetworks: ['127.0.0.0/8'] },
      Auth: {
        Credentials: [
          {
            Label: 'example program',
            KeySha256: sha256(apiKey),
            Roles: ['service', 'staff'],
            Practices: ['195900'],
          },
        ],
      },
    },
    {},
  )
  const gateway = await startGateway({ config, log: createLog({ level: 'silent', pretty: false }) })
  return {
    baseUrl: gateway.address,
    apiKey,
    /** The clinician signs the encounter in the EHR. */
    sign: (encounterId: string) => sandbox.control.signEncounter(encounterId),
    async [Symbol.asyncDispose]() {
      await gateway.stop()
      await sandbox.stop()
      rmSync(Directory, { recursive: true, force: true })
    },
  }
}
