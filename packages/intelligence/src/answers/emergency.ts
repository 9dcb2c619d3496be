import type { FactReading } from './reading.ts'

/**
 * Whether the visit's own notes state it, or suppose it, of the patient, now. Side, degree and place are left aside: an emergency that does not fit the
 * question's words is still one.
 */
export function isStatedEmergency(readings: readonly FactReading[]): boolean {
  return readings.some((reading) => {
    const { as, fact } = reading
    const { assertion, from, side } = fact
    const isOne =
      as === 'supports' ||
      (as === 'open' && reading.lacks === undefined) ||
      (as === 'beside' && fact.kind !== 'measurement' && side !== undefined)
    if (!isOne || from.kind !== 'note' || !from.isOfEncounter || from.isCopied) return false
    return (
      (assertion.status === 'affirmed' || assertion.status === 'possible') &&
      assertion.subject === 'patient' &&
      assertion.when === 'now' &&
      assertion.phase !== 'not_done' &&
      assertion.phase !== 'planned'
    )
  })
}
