import type { CareSetting, ClinicalBundle, OrderEntry } from '@authscript/prior-auth'

/**
 * Where the ordered service will be provided, from the codes of the order's location. HOSP is left out: it names
 * a building, not how the patient is treated there.
 *
 * @see CMS Place of Service Code Set (11 office, 12 home, 21 inpatient, 19 and 22 outpatient, 23 emergency, 24
 * ambulatory surgery)
 * @see https://terminology.hl7.org/ValueSet-v3-ServiceDeliveryLocationRoleType.html
 */
const byLocation: Readonly<Record<string, CareSetting>> = {
  '11': 'office',
  '12': 'home',
  '19': 'outpatient',
  '21': 'inpatient',
  '22': 'outpatient',
  '23': 'emergency',
  '24': 'daySurgery',
  PTRES: 'home',
  ER: 'emergency',
  PROFF: 'office',
}

/** @see https://terminology.hl7.org/ValueSet-v3-ActEncounterCode.html */
const byEncounterClass: Readonly<Record<string, CareSetting>> = {
  AMB: 'outpatient',
  IMP: 'inpatient',
  ACUTE: 'inpatient',
  NONAC: 'inpatient',
  OBSENC: 'observation',
  HH: 'home',
  EMER: 'emergency',
}

/**
 * The class of an encounter says where the patient was seen, not where the service will be provided, so it
 * counts only for a service dated within the encounter. Undefined leaves the boxes blank.
 */
export function careSettingOf(
  bundle: ClinicalBundle,
  order: OrderEntry | undefined,
): CareSetting | undefined {
  const located = new Set(
    (order?.locationCodes ?? []).flatMap((code) => {
      const found = Object.hasOwn(byLocation, code) ? byLocation[code] : undefined
      return found === undefined ? [] : [found]
    }),
  )
  if (located.size > 0) return located.size === 1 ? [...located][0] : undefined

  const day = order?.occurrenceStart?.slice(0, 10)
  const { classCode, periodStart, periodEnd } = bundle.encounter
  const first = periodStart?.slice(0, 10)
  if (day?.length !== 10 || first?.length !== 10 || classCode === undefined) return undefined
  const last = (periodEnd ?? first).slice(0, 10)
  if (day < first || day > last) return undefined
  return Object.hasOwn(byEncounterClass, classCode) ? byEncounterClass[classCode] : undefined
}
