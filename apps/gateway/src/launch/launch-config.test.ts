import { describe, expect, it } from 'vitest'
import { ConfigError, parseConfig } from '../config.ts'

const issuer = {
  FhirBaseUrl: 'https://ehr.example/fhir',
  ClientId: 'authscript',
  ClientSecret: 'secret',
  PracticeId: '195900',
}
const base = {
  Http: { PublicUrl: 'https://authscript.example' },
  Ehr: { FhirBaseUrl: 'https://ehr.example/fhir', ClientId: 'x', ClientSecret: 'y' },
}

function faultsOf(change: object): string {
  try {
    parseConfig({ ...base, Launch: { Issuers: [issuer] }, ...change })
    return ''
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
}

describe('the section Launch', () => {
  it('is complete with an address, a client and a practice', () => {
    const { Launch } = parseConfig({ ...base, Launch: { Issuers: [issuer] } })

    expect(Launch.Issuers).toMatchObject([
      { Scopes: ['openid', 'fhirUser', 'profile'], FrameHosts: [], NewPeopleRoles: [] },
    ])
  })

  it('takes several practices behind one address', () => {
    const { PracticeId: _one, ...others } = issuer
    const several = { ...others, PracticeIds: ['195900', '195901'] }

    expect(faultsOf({ Launch: { Issuers: [several] } })).toBe('')
  })

  it.each([
    ['no public address', { Http: {} }, /Http\.PublicUrl.*https/],
    [
      'a public address over plain HTTP',
      { Http: { PublicUrl: 'http://authscript.example' } },
      /Http\.PublicUrl.*TLS/,
    ],
    [
      'an EHR over plain HTTP',
      { Launch: { Issuers: [{ ...issuer, FhirBaseUrl: 'http://ehr.example/fhir' }] } },
      /FhirBaseUrl.*plain HTTP/,
    ],
    [
      'the same EHR two times',
      {
        Launch: { Issuers: [issuer, { ...issuer, FhirBaseUrl: 'https://EHR.example/fhir/' }] },
      },
      /Issuers\.1\.FhirBaseUrl.*once/,
    ],
    [
      'no practice',
      { Launch: { Issuers: [{ ...issuer, PracticeId: undefined }] } },
      /PracticeId.*name a practice/,
    ],
    [
      'practices in both keys',
      { Launch: { Issuers: [{ ...issuer, PracticeIds: ['195901'] }] } },
      /PracticeId.*once/,
    ],
    [
      'neither a secret nor a key',
      { Launch: { Issuers: [{ ...issuer, ClientSecret: '' }] } },
      /ClientSecret.*PrivateKeyFile/,
    ],
    [
      'a way that needs the secret',
      {
        Launch: {
          Issuers: [{ ...issuer, ClientSecret: '', ClientAuthentication: 'client_secret_post' }],
        },
      },
      /ClientSecret.*needs it/,
    ],
    [
      'a host that is no origin',
      { Launch: { Issuers: [{ ...issuer, FrameHosts: ['https://ehr.example/path'] }] } },
      /FrameHosts/,
    ],
    ['every host', { Launch: { Issuers: [{ ...issuer, FrameHosts: ['*'] }] } }, /FrameHosts/],
  ])('is refused with %s', (_, change, fault) => {
    expect(faultsOf(change)).toMatch(fault)
  })

  it.each(['http://127.0.0.1:8080', 'http://localhost:8080'])(
    'may be tried on this machine without TLS: %s',
    (PublicUrl) => {
      expect(faultsOf({ Http: { PublicUrl } })).toBe('')
    },
  )
})
