import { codeSystem } from '@authscript/prior-auth'

type SystemName = 'icd10cm' | 'cpt' | 'hcpcs' | 'loinc' | 'snomed' | 'rxnorm'

const systems: Readonly<Record<SystemName, readonly string[]>> = {
  icd10cm: [codeSystem.icd10cm, 'urn:oid:2.16.840.1.113883.6.90'],
  cpt: [codeSystem.cpt, 'urn:oid:2.16.840.1.113883.6.12'],
  hcpcs: [
    codeSystem.hcpcs,
    'urn:oid:2.16.840.1.113883.6.285',
    'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
    'http://terminology.hl7.org/CodeSystem/HCPCS',
  ],
  loinc: [codeSystem.loinc, 'urn:oid:2.16.840.1.113883.6.1'],
  snomed: [codeSystem.snomed, 'urn:oid:2.16.840.1.113883.6.96'],
  rxnorm: [codeSystem.rxnorm, 'urn:oid:2.16.840.1.113883.6.88'],
}
const systemOf = new Map(
  Object.entries(systems).flatMap(([name, uris]) =>
    uris.map((uri): [string, SystemName] => [uri, name as SystemName]),
  ),
)

/** A code system by any of the URIs that charts give it; undefined for one that no policy speaks of. */
export function systemNameOf(uri: string | undefined): SystemName | undefined {
  return systemOf.get(uri ?? '')
}
