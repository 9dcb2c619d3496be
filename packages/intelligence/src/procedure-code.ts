import { codeSystem, type Concept, type OrderSummary } from '@authscript/prior-auth'

const cptSystems: ReadonlySet<string> = new Set([codeSystem.cpt, 'urn:oid:2.16.840.1.113883.6.12'])
const hcpcsSystems: ReadonlySet<string> = new Set([
  codeSystem.hcpcs,
  'urn:oid:2.16.840.1.113883.6.285',
  'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
  'http://terminology.hl7.org/CodeSystem/HCPCS',
])

/** The CPT or HCPCS code on the order itself; absent when there is none of the right shape. Never another (invariant 6). */
export function procedureCodeOf(
  code: Concept,
): Pick<OrderSummary, 'procedureCode' | 'procedureSystem'> {
  for (const { system, code: text } of code.codings) {
    if (system === undefined || text === undefined) continue
    if (cptSystems.has(system) && /^\d{4}[0-9A-Z]$/.test(text))
      return { procedureCode: text, procedureSystem: 'cpt' }
    if (hcpcsSystems.has(system) && /^[A-V]\d{4}$/.test(text))
      return { procedureCode: text, procedureSystem: 'hcpcs' }
  }
  return {}
}
