import type { EhrProfile } from './ehr-profile.ts'
import { usCoreSearches, withUncategorized } from './us-core-searches.ts'

/**
 * Microsoft Azure Health Data Services.
 *
 * @see https://learn.microsoft.com/azure/healthcare-apis/fhir/
 */
export const azure: EhrProfile = {
  name: 'azure',
  title: 'Microsoft Azure Health Data Services',
  searches: withUncategorized(usCoreSearches),
  token: { authentication: 'client_secret_post' },
  wire: { headers: {}, pageSize: 100 },
  documents: { writer: 'fhir', searchableByIdentifier: true },
}
