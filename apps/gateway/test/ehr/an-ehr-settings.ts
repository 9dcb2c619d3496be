import type { Sandbox } from '../../../sandbox-ehr/src/server.ts'
import { parseConfig } from '../../src/config.ts'
import { type EhrSettings, toEhrSettings } from '../../src/fhir/ehr-settings.ts'

/** The EHR settings of a gateway that is configured for this sandbox and has the defaults for everything else. */
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

/** The limits of the default configuration. */
export function ehrLimitsByDefault(): EhrSettings['limits'] {
  return anEhrSettings({ fhirBaseUrl: 'https://ehr.test/fhir', tokenUrl: 'https://ehr.test/token' })
    .limits
}
