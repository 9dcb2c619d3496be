import { describe, expect, it } from 'vitest'
import { fhirIdOf, isHost, readContext } from './ehr-messages.ts'

describe('a message of the EHR', () => {
  it.each([
    ['a number as text', '60178', '60178'],
    ['a number', 60_178, '60178'],
    ['a FHIR id', 'a-195900.E-60178', 'a-195900.E-60178'],
    ['no patient', undefined, null],
  ])('names the patient by %s', (_what, updatedPatient, read) => {
    expect(readContext({ event: 'patientContextChanged', updatedPatient })).toBe(read)
  })

  it.each([
    ['a text', 'patientContextChanged'],
    ['nothing', null],
    ['a list', ['patientContextChanged', '5']],
    ['another event', { event: 'somethingElse', updatedPatient: '5' }],
    ['no event', { updatedPatient: '5' }],
    ['an object as the patient', { event: 'patientContextChanged', updatedPatient: { id: '5' } }],
    ['a list as the patient', { event: 'patientContextChanged', updatedPatient: ['5'] }],
    ['null as the patient', { event: 'patientContextChanged', updatedPatient: null }],
    ['an empty patient', { event: 'patientContextChanged', updatedPatient: '' }],
    ['markup', { event: 'patientContextChanged', updatedPatient: '<b>5</b>' }],
    ['a long text', { event: 'patientContextChanged', updatedPatient: '5'.repeat(129) }],
    ['no whole number', { event: 'patientContextChanged', updatedPatient: Number.NaN }],
  ])('is no message with %s', (_what, data) => {
    expect(readContext(data)).toBeUndefined()
  })
})

it('knows the FHIR id of a number only in the practice whose chart is shown', () => {
  expect(fhirIdOf('5', { practiceId: '195900' })).toBe('a-195900.E-5')
  expect(fhirIdOf('a-195901.E-5', { practiceId: '195900' })).toBe('a-195901.E-5')
})

describe('an origin', () => {
  const hosts = [
    'https://athenanet.athenahealth.com',
    'https://*.ehr.example',
    'http://localhost:81',
  ]

  it.each(['https://athenanet.athenahealth.com', 'https://a.b.ehr.example', 'http://localhost:81'])(
    'is configured: %s',
    (origin) => expect(isHost(origin, hosts)).toBe(true),
  )

  it.each([
    'null',
    '',
    'http://athenanet.athenahealth.com',
    'https://athenanet.athenahealth.com:444',
    'https://athenanet.athenahealth.com.evil.example',
    'https://ehr.example',
    'https://evil-ehr.example',
    'http://a.ehr.example',
    'https://a.ehr.example:8443',
    'http://localhost:82',
  ])('is not configured: %s', (origin) => expect(isHost(origin, hosts)).toBe(false))
})
