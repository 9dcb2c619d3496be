import type { EncounterRef } from '@authscript/prior-auth'
import type { Json } from '../client/parse-resource.ts'
import { objectsAt, textAt } from '../to-clinical-bundle/fields.ts'
import { EhrPatientIdUnusableError } from '../fhir-errors.ts'

/**
 * The patient's id in athenahealth's v1 API: the number in FHIR's `a-{practice}.E-{number}`.
 *
 * @throws {EhrPatientIdUnusableError} the id is not one of athenahealth's, or belongs to another practice
 */
export function v1PatientIdOf({ practiceId, patientId }: EncounterRef): string {
  const [, practice, number] = /^a-([A-Za-z0-9-]+)\.E-(\d+)$/.exec(patientId) ?? []
  if (number === undefined || practice !== practiceId)
    throw new EhrPatientIdUnusableError(patientId, practiceId)
  return number
}

/** The department of an encounter, from its locations and service provider, if they name one of this practice. */
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
