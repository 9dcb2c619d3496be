/** Code systems by their canonical FHIR URIs. */
export const codeSystem = {
  cpt: 'http://www.ama-assn.org/go/cpt',
  hcpcs: 'https://bluebutton.cms.gov/resources/codesystem/hcpcs',
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  snomed: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  npi: 'http://hl7.org/fhir/sid/us-npi',
  taxonomy: 'http://nucc.org/provider-taxonomy',
  /** Employer identification number. */
  ein: 'urn:oid:2.16.840.1.113883.4.4',
} as const

export type CodeSystemName = keyof typeof codeSystem

/**
 * Other spellings in use: OIDs, older URLs, and names that some servers send instead of a URI. `icd-10` without
 * `-cm` is included because US servers write it for ICD-10-CM, the only ICD-10 that a US order uses.
 *
 * @see https://terminology.hl7.org/external_terminologies.html
 * @see https://github.com/masslight/ottehr/pull/8593 (icd-10 for ICD-10-CM)
 */
const spellings: Readonly<Record<CodeSystemName, readonly string[]>> = {
  cpt: [
    '2.16.840.1.113883.6.12',
    'ama-assn.org/go/cpt-4',
    'ama-assn.org/go/cpt4',
    'terminology.hl7.org/codesystem/cpt',
    'cpt',
    'cpt4',
    'cpt-4',
    'c4',
  ],
  hcpcs: [
    '2.16.840.1.113883.6.285',
    '2.16.840.1.113883.6.14',
    'cms.gov/medicare/coding/hcpcsreleasecodesets',
    'cms.gov/medicare/coding/medhcpcsgeninfo',
    'terminology.hl7.org/codesystem/hcpcs',
    'terminology.hl7.org/codesystem/hcpcs-level-ii',
    'hl7.org/fhir/sid/hcpcs',
    'nlm.nih.gov/research/umls/hcpcs',
    'hcpcs',
    'hcpcs-level-ii',
  ],
  icd10cm: [
    '2.16.840.1.113883.6.90',
    '2.16.840.1.113883.6.3',
    'hl7.org/fhir/sid/icd-10',
    'hl7.org/fhir/sid/icd-10-us',
    'hl7.org/fhir/sid/icd10cm',
    'hl7.org/fhir/sid/icd10-cm',
    'terminology.hl7.org/codesystem/icd10cm',
    'terminology.hl7.org/codesystem/icd-10-cm',
    'cdc.gov/nchs/icd/icd10cm.htm',
    'icd-10-cm',
    'icd10cm',
    'icd-10',
    'icd10',
    'i10',
    'i10c',
  ],
  snomed: ['2.16.840.1.113883.6.96', 'snomed.info/id', 'snomedct', 'snomed-ct', 'snomed', 'sct'],
  loinc: ['2.16.840.1.113883.6.1', 'loinc', 'ln'],
  rxnorm: ['2.16.840.1.113883.6.88', 'rxnorm', 'nlm.nih.gov/research/umls/rxnorm/rxcui'],
  npi: ['2.16.840.1.113883.4.6', 'terminology.hl7.org/namingsystem/npi', 'npi'],
  taxonomy: ['2.16.840.1.113883.6.101', 'nucc.org/provider-taxonomy/csv'],
  ein: ['2.16.840.1.113883.4.4', 'hl7.org/fhir/sid/us-ein', 'ein'],
}

const canonicalBySpelling = new Map(
  Object.entries(spellings).flatMap(([name, others]) => {
    const canonical = codeSystem[name as CodeSystemName]
    return [canonical, ...others].map((one): [string, string] => [plain(one), canonical])
  }),
)

/**
 * The canonical URI of a code system in any known spelling: http or https, `urn:oid:`, a trailing slash or `#`,
 * different case, an edition or version. An unknown system is returned unchanged.
 */
export function canonicalSystem(system: string): string {
  const spelling = plain(system)
  if (/^snomed\.info\/sct\b/.test(spelling)) return codeSystem.snomed
  return canonicalBySpelling.get(spelling) ?? system
}

function plain(system: string): string {
  return system
    .trim()
    .toLowerCase()
    .replace(/\|.*$/, '')
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/^(?:urn:)?oid:/, '')
    .replaceAll(/\s+/g, '-')
    .replace(/[/#?]+$/, '')
}
