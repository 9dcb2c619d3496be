import type { EhrProfile } from './ehr-profile.ts'
import { usCoreSearches, withUncategorized } from './us-core-searches.ts'

/**
 * Medplum.
 *
 * @see https://www.medplum.com/docs
 */
export const medplum: EhrProfile = {
  name: 'medplum',
  title: 'Medplum',
  searches: withUncategorized(usCoreSearches),
  token: { authentication: 'client_secret_basic' },
  wire: { headers: {}, pageSize: 100 },
  documents: { writer: 'fhir', searchableByIdentifier: true },
}
