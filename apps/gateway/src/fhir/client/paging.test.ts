import { describe, expect, it } from 'vitest'
import type { GatewayError } from '../../errors.ts'
import {
  EhrBadRequestError,
  EhrForbiddenError,
  EhrMalformedError,
  EhrNotFoundError,
  EhrQuotaExhaustedError,
  EhrRateLimitedError,
  EhrTimeoutError,
  EhrTooLargeError,
  EhrUnauthorizedError,
  EhrUnavailableError,
} from '../fhir-errors.ts'
import type { JsonObject } from './parse-resource.ts'
import { toBase } from './own-address.ts'
import { type PagedSearch, readAllPages } from './paging.ts'

const base = 'https://ehr.example/fhir/'
const urlOf = (page: number) => `${base}Condition?page=${page}`
const limits = { maxPages: 50, maxEntries: 1000, maxSearchBytes: 1e6, maxNodes: 1e6 }

const condition = (id: string, rest: object = {}) => ({
  resource: { resourceType: 'Condition', id },
  ...rest,
})
const bundle = (ids: readonly string[], next?: unknown, rest: object = {}) =>
  ({
    resourceType: 'Bundle',
    entry: ids.map((id) => condition(id)),
    ...(next === undefined
      ? {}
      : {
          link: [
            { relation: 'self', url: 'x' },
            { relation: 'next', url: next },
          ],
        }),
    ...rest,
  }) as JsonObject

/** Reads from a list of pages and throws the errors in it. `asked` lists the URLs that were read. */
function aSearch(pages: readonly (JsonObject | Error)[], overrides: Partial<PagedSearch> = {}) {
  const asked: string[] = []
  const result = readAllPages({
    first: new URL(urlOf(1)),
    resourceType: 'Condition',
    addresses: { own: toBase(base), named: toBase('http://internal:8080/hapi') },
    limits,
    keepPartial: false,
    firstPageOnly: false,
    read: async (url) => {
      asked.push(url.href)
      const page = pages[asked.length - 1]
      if (page === undefined) throw new Error(`page ${asked.length} was not expected`)
      if (page instanceof Error) throw page
      return { bundle: page, bytes: 100, nodes: 100 }
    },
    ...overrides,
  })
  return { asked, result }
}
const idsOf = ({ resources }: { readonly resources: readonly JsonObject[] }) =>
  resources.map((resource) => resource['id'])

