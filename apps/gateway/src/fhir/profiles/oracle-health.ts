import type { EhrProfile } from './ehr-profile.ts'

/**
 * Oracle Health Millennium.
 *
 * @see https://docs.oracle.com/en/industries/health/millennium-platform-apis/
 */
export const oracleHealth: EhrProfile = {
  name: 'oracle-health',
  title: 'Oracle Health Millennium',
  token: { authentication: 'client_secret_basic' },
  wire: { headers: {} },
  documents: { writer: 'fhir' },
}
