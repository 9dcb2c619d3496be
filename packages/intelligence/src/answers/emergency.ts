import type { FactReading } from './reading.ts'

/**
 * Whether the encounter's own notes state or suspect it, for the patient, now. Side, degree and
 * place are ignored: an emergency that does not match the question exactly is still one.
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