describe('readAllPages', () => {
  it('follows next links to the end and reports a complete result', async () => {
    const { asked, result } = aSearch([
      bundle(['a'], urlOf(2)),
      bundle(['b'], 'Condition?page=3'),
      bundle(['c'], 'http://internal:8080/hapi/Condition?page=4'),
      bundle(['d']),
    ])

    expect(idsOf(await result)).toEqual(['a', 'b', 'c', 'd'])
    expect((await result).cutOff).toBeUndefined()
    expect(asked).toEqual([urlOf(1), urlOf(2), urlOf(3), urlOf(4)])
  })

  it.each([
    'https://evil.example/fhir/Condition?page=2',
    'http://ehr.example/fhir/Condition?page=2',
    'https://ehr.example/other/Condition?page=2',
    'https://user:secret@ehr.example/fhir/Condition?page=2',
    'https://ehr.example/fhir/Condition/_search',
    'https://ehr.example/fhir/Condition/_search?ct=1',
    '',
    '   ',
    null,
    17,
    { url: urlOf(2) },
    'http://[',
  ])('keeps what came before the next link %s, and does not follow it', async (next) => {
    const { asked, result } = aSearch([bundle(['a', 'b'], urlOf(2)), bundle(['c'], next)])

    expect(idsOf(await result)).toEqual(['a', 'b', 'c'])
    expect((await result).cutOff).toMatch(/not followed/)
    expect(asked).toHaveLength(2)
  })

  it.each([urlOf(1), urlOf(2), `${urlOf(1)}#again`, 'Condition?page=1'])(
    'keeps the pages before a loop to %s',
    async (next) => {
      const { result } = aSearch([bundle(['a'], urlOf(2)), bundle(['b'], next)])

      expect(idsOf(await result)).toEqual(['a', 'b'])
      expect((await result).cutOff).toMatch(/circle/)
    },
  )

  it.each([
    ['the same resources', ['a']],
    ['nothing', []],
  ])('ends a search whose links continue with %s twice in a row', async (_name, ids) => {
    const pages = Array.from({ length: 40 }, (_none, at) =>
      bundle(at === 0 ? ['a'] : ids, `${urlOf(2)}&cursor=${at}`),
    )
    const { asked, result } = aSearch(pages)

    expect((await result).cutOff).toMatch(/without new resources/)
    expect(asked).toHaveLength(3)
  })

  it('continues after a single page without new resources', async () => {
    const { result } = aSearch([bundle(['a'], urlOf(2)), bundle([], urlOf(3)), bundle(['b'])])

    expect(idsOf(await result)).toEqual(['a', 'b'])
    expect((await result).cutOff).toBeUndefined()
  })

  const wait = { retryAfterMs: 3_600_000 }
  const failures: readonly (readonly [
    GatewayError,
    { readonly first: boolean; readonly last: boolean },
  ])[] = [
    [new EhrNotFoundError('410'), { first: true, last: true }],
    [new EhrBadRequestError('400'), { first: true, last: true }],
    [new EhrForbiddenError('403'), { first: true, last: true }],
    [new EhrTooLargeError('big'), { first: true, last: true }],
    [new EhrUnavailableError('503'), { first: false, last: true }],
    [new EhrTimeoutError('slow'), { first: false, last: true }],
    [new EhrMalformedError('cut'), { first: false, last: true }],
    [new EhrRateLimitedError('429', { retryAfterMs: 1000 }), { first: false, last: true }],
    [new EhrRateLimitedError('429', wait), { first: false, last: false }],
    [new EhrQuotaExhaustedError('spent', wait), { first: false, last: false }],
    [new EhrUnauthorizedError('401'), { first: false, last: false }],
  ]

  it.each(
    failures.flatMap(([error, kept]) =>
      [false, true].map((keepPartial) => ({
        error,
        code: error.code,
        keepPartial,
        isKept: keepPartial ? kept.last : kept.first,
      })),
    ),
  )(
    '$code on page 2, keepPartial $keepPartial: page 1 is kept $isKept',
    async ({ error, keepPartial, isKept }) => {
      const { result } = aSearch([bundle(['a'], urlOf(2)), error], { keepPartial })

      if (!isKept) return expect(result).rejects.toBe(error)
      expect(idsOf(await result)).toEqual(['a'])
      return expect((await result).cutOff).toBe(`page 2 could not be read: ${error.code}`)
    },
  )

  it.each(failures.map(([error]) => error))('throws $code of the first page', async (error) => {
    await expect(aSearch([error], { keepPartial: true }).result).rejects.toBe(error)
  })

  it('throws an error that is not a GatewayError, e.g. an abort, on any page', async () => {
    const abort = new Error('gone')

    await expect(
      aSearch([bundle(['a'], urlOf(2)), abort], { keepPartial: true }).result,
    ).rejects.toBe(abort)
  })

  it.each([
    { limit: { maxPages: 2 }, key: 'MaxPages', read: 2 },
    { limit: { maxEntries: 3 }, key: 'MaxEntries', read: 2 },
    { limit: { maxSearchBytes: 200 }, key: 'MaxSearchBytes', read: 2 },
    { limit: { maxNodes: 250 }, key: 'MaxNodes', read: 3 },
  ])('stops at $key over all pages', async ({ limit, key, read }) => {
    const pages = Array.from({ length: 9 }, (_none, at) =>
      bundle([`a${at}`, `b${at}`], urlOf(at + 2)),
    )
    const { asked, result } = aSearch(pages, { limits: { ...limits, ...limit } })

    expect((await result).cutOff).toContain(`Ehr__Limits__${key}`)
    expect(asked).toHaveLength(read)
  })

  it('reads one page if only the first is requested', async () => {
    const { asked, result } = aSearch([bundle(['a'], urlOf(2))], { firstPageOnly: true })

    expect(idsOf(await result)).toEqual(['a'])
    expect((await result).cutOff).toBeDefined()
    expect(asked).toHaveLength(1)
  })
})

