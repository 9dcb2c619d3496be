import type { EhrProfile } from './ehr-profile.ts'

/**
 * Microsoft Azure Health Data Services.
 *
 * @see https://learn.microsoft.com/azure/healthcare-apis/fhir/
 */
export const azure: EhrProfile = {
  name: 'azure',
  title: 'Microsoft Azure Health Data Services',
  token: { authentication: 'client_secret_post' },
  wire: { headers: {} },
  documents: { writer: 'fhir' },
}
