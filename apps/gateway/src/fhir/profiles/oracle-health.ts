import type { EhrProfile } from './ehr-profile.ts'
import { usCoreSearches } from './us-core-searches.ts'

/**
 * Oracle Health Millennium.
 *
 * @see https://docs.oracle.com/en/industries/health/millennium-platform-apis/
 * @see https://docs.oracle.com/en/industries/health/millennium-platform-apis/mfrap/op-documentreference-post.html
 */
export const oracleHealth: EhrProfile = {
  name: 'oracle-health',
  title: 'Oracle Health Millennium',
  searches: usCoreSearches,
  token: { authentication: 'client_secret_basic' },
  wire: { headers: {}, pageSize: 100 },
  documents: {
    writer: 'fhir',
    // Fields that are not listed there are ignored, including `identifier`, which is not a search parameter either.
    content: { docStatus: 'final', needsPeriod: true },
    searchableByIdentifier: false,
  },
}
