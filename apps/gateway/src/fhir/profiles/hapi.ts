import type { EhrProfile } from './ehr-profile.ts'

/**
 * HAPI FHIR.
 *
 * @see https://hapifhir.io/hapi-fhir/docs/
 */
export const hapi: EhrProfile = {
  name: 'hapi',
  title: 'HAPI FHIR',
  token: { authentication: 'client_secret_basic' },
  wire: { headers: {} },
  documents: { writer: 'fhir' },
}
