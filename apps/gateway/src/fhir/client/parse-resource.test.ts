import { describe, expect, it } from 'vitest'
import { parseResource } from './parse-resource.ts'

const limits = { maxDepth: 20, maxNodes: 1000 }
const parse = (body: Buffer | string, contentType?: string) =>
  parseResource(Buffer.from(body), { contentType, limits, what: 'reading Patient' }).resource
const patient = (text: string) => JSON.stringify({ resourceType: 'Patient', id: 'p1', text })

describe('the charset of an answer', () => {
  const text = patient('Ångström €')
  const utf16le = Buffer.from(text, 'utf16le')
  const utf16be = Buffer.from(utf16le).swap16()
  const utf8Bom = Buffer.from([0xef, 0xbb, 0xbf])
  const bom16le = Buffer.from([0xff, 0xfe])
  const bom16be = Buffer.from([0xfe, 0xff])
  const utf8 = Buffer.from(text)

  it.each([
    ['UTF-8', utf8, undefined],
    ['UTF-8 that is named', utf8, 'application/fhir+json; charset=utf-8'],
    ['UTF-8 with a mark', Buffer.concat([utf8Bom, utf8]), 'application/json'],
    [
      'UTF-8 with a mark, named Latin-1',
      Buffer.concat([utf8Bom, utf8]),
      'application/json;charset=iso-8859-1',
    ],
    ['UTF-8 that a container calls Latin-1', utf8, 'application/fhir+json;charset=ISO-8859-1'],
    ['UTF-8 with an unknown charset', utf8, 'application/fhir+json; charset=x-own'],
    ['UTF-16 LE with a mark', Buffer.concat([bom16le, utf16le]), 'application/fhir+json'],
    ['UTF-16 BE with a mark', Buffer.concat([bom16be, utf16be]), undefined],
    ['UTF-16 LE with a mark, named UTF-8', Buffer.concat([bom16le, utf16le]), 'a/b; charset=utf-8'],
    ['UTF-16 LE that is named', utf16le, 'application/fhir+json; charset="utf-16le"'],
    ['UTF-16 BE that is named', utf16be, 'application/fhir+json; charset=UTF-16BE'],
    ['UTF-16 without a mark, big-endian', utf16be, 'application/fhir+json; charset=utf-16'],
    ['UTF-16 without a mark, little-endian', utf16le, 'application/fhir+json; charset=utf-16'],
  ])('reads %s', (_name, body, contentType) => {
    expect(parse(body, contentType)['text']).toBe('Ångström €')
  })

  it.each(['iso-8859-1', 'latin1', 'windows-1252', '"ISO-8859-1"'])('reads %s', (charset) => {
    const body = Buffer.from(patient('Ångström'), 'latin1')

    expect(parse(body, `application/fhir+json; charset=${charset}`)['text']).toBe('Ångström')
  })
})

describe('characters that databases do not accept', () => {
  it.each([
    ['NUL', 'a\\u0000b', 'a\uFFFDb'],
    ['several', '\\u0000\\u0000', '\uFFFD\uFFFD'],
    ['a high surrogate alone', 'a\\ud83db', 'a\uFFFDb'],
    ['a low surrogate alone', '\\ude00', '\uFFFD'],
    ['surrogates in the wrong order', '\\ude00\\ud83d', '\uFFFD\uFFFD'],
    ['a whole pair, which is kept', '\\ud83d\\ude00', '😀'],
    ['an escaped escape, which is kept', '\\\\u0000', '\\u0000'],
  ])('are replaced everywhere: %s', (_name, escaped, clean) => {
    const resource = parse(
      `{"resourceType":"Patient","a":"${escaped}","list":["${escaped}",["${escaped}"],{"deep":"${escaped}"}],"k${escaped}":{"in":"${escaped}"}}`,
    )

    expect(resource).toEqual({
      resourceType: 'Patient',
      a: clean,
      list: [clean, [clean], { deep: clean }],
      [`k${clean}`]: { in: clean },
    })
    expect(JSON.stringify(resource)).not.toMatch(/(?<!\\)\\u(0000|d[89a-f])/)
  })

  it('replaces bytes that are not UTF-8', () => {
    const body = Buffer.concat([
      Buffer.from('{"resourceType":"Patient","a":"'),
      Buffer.from([0xc3]),
      Buffer.from('"}'),
    ])

    expect(parse(body)['a']).toBe('\uFFFD')
  })
})

describe('keys', () => {
  it.each(['__proto__', '\\u005f_proto__', '__pr\\u006fto__'])(
    'drops %s and pollutes no prototype',
    (key) => {
      const resource = parse(
        `{"resourceType":"Patient","${key}":{"isAdmin":true},"inner":[{"${key}":{"isAdmin":true},"a":1}]}`,
      )

      expect(resource).toEqual({ resourceType: 'Patient', inner: [{ a: 1 }] })
      expect(Object.getPrototypeOf(resource)).toBe(Object.prototype)
      expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
      expect((resource as Record<string, unknown>)['isAdmin']).toBeUndefined()
    },
  )

  it('takes the last value of a duplicate key', () => {
    expect(parse('{"resourceType":"Patient","id":"a","id":"b"}')['id']).toBe('b')
  })

  it('cleans deeply nested values without a stack overflow', () => {
    const deep = `${'[{"a":'.repeat(5000)}"\\u0000"${'}]'.repeat(5000)}`
    const { resource } = parseResource(Buffer.from(`{"resourceType":"Patient","a":${deep}}`), {
      contentType: undefined,
      limits: { maxDepth: 20_000, maxNodes: 1_000_000 },
      what: 'reading Patient',
    })

    let inner: unknown = resource['a']
    while (Array.isArray(inner)) inner = (inner[0] as Record<string, unknown>)['a']
    expect(inner).toBe('\uFFFD')
  })
})

describe('an answer that is not a resource', () => {
  it.each([
    ['nothing', ''],
    ['only a mark', '\uFEFF'],
    ['blanks', '  \n'],
    ['a page', '<html><body>Bad Gateway</body></html>'],
    ['a part', '{"resourceType":"Bundle","entry":['],
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"Patient"'],
    ['an object without a type', '{"a":1}'],
    ['a type that is not text', '{"resourceType":5}'],
    ['a raw NUL', '{"resourceType":"Pat\0ient"}'],
    ['two answers', '{"resourceType":"Patient"}{"resourceType":"Patient"}'],
  ])('refuses %s as malformed and quotes nothing of it', (_name, body) => {
    expect(() => parse(body)).toThrow(
      expect.objectContaining({
        code: 'ehr_malformed',
        message: expect.stringMatching(
          /^reading Patient: the EHR's answer is (not JSON, or is truncated|not a FHIR resource|empty)$/,
        ),
      }),
    )
  })

  it.each([
    ['too deep', '{"resourceType":"Patient","a":' + '['.repeat(20), 'MaxDepth'],
    ['of too many values', `{"resourceType":"Patient","a":[${'0,'.repeat(1000)}0]}`, 'MaxNodes'],
  ])('refuses what is %s, naming the limit', (_name, body, setting) => {
    expect(() => parse(body)).toThrow(
      expect.objectContaining({
        code: 'ehr_too_large',
        message: expect.stringContaining(`Ehr__Limits__${setting}`),
      }),
    )
  })
})
