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

const practiceIdPattern = /^[A-Za-z0-9-]{1,64}$/

/** The practice's own number as the EHR knows it (`195900`), without `Organization/a-1.Practice-`. */
export const practiceId = z
  .string()
  .regex(practiceIdPattern, 'must be a practice id: letters, digits or "-", at most 64 characters')

/** Why a text is not the id of a practice, for the person who typed it; undefined if it is one. */
export function practiceIdFault(typed: string): string | undefined {
  if (practiceIdPattern.test(typed)) return undefined
  return typed.includes('*')
    ? 'no sign stands for all practices; to give all, list the id of each'
    : 'a practice id has letters, digits and "-" only, at most 64 characters; list each practice by itself'
}

/** A practice id where a person or a form gives it: blanks around it do not count. */
export const typedPracticeId = z
  .string()
  .trim()
  .regex(practiceIdPattern, { error: ({ input }) => practiceIdFault(String(input)) })

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
