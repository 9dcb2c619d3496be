import { comparable } from './ehr-issuer.ts'

/** Who signed in, as the EHR names them. */
export interface FhirUser {
  readonly type: string
  readonly id: string
}

/** Types of users that work in a practice. A `Person` may be a patient too. */
const practitionerTypes: ReadonlySet<string> = new Set(['Practitioner', 'PractitionerRole'])

/**
 * The claim `fhirUser`: an absolute URL under the FHIR server, or relative to it. Undefined if it is neither.
 *
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-identity-data
 */
export function parseFhirUser(claim: string, fhirBaseUrl: string): FhirUser | undefined {
  const [, base, type = '', id = ''] =
    /^(?:(https?:\/\/\S+)\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/.exec(claim) ?? []
  if (type === '') return undefined
  if (base !== undefined && comparable(base) !== comparable(fhirBaseUrl)) return undefined
  return { type, id }
}

export const isPractitioner = ({ type }: FhirUser): boolean => practitionerTypes.has(type)
