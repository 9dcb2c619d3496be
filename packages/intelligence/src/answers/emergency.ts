import type { FactReading } from './reading.ts'

/**
 * Whether the visit's own notes state it, or suppose it, of the patient, now. Side, degree and place are left aside: an emergency that does not fit the
 * question's words is still one.
 */
export function isStatedEmergency(readings: readonly FactReading[]): boolean {
  return readings.some(({ as, fact: { kind, assertion, from } }) => {
    // A strength of five that is asked to be three at most is none.
    if (kind === 'measurement' && as !== 'supports' && as !== 'open') return false
    if (as === 'denies' || from.kind !== 'note' || !from.isOfEncounter || from.isCopied)
      return false
    return (
      (assertion.status === 'affirmed' || assertion.status === 'possible') &&
      assertion.subject === 'patient' &&
      assertion.when === 'now' &&
      assertion.phase !== 'not_done' &&
      assertion.phase !== 'planned'
    )
  })
}
