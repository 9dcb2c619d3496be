import type { ConditionEntry } from '@authscript/prior-auth'

/** What a condition's statuses permit. A status that is absent was absent in the chart. */

/** Neither a doubt nor a denial. */
export function isConfirmed({ verificationStatus }: ConditionEntry): boolean {
  return verificationStatus === undefined || verificationStatus === 'confirmed'
}

export function isActive({ clinicalStatus }: ConditionEntry): boolean {
  return clinicalStatus === undefined || clinicalStatus === 'active'
}

/** It says that it is not so: no evidence, for or against. */
export function isRefuted({ verificationStatus }: ConditionEntry): boolean {
  return verificationStatus === 'refuted' || verificationStatus === 'entered-in-error'
}
