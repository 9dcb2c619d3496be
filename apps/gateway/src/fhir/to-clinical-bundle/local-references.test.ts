import { describe, expect, it } from 'vitest'
import { referencesAt, textAt } from './fields.ts'
import { withLocalReferences } from './local-references.ts'

const base = new URL('https://ehr.example/fhir/r4/')
const idOf = (reference: string, resourceType = 'Patient') =>
  referencesAt(
    withLocalReferences({ resourceType: 'Condition', subject: { reference } }, [base]),
    'subject',
    resourceType,
  )[0]

describe('a reference', () => {
  it.each([
    'Patient/p1',
    '/Patient/p1',
    'Patient/p1/_history/3',
    'https://ehr.example/fhir/r4/Patient/p1',
    'https://EHR.example/fhir/r4/Patient/p1/_history/3',
    'https://ehr.example:443/fhir/r4/Patient/p1',
    'http://ehr.example/fhir/r4/Patient/p1',
    '/fhir/r4/Patient/p1',
  ])('%s is ours', (reference) => {
    expect(idOf(reference)).toBe('p1')
  })

  it.each([
    'https://other.example/fhir/r4/Patient/p1',
    'https://ehr.example/fhir/r4-of-another/Patient/p1',
    'https://ehr.example/Patient/p1',
    'https://ehr.example:8443/fhir/r4/Patient/p1',
    'https://ehr.example.evil.example/fhir/r4/Patient/p1',
    'https://evil.example/https://ehr.example/fhir/r4/Patient/p1',
    'urn:uuid:p1',
    'urn:oid:1.2.3',
    '#p1',
    'Practitioner/p1',
    'Group/Patient/p1',
    'Patient?identifier=p1',
    'Patient/',
  ])('%s is not', (reference) => {
    expect(idOf(reference)).toBeUndefined()
  })

  it('with a urn resolves only to an entry of the same Bundle', () => {
    const bundle = withLocalReferences(
      {
        resourceType: 'Bundle',
        entry: [
          { fullUrl: 'urn:uuid:AB', resource: { resourceType: 'Practitioner', id: 'd1' } },
          {
            resource: {
              resourceType: 'ServiceRequest',
              requester: { reference: 'urn:uuid:ab' },
              performer: [{ reference: 'urn:uuid:cd' }],
            },
          },
        ],
      },
      [base],
    )

    expect(textAt(bundle, 'entry.resource.requester.reference')).toBe('Practitioner/d1')
    expect(textAt(bundle, 'entry.resource.performer.reference')).toBe('urn:uuid:cd')
  })

  it('to a Binary of this server becomes relative, and any other URL is not changed', () => {
    const urls = (url: string) =>
      textAt(
        withLocalReferences(
          { resourceType: 'DocumentReference', content: [{ attachment: { url } }] },
          [base],
        ),
        'content.attachment.url',
      )

    expect(urls('https://ehr.example/fhir/r4/Binary/b1')).toBe('Binary/b1')
    expect(urls('https://other.example/fhir/r4/Binary/b1')).toBe(
      'https://other.example/fhir/r4/Binary/b1',
    )
    expect(urls('https://ehr.example/fhir/r4/StructureDefinition/x')).toBe(
      'https://ehr.example/fhir/r4/StructureDefinition/x',
    )
  })

  it('that needs no change leaves the resource unchanged', () => {
    const resource = { resourceType: 'Condition', subject: { reference: 'Patient/p1' } }

    expect(withLocalReferences(resource, [base])).toBe(resource)
  })
})
