import type { EhrProfile } from './ehr-profile.ts'
import { usCoreSearches } from './us-core-searches.ts'

/**
 * athenahealth athenaOne. Its certified FHIR API is read-only; documents are added with its v1 API.
 *
 * @see https://docs.athenahealth.com/api/guides/overview
 */
export const athenahealth: EhrProfile = {
  name: 'athenahealth',
  title: 'athenahealth athenaOne',
  // The slash must not be percent-encoded.
  practiceParameter: { name: 'ah-practice', value: 'Organization/a-1.Practice-{practiceId}' },
  searches: usCoreSearches,
  token: { authentication: 'client_secret_post' },
  wire: { headers: {}, pageSize: 100 },
  documents: { writer: 'athena_v1' },
  practiceNames: {
    inIds: /^a-([A-Za-z0-9]+)\./,
    inClaims: /^(?:(?:Organization\/)?a-1\.Practice-)?([A-Za-z0-9]+)$/,
  },
  frameMessages: 'athenahealth',
}
