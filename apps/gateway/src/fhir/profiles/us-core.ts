import type { EhrProfile } from './ehr-profile.ts'
import { usCoreSearches, withUncategorized } from './us-core-searches.ts'

/**
 * Any FHIR R4 server that follows US Core.
 *
 * @see https://hl7.org/fhir/us/core/
 */
export const usCore: EhrProfile = {
  name: 'us-core',
  title: 'Any FHIR R4 server that follows US Core',
  searches: withUncategorized(usCoreSearches),
  token: { authentication: 'client_secret_basic' },
  wire: { headers: {}, pageSize: 100 },
  documents: { writer: 'fhir' },
}
