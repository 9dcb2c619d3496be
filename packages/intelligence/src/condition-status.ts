import type { ConditionEntry } from '@authscript/prior-auth'

/** What a condition's statuses permit. A status that is absent was absent in the chart. */

/** Neither a doubt nor a denial. */
export function isConfirmed({ verificationStatus }: ConditionEntry): boolean {
  return verificationStatus === undefined || verificationStatus === 'confirmed'
}

export function isActive({ clinicalStatus }: ConditionEntry): boolean {
  return clinicalStatus === undefined || clinicalStatus === 'active'
}
