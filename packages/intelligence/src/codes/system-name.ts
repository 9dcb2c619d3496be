import { canonicalSystem, codeSystem } from '@authscript/prior-auth'

type SystemName = 'icd10cm' | 'cpt' | 'hcpcs' | 'loinc' | 'snomed' | 'rxnorm'

const names: readonly SystemName[] = ['icd10cm', 'cpt', 'hcpcs', 'loinc', 'snomed', 'rxnorm']
const nameOf = new Map<string, SystemName>(names.map((name) => [codeSystem[name], name]))

/** A code system by any of the URIs that charts give it; undefined for one that no policy speaks of. */
export function systemNameOf(uri: string | undefined): SystemName | undefined {
  if (uri === undefined) return undefined
  // Charts arrive with canonical URIs; other spellings only from callers of the judgement alone.
  return nameOf.get(uri) ?? nameOf.get(canonicalSystem(uri))
}
