import type { EhrProfile } from './ehr-profile.ts'
import { usCoreSearches, withUncategorized } from './us-core-searches.ts'

/**
 * HAPI FHIR.
 *
 * @see https://hapifhir.io/hapi-fhir/docs/
 */
export const hapi: EhrProfile = {
  name: 'hapi',
  title: 'HAPI FHIR',
  searches: withUncategorized(usCoreSearches),
  token: { authentication: 'client_secret_basic' },
  wire: { headers: {}, pageSize: 100 },
  documents: { writer: 'fhir', searchableByIdentifier: true },
}
