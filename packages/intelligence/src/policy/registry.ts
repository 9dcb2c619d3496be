import { lumbarMri } from './catalog/lumbar-mri.ts'
import type { Policy } from './policy.ts'

export const policies: readonly Policy[] = [lumbarMri]

/** The policy for a code on a day of service (`YYYY-MM-DD…`); undefined when none is known. */
export function findPolicy(procedureCode: string, serviceDate: string): Policy | undefined {
  const day = serviceDate.slice(0, 10)
  return policies.find(
    (policy) =>
      policy.procedureCodes.includes(procedureCode) &&
      policy.effectiveFrom <= day &&
      (policy.effectiveTo === undefined || day <= policy.effectiveTo),
  )
}
