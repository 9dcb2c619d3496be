import { describe, expect, it } from 'vitest'
import { comparable, type EhrIssuer, findIssuer } from './ehr-issuer.ts'
import { isStaff, parseFhirUser } from './fhir-user.ts'

const base = 'https://ehr.example/fhir/r4'

describe('fhirUser', () => {
  it.each([
    [`${base}/Practitioner/123`, 'Practitioner/123'],
    ['https://EHR.example:443/fhir/r4/Practitioner/a-1.b', 'Practitioner/a-1.b'],
    ['PractitionerRole/7', 'PractitionerRole/7'],
  ])('%s is %s', (claim, expected) => {
    const user = parseFhirUser(claim, `${base}/`)

    expect(`${user?.type}/${user?.id}`).toBe(expected)
    expect(user && isStaff(user)).toBe(true)
  })

  it.each([
    'https://other.example/fhir/r4/Practitioner/123',
    `${base}/other/Practitioner/123`,
    `${base}/Practitioner/123/_history/1`,
    `${base}/Practitioner/`,
    'Practitioner/1 2',
    'practitioner/1',
    `Practitioner/${'1'.repeat(65)}`,
    '../Practitioner/1',
    '',
  ])('%s is nobody', (claim) => {
    expect(parseFhirUser(claim, base)).toBeUndefined()
  })

  it.each(['Patient/1', 'RelatedPerson/1', 'Device/1'])('%s does not work there', (claim) => {
    const user = parseFhirUser(claim, base)

    expect(user && isStaff(user)).toBe(false)
  })
})

describe('the EHR that iss names', () => {
  const issuers = [{ fhirBaseUrl: `${base}/` }] as unknown as readonly EhrIssuer[]

  it.each([base, `${base}/`, 'HTTPS://Ehr.Example/fhir/r4', 'https://ehr.example:443/fhir/r4/'])(
    'is found: %s',
    (iss) => {
      expect(findIssuer(issuers, iss)).toBe(issuers[0])
    },
  )

  it.each([
    'http://ehr.example/fhir/r4',
    'https://ehr.example/fhir/R4',
    'https://ehr.example/fhir/r4/../r4x',
    'https://ehr.example.evil.example/fhir/r4',
    'https://user@ehr.example/fhir/r4',
    'https://ehr.example/fhir/r4?x=1',
    'https://ehr.example/fhir/r4#x',
    'https://ehr.example/fhir/r4//',
    'ehr.example/fhir/r4',
    '',
  ])('is none of them: %s', (iss) => {
    expect(findIssuer(issuers, iss)).toBeUndefined()
  })

  it('is compared without what makes no difference', () => {
    expect(comparable('https://EHR.example:443/a/')).toBe('https://ehr.example/a')
    expect(comparable('nothing')).toBeUndefined()
  })
})
