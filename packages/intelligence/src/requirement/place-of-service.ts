/**
 * Where the service is done, as far as it decides whether authorization is needed. `hospital_outpatient` has no
 * class code, but a caller may know it.
 */
export const placesOfService = [
  'office_or_clinic',
  'hospital_outpatient',
  'emergency',
  'inpatient',
  'observation',
  'home',
  'telehealth',
  'unknown',
] as const

export type PlaceOfService = (typeof placesOfService)[number]

const placeByClass: Readonly<Record<string, PlaceOfService>> = {
  AMB: 'office_or_clinic',
  EMER: 'emergency',
  IMP: 'inpatient',
  ACUTE: 'inpatient',
  NONAC: 'inpatient',
  OBSENC: 'observation',
  HH: 'home',
  VR: 'telehealth',
}

/**
 * The place for FHIR's `Encounter.class` code. A short stay (SS) and unknown classes are `unknown`; ambulatory
 * (AMB) may be an office or a hospital's outpatient department, and is treated as an office.
 *
 * @see http://terminology.hl7.org/CodeSystem/v3-ActCode
 */
export function toPlaceOfService(classCode: string | undefined): PlaceOfService {
  return placeByClass[classCode?.toUpperCase() ?? ''] ?? 'unknown'
}
