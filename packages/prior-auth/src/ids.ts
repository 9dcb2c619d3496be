import { z } from 'zod'

/**
 * A FHIR logical id, or one of athenahealth's (`a-195900.E-60178`, `a-1.Practice-195900`), which keep to the same alphabet.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#id - [A-Za-z0-9\-\.]{1,64}; underscores are tolerated because EHRs use them
 */
export const fhirId = z
  .string()
  .regex(
    /^[A-Za-z0-9\-._]{1,128}$/,
    'must be a FHIR id: letters, digits, "-", "." or "_", at most 128 characters',
  )

/** The practice's own number as the EHR knows it (`195900`), without `Organization/a-1.Practice-`. */
export const practiceId = z
  .string()
  .regex(
    /^[A-Za-z0-9-]{1,64}$/,
    'must be a practice id: letters, digits or "-", at most 64 characters',
  )

/** Names one encounter: its id is unique only within its practice. */
export interface EncounterRef {
  readonly practiceId: string
  readonly patientId: string
  readonly encounterId: string
}

/** The id that every event and log line of one encounter's journey carries. */
export function correlationIdOf(encounterId: string): string {
  return `enc-${encounterId}`
}
