import type { EncounterRef } from '@authscript/prior-auth'
import type { Json } from '../client/limits.ts'
import { objectsAt, textAt } from '../to-clinical-bundle/fields.ts'
import { EhrPatientIdUnusableError } from '../fhir-errors.ts'

/**
 * The number that athenahealth's v1 API knows the patient by: FHIR's `a-{practice}.E-{number}`.
 *
 * @throws {EhrPatientIdUnusableError} when the id is none of athenahealth's, or of another practice
 */
export function v1PatientIdOf({ practiceId, patientId }: EncounterRef): string {
  const [, practice, number] = /^a-([A-Za-z0-9-]+)\.E-(\d+)$/.exec(patientId) ?? []
  if (number === undefined || practice !== practiceId)
    throw new EhrPatientIdUnusableError(patientId, practiceId)
  return number
}

/** The department of an encounter, by its locations and its service provider, if they name one of this practice. */
export function departmentOf(encounter: Json, practiceId: string): string | undefined {
  const locations = objectsAt(encounter, 'location')
  const references = [
    ...locations.filter((one) => textAt(one, 'status') === 'active'),
    ...locations,
  ].map((one) => textAt(one, 'location.reference'))
  for (const reference of [...references, textAt(encounter, 'serviceProvider.reference')]) {
    const [, practice, department] =
      /(?:^|\/)a-([A-Za-z0-9-]+)\.Department-(\d+)(?:\/_history\/[^/]+)?$/.exec(reference ?? '') ??
      []
    if (department !== undefined && practice === practiceId) return department
  }
  return undefined
}