describe('Bundle.total', () => {
  const included = {
    resource: { resourceType: 'Practitioner', id: 'd1' },
    search: { mode: 'include' },
  }
  const unmarked = { resource: { resourceType: 'Medication', id: 'm1' } }
  const note = {
    resource: {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'information', code: 'informational' }],
    },
    search: { mode: 'outcome' },
  }

  it.each([
    {
      name: 'more than returned',
      entry: [],
      total: 40,
      cutOff: 'the EHR reports 40 matches and returned 0',
    },
    {
      name: 'one more',
      entry: [condition('a')],
      total: 2,
      cutOff: 'the EHR reports 2 matches and returned 1',
    },
    { name: 'as many', entry: [condition('a'), condition('b')], total: 2, cutOff: undefined },
    { name: 'fewer', entry: [condition('a'), condition('b')], total: 1, cutOff: undefined },
    { name: 'none', entry: [condition('a')], total: undefined, cutOff: undefined },
    { name: 'zero', entry: [], total: 0, cutOff: undefined },
    { name: 'a text', entry: [], total: '40', cutOff: undefined },
    {
      name: 'included ones',
      entry: [condition('a'), included],
      total: 2,
      cutOff: 'the EHR reports 2 matches and returned 1',
    },
    {
      name: 'other types without a mode',
      entry: [condition('a'), unmarked],
      total: 2,
      cutOff: 'the EHR reports 2 matches and returned 1',
    },
    {
      name: 'outcomes',
      entry: [condition('a'), note],
      total: 2,
      cutOff: 'the EHR reports 2 matches and returned 1',
    },
    {
      name: 'the same one twice',
      entry: [condition('a'), condition('a')],
      total: 2,
      cutOff: 'the EHR reports 2 matches and returned 1',
    },
    {
      name: 'matches that are marked',
      entry: [condition('a', { search: { mode: 'match' } }), note],
      total: 1,
      cutOff: undefined,
    },
  ])('is compared with the returned matches: $name', async ({ entry, total, cutOff }) => {
    const page = {
      resourceType: 'Bundle',
      entry,
      ...(total === undefined ? {} : { total }),
    } as JsonObject

    expect((await aSearch([page]).result).cutOff).toBe(cutOff)
  })

  it('is compared with all pages together', async () => {
    const pages = (total: number) => [
      bundle(['a'], urlOf(2), { total }),
      bundle(['b'], undefined, { total }),
    ]

    expect((await aSearch(pages(2)).result).cutOff).toBeUndefined()
    expect((await aSearch(pages(3)).result).cutOff).toBe('the EHR reports 3 matches and returned 2')
  })
})

describe('outcomes among the entries', () => {
  it('are listed with their codes, without their texts', async () => {
    const page = {
      resourceType: 'Bundle',
      entry: [
        condition('a'),
        {
          resource: {
            resourceType: 'OperationOutcome',
            issue: [
              {
                severity: 'warning',
                code: 'not-supported',
                diagnostics: 'Ann Testcase',
                details: { coding: [{ system: 'urn:oid:1.2', code: '59100' }], text: 'Ann' },
              },
              { severity: 'error', code: 'incomplete' },
            ],
          },
        },
      ],
    } as JsonObject

    expect((await aSearch([page]).result).outcomes).toEqual([
      { severity: 'warning', code: 'not-supported', detailCodes: ['urn:oid:1.2|59100'] },
      { severity: 'error', code: 'incomplete', detailCodes: [] },
    ])
  })
})
