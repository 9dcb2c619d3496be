import { canonicalSystem, codeSystem } from '@authscript/prior-auth'

type SystemName = 'icd10cm' | 'cpt' | 'hcpcs' | 'loinc' | 'snomed' | 'rxnorm'

const names: readonly SystemName[] = ['icd10cm', 'cpt', 'hcpcs', 'loinc', 'snomed', 'rxnorm']
const nameOf = new Map<string, SystemName>(names.map((name) => [codeSystem[name], name]))

/** The code system of any URI that charts use for it; undefined for one that no policy uses. */
export function systemNameOf(uri: string | undefined): SystemName | undefined {
  if (uri === undefined) return undefined
  // Charts arrive with canonical URIs; other spellings come only from callers that assess a chart directly.
  return nameOf.get(uri) ?? nameOf.get(canonicalSystem(uri))
}
