import type { EhrProfile } from './ehr-profile.ts'

/**
 * Epic.
 *
 * @see https://fhir.epic.com/Documentation
 */
export const epic: EhrProfile = {
  name: 'epic',
  title: 'Epic',
  token: { authentication: 'private_key_jwt' },
  wire: { headers: {} },
  documents: { writer: 'fhir' },
}
