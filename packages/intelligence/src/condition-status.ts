import type { ConditionEntry } from '@authscript/prior-auth'

/** Checks on a condition's statuses. Absent statuses are absent in the chart. */

/** Neither doubted nor refuted. */
export function isConfirmed({ verificationStatus }: ConditionEntry): boolean {
  return verificationStatus === undefined || verificationStatus === 'confirmed'
}

export function isActive({ clinicalStatus }: ConditionEntry): boolean {
  return clinicalStatus === undefined || clinicalStatus === 'active'
}
