import { describe, expect, it } from 'vitest'
import { type CodeSystemName, canonicalSystem, codeSystem } from './code-system.ts'

const oids: Readonly<Record<CodeSystemName, readonly string[]>> = {
  cpt: ['2.16.840.1.113883.6.12'],
  hcpcs: ['2.16.840.1.113883.6.285', '2.16.840.1.113883.6.14'],
  icd10cm: ['2.16.840.1.113883.6.90'],
  snomed: ['2.16.840.1.113883.6.96'],
  loinc: ['2.16.840.1.113883.6.1'],
  rxnorm: ['2.16.840.1.113883.6.88'],
  npi: ['2.16.840.1.113883.4.6'],
  taxonomy: ['2.16.840.1.113883.6.101'],
  ein: ['2.16.840.1.113883.4.4'],
}
const variants = (uri: string) => [
  uri,
  `${uri}/`,
  `${uri}#`,
  ` ${uri} `,
  `${uri}|2026`,
  uri.toUpperCase(),
  uri.replace('http://', 'https://'),
  uri.replace('https://', 'http://'),
]

describe('a code system', () => {
  it.each(Object.keys(codeSystem) as CodeSystemName[])(
    '%s is known by all its spellings',
    (name) => {
      const spellings = [
        ...variants(codeSystem[name]),
        ...oids[name].flatMap((oid) => [`urn:oid:${oid}`, `URN:OID:${oid}`, `oid:${oid}`, oid]),
      ]

      expect(new Set(spellings.map(canonicalSystem))).toEqual(new Set([codeSystem[name]]))
    },
  )

  it.each([
    ['http://hl7.org/fhir/sid/icd-10', 'icd10cm'],
    ['http://terminology.hl7.org/CodeSystem/icd10CM', 'icd10cm'],
    ['ICD-10-CM', 'icd10cm'],
    ['http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', 'hcpcs'],
    ['http://terminology.hl7.org/CodeSystem/HCPCS', 'hcpcs'],
    ['http://snomed.info/sct/731000124108', 'snomed'],
    ['http://snomed.info/sct/731000124108/version/20260301', 'snomed'],
    ['https://ama-assn.org/go/cpt', 'cpt'],
    ['CPT-4', 'cpt'],
  ] as const)('%s is %s', (spelling, name) => {
    expect(canonicalSystem(spelling)).toBe(codeSystem[name])
  })

  it.each([
    'http://hl7.org/fhir/sid/icd-9-cm',
    'urn:oid:2.16.840.1.113883.6.103',
    'urn:oid:2.16.840.1.113883.6.129',
    'http://snomed.info/scte',
    'https://example.org/codes/cpt',
    'urn:oid:2.16.840.1.113883.6.1.99',
    '',
  ])('%s is unchanged', (system) => {
    expect(canonicalSystem(system)).toBe(system)
  })
})
