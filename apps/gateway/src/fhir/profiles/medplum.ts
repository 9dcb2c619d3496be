import type { EhrProfile } from './ehr-profile.ts'

/**
 * Medplum.
 *
 * @see https://www.medplum.com/docs
 */
export const medplum: EhrProfile = {
  name: 'medplum',
  title: 'Medplum',
  token: { authentication: 'client_secret_basic' },
  wire: { headers: {} },
  documents: { writer: 'fhir' },
}
