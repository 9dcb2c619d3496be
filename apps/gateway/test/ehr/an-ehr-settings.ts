import type { Sandbox } from '../../../sandbox-ehr/src/server.ts'
import { parseConfig } from '../../src/config.ts'
import { type EhrSettings, toEhrSettings } from '../../src/fhir/ehr-settings.ts'

/** What a gateway that is configured for this sandbox, and for nothing else, asks its EHR with. */
export function anEhrSettings(
  sandbox: Pick<Sandbox, 'fhirBaseUrl' | 'tokenUrl'>,
  section: object = {},
): EhrSettings {
  return toEhrSettings(
    parseConfig({
      Athena: {
        FhirBaseUrl: sandbox.fhirBaseUrl,
        TokenEndpoint: sandbox.tokenUrl,
        ClientId: 'sandbox-client',
        ClientSecret: 'sandbox-secret',
        ...section,
      },
    }),
  )
}

/** What nobody configured. */
export function ehrLimitsByDefault(): EhrSettings['limits'] {
  return anEhrSettings({ fhirBaseUrl: 'https://ehr.test/fhir', tokenUrl: 'https://ehr.test/token' })
    .limits
}
