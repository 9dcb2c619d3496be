import { describe, expect, it } from 'vitest'
import { toBase } from './own-address.ts'
import { redirectOf } from './redirect.ts'

const url = new URL('https://api.example/fhir/Patient/p1?x=1')
const redirected = (
  status: number,
  location: string | string[] | undefined,
  { method = 'GET', visited = [] }: { method?: 'GET' | 'POST'; visited?: readonly string[] } = {},
) =>
  redirectOf(
    { status, headers: { location } },
    {
      method,
      url,
      what: 'reading Patient',
      addresses: { own: toBase('https://api.example/fhir'), named: toBase('http://internal/fhir') },
      visited: new Set([url.href, ...visited]),
    },
  )?.href

const target = 'https://api.example/fhir/r4/Patient/p1?x=1'

describe('redirectOf', () => {
  it.each([200, 204, 304, 400, 401, 404, 500])('ignores the Location of %d', (status) => {
    expect(redirected(status, target)).toBeUndefined()
  })

  it.each([301, 302, 303, 307, 308])('follows %d of a GET within the same origin', (status) => {
    expect(redirected(status, target)).toBe(target)
    expect(redirected(status, '/fhir/r4/Patient/p1?x=1')).toBe(target)
    expect(redirected(status, ['/fhir/r4/Patient/p1?x=1#a'])).toBe(target)
    expect(redirected(status, '/elsewhere')).toBe('https://api.example/elsewhere')
    expect(redirected(status, 'http://internal/fhir/Patient/p1')).toBe(
      'https://api.example/fhir/Patient/p1',
    )
  })

  it.each([307, 308])('follows %d of a POST within the same origin', (status) => {
    expect(redirected(status, target, { method: 'POST' })).toBe(target)
  })

  it.each([301, 302, 303])('calls %d of a POST ambiguous: it may have taken effect', (status) => {
    for (const location of [target, 'https://evil.example/', undefined])
      expect(() => redirected(status, location, { method: 'POST' })).toThrow(
        expect.objectContaining({ code: 'ehr_write_ambiguous', kind: 'ambiguous' }),
      )
  })

  it.each([
    'https://evil.example/fhir/Patient/p1?token=secret',
    'http://api.example/fhir/Patient/p1?token=secret',
    'https://api.example:8443/?token=secret',
    'https://user:secret@api.example/fhir/Patient/p1',
    'javascript:secret',
    'http://[secret',
    '',
    '   ',
    undefined,
  ])('does not follow one to %s, and says where without its query', (location) => {
    for (const method of ['GET', 'POST'] as const)
      expect(() => redirected(308, location, { method })).toThrow(
        expect.objectContaining({
          code: 'ehr_redirected',
          kind: 'permanent',
          message: expect.stringMatching(/^(?!.*(secret|p1)).*Ehr__FhirBaseUrl/),
        }),
      )
  })

  it('names the origin of the redirect', () => {
    expect(() => redirected(301, 'https://new.example/fhir?a=b')).toThrow(
      'reading Patient: the EHR answered 301 and redirects to https://new.example; it was not followed: set Ehr.FhirBaseUrl / Ehr__FhirBaseUrl to the address that does not redirect',
    )
  })

  it.each([300, 305, 306])('does not follow %d', (status) => {
    expect(() => redirected(status, target)).toThrow(
      expect.objectContaining({ code: 'ehr_redirected' }),
    )
  })

  it('follows at most three, and none in a loop', () => {
    const hops = ['https://api.example/1', 'https://api.example/2']
    expect(redirected(307, target, { visited: hops })).toBe(target)

    expect(() => redirected(307, target, { visited: [...hops, 'https://api.example/3'] })).toThrow(
      /more than 3 times/,
    )
    expect(() => redirected(307, hops[0], { visited: hops })).toThrow(/in a circle/)
    expect(() => redirected(307, url.href)).toThrow(/in a circle/)
  })
})
