import { describe, expect, it } from 'vitest'
import { screen } from '../chart/screening.ts'

const about = { subject: { reference: 'Patient/p1' }, id: 'a' }
const screened = (more: object, resourceType = 'ServiceRequest') =>
  screen([{ resourceType, ...about, ...more }], resourceType, 'p1')

describe('a resource that prohibits something', () => {
  it.each([
    ['ServiceRequest', { doNotPerform: true }],
    ['MedicationRequest', { doNotPerform: true }],
    ['DeviceRequest', { doNotPerform: 'true' }],
    [
      'DeviceRequest',
      {
        modifierExtension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/request-doNotPerform',
            valueBoolean: true,
          },
        ],
      },
    ],
    [
      'Procedure',
      {
        modifierExtension: [
          {
            url: 'http://hl7.org/fhir/us/qicore/StructureDefinition/qicore-notDone',
            valueBoolean: true,
          },
        ],
      },
    ],
    ['Observation', { status: 'Entered In Error' }],
    ['Condition', { verificationStatus: { text: 'entered-in-error' } }],
    [
      'Condition',
      { verificationStatus: { coding: [{ code: 'confirmed' }, { code: 'entered-in-error' }] } },
    ],
  ])('%s with %j is left out, and the result is complete', (resourceType, more) => {
    expect(screened(more, resourceType)).toMatchObject({ kept: [], malformedCount: 0 })
  })

  it.each([
    { doNotPerform: false },
    { modifierExtension: [] },
    {
      modifierExtension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/request-doNotPerform',
          valueBoolean: false,
        },
      ],
    },
    { contained: [{ resourceType: 'Condition', modifierExtension: [{ url: 'x' }] }] },
    { extension: [{ url: 'https://example.org/any', valueBoolean: true }] },
  ])('one with %j is kept', (more) => {
    expect(screened(more).kept).toHaveLength(1)
  })
})

describe('a resource with an unknown modifier', () => {
  it.each([
    { modifierExtension: [{ url: 'https://example.org/negated-by-family', valueBoolean: true }] },
    { modifierExtension: [{}] },
    { component: [{ modifierExtension: [{ url: 'https://example.org/not' }] }] },
    { dosageInstruction: [{ timing: { repeat: {} }, modifierExtension: [{ url: 'x' }] }] },
  ])('counts as malformed: %j', (more) => {
    expect(screened(more)).toMatchObject({ kept: [], malformedCount: 1 })
  })
})
