import type { ClinicalBundle, CoverageEntry, OrderEntry } from '@authscript/prior-auth'

/** The coverage in force on the day of the visit: the one that the order names, else the first in billing order. */
export function primaryCoverage(
  bundle: ClinicalBundle,
  order: OrderEntry | undefined,
): CoverageEntry | undefined {
  const day = bundle.encounter.periodStart?.slice(0, 10)
  const inForce = bundle.coverages.filter(
    (one) =>
      (one.status === undefined || one.status === 'active') &&
      (day === undefined ||
        ((one.periodStart ?? day).slice(0, 10) <= day &&
          day <= (one.periodEnd ?? day).slice(0, 10))),
  )
  const named = inForce.find((one) => order?.coverageIds.includes(one.source.resourceId) === true)
  return named ?? [...inForce].sort((a, b) => (a.order ?? 99) - (b.order ?? 99))[0]
}
