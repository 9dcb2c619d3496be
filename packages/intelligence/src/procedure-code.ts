import type { Concept, OrderSummary } from '@authscript/prior-auth'
import { systemNameOf } from './codes/system-name.ts'

/** The CPT or HCPCS code on the order itself; absent when there is none of the right shape. Never another (invariant 6). */
export function procedureCodeOf(
  code: Concept,
): Pick<OrderSummary, 'procedureCode' | 'procedureSystem'> {
  for (const { system, code: text } of code.codings) {
    if (text === undefined) continue
    const name = systemNameOf(system)
    if (name === 'cpt' && /^\d{4}[0-9A-Z]$/.test(text))
      return { procedureCode: text, procedureSystem: 'cpt' }
    if (name === 'hcpcs' && /^[A-V]\d{4}$/.test(text))
      return { procedureCode: text, procedureSystem: 'hcpcs' }
  }
  return {}
}
