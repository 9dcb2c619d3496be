import type { EhrProfile } from './ehr-profile.ts'
import { usCoreSearches } from './us-core-searches.ts'

/**
 * Epic.
 *
 * @see https://fhir.epic.com/Documentation
 */
export const epic: EhrProfile = {
  name: 'epic',
  title: 'Epic',
  searches: usCoreSearches,
  token: { authentication: 'private_key_jwt' },
  wire: { headers: {}, pageSize: 100 },
  documents: {
    writer: 'fhir',
    content: { docStatus: 'final' },
  },
}
