import { fileURLToPath } from 'node:url'
import { nameContains } from '@authscript/prior-auth'
import { loadPolicies } from './load-policies.ts'
import type { Policy } from './policy.ts'

const directory = fileURLToPath(new URL('../../policies/', import.meta.url))

/** The product's policies: every file of `packages/intelligence/policies`, sorted by file name. */
export const policies: readonly Policy[] = loadPolicies(directory)

/** Our policies and those of a practice's directory; see `loadPolicies`. */
export function policiesWith(practiceDirectory: string | undefined): readonly Policy[] {
  return practiceDirectory === undefined ? policies : loadPolicies(directory, practiceDirectory)
}

export interface PolicyQuery {
  readonly procedureCode: string
  /** `YYYY-MM-DD`. */
  readonly serviceDay: string
  readonly payerName: string | undefined
  readonly planName: string | undefined
  /** Ids of policies that are off by default and were switched on. */
  readonly switchedOn: readonly string[]
}

/**
 * The policy to assess against. A payer's own policy takes precedence over one for any payer. A policy that is
 * off is returned as such, so that it is not taken for a missing one.
 */
export function findPolicy(
  query: PolicyQuery,
  from: readonly Policy[] = policies,
): { readonly policy?: Policy; readonly off?: Policy } {
  const matching = from
    .filter(
      (policy) =>
        policy.procedureCodes.includes(query.procedureCode) &&
        policy.effectiveFrom <= query.serviceDay &&
        (policy.effectiveTo === undefined || query.serviceDay <= policy.effectiveTo) &&
        isInScope(policy, query),
    )
    .sort((one, other) => scopeRank(other) - scopeRank(one) || newer(one, other))
  const isOn = (policy: Policy) =>
    policy.off === undefined || query.switchedOn.includes(policy.policyId)
  const policy = matching.find(isOn)
  if (policy !== undefined) return { policy }
  const off = matching[0]
  return off === undefined ? {} : { off }
}

function isInScope({ scope }: Policy, { payerName, planName }: PolicyQuery): boolean {
  if (scope === undefined) return true
  if (payerName === undefined || !scope.payers.some((one) => nameContains(one, payerName)))
    return false
  return (
    scope.plans === undefined ||
    (planName !== undefined && scope.plans.some((one) => nameContains(one, planName)))
  )
}

function scopeRank({ scope }: Policy): number {
  return scope === undefined ? 0 : scope.plans === undefined ? 1 : 2
}

function newer(one: Policy, other: Policy): number {
  return other.effectiveFrom.localeCompare(one.effectiveFrom)
}
