import { describe, expect, it } from 'vitest'
import { ownAddressOf, toBase } from './own-address.ts'

const current = new URL('https://api.example/fhir/r4/Condition?patient=p1')
const addresses = {
  own: toBase('https://api.example/fhir/r4'),
  named: toBase('http://internal:8080/hapi/fhir/'),
}
const under = (link: string, named = true) =>
  ownAddressOf(link, current, named ? addresses : { ...addresses, named: undefined })?.href

describe('toBase', () => {
  it.each([
    ['https://a.example/fhir', 'https://a.example/fhir/'],
    ['https://a.example/fhir/', 'https://a.example/fhir/'],
    ['https://a.example', 'https://a.example/'],
    ['https://a.example:8443/a/b/fhir r4', 'https://a.example:8443/a/b/fhir%20r4/'],
    ['https://a.example/fhir?x=1#y', 'https://a.example/fhir/'],
  ])('makes a base of %s', (address, base) => {
    expect(toBase(address).href).toBe(base)
  })
})

describe('ownAddressOf', () => {
  it.each([
    [
      'https://api.example/fhir/r4/Condition?page=2',
      'https://api.example/fhir/r4/Condition?page=2',
    ],
    [
      'https://api.example:443/fhir/r4/Condition?page=2',
      'https://api.example/fhir/r4/Condition?page=2',
    ],
    [
      'HTTPS://API.EXAMPLE/fhir/r4/Condition?page=2',
      'https://api.example/fhir/r4/Condition?page=2',
    ],
    ['https://api.example/fhir/r4?_getpages=1', 'https://api.example/fhir/r4?_getpages=1'],
    ['https://api.example/fhir/r4/?_getpages=1', 'https://api.example/fhir/r4/?_getpages=1'],
    ['/fhir/r4/Condition?page=2', 'https://api.example/fhir/r4/Condition?page=2'],
    ['Condition?page=2', 'https://api.example/fhir/r4/Condition?page=2'],
    ['?page=2', 'https://api.example/fhir/r4/Condition?page=2'],
    ['//api.example/fhir/r4/Condition', 'https://api.example/fhir/r4/Condition'],
    [
      'https://api.example/fhir/r4/Condition?page=2#top',
      'https://api.example/fhir/r4/Condition?page=2',
    ],
    ['https://api.example/fhir/r4/a/../Condition', 'https://api.example/fhir/r4/Condition'],
    ['http://internal:8080/hapi/fhir/Condition?a=b', 'https://api.example/fhir/r4/Condition?a=b'],
    ['http://internal:8080/hapi/fhir?_getpages=1', 'https://api.example/fhir/r4/?_getpages=1'],
    ['http://internal:8080/hapi/fhir/a%20b', 'https://api.example/fhir/r4/a%20b'],
  ])('resolves %s to %s', (link, expected) => {
    expect(under(link)).toBe(expected)
  })

  it.each([
    'https://evil.example/fhir/r4/Condition',
    'https://api.example.evil.example/fhir/r4/Condition',
    'https://api.example@evil.example/fhir/r4/Condition',
    'https://user@api.example/fhir/r4/Condition',
    'https://user:secret@api.example/fhir/r4/Condition',
    'https://:secret@api.example/fhir/r4/Condition',
    'http://api.example/fhir/r4/Condition',
    'https://api.example:8443/fhir/r4/Condition',
    'https://api.example/other/Condition',
    'https://api.example/fhir/r44/Condition',
    'https://api.example/fhir/r4/../r5/Condition',
    'https://api.example/fhir/r4/%2e%2e/r5/Condition',
    'https://api.example/fhir',
    '//evil.example/fhir/r4/Condition',
    '\\\\evil.example\\fhir\\r4\\Condition',
    '../../Condition',
    'http://internal:8080/hapi/other/Condition',
    'http://internal/hapi/fhir/Condition',
    'http://user@internal:8080/hapi/fhir/Condition',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:application/json,{}',
    'urn:uuid:1',
    'https://',
    'http://[',
  ])('does not resolve %s, which is not ours', (link) => {
    expect(under(link)).toBeUndefined()
  })

  it('accepts no other base if no public base is configured', () => {
    expect(under('http://internal:8080/hapi/fhir/Condition', false)).toBeUndefined()
  })
})
