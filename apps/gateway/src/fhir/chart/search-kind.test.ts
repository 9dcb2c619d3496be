import { describe, expect, it } from 'vitest'
import { EhrBadRequestError, EhrForbiddenError, EhrUnavailableError } from '../fhir-errors.ts'
import type { SearchResult } from '../client/paging.ts'
import type { JsonObject } from '../client/parse-resource.ts'
import { ehrProfileNames } from '../profiles/ehr-profile.ts'
import { ehrProfiles } from '../profiles/profiles.ts'
import { type SearchedKind, searchedKinds } from '../profiles/search-plan.ts'
import { searchKind } from './search-kind.ts'

type Parameters = Readonly<Record<string, string>>

const since = '2025-06-15'
const pageSize = 2

/**
 * The parameter combinations, in addition to `patient`, that a US Core server must support. Copied from the text of the US Core guide,
 * not from our profiles.
 */
const required: Readonly<Record<SearchedKind, readonly string[]>> = {
  ServiceRequest: ['', 'category', 'code', 'authored,category'],
  Condition: ['', 'category'],
  Observation: ['category', 'code', 'category,date'],
  Procedure: ['', 'date'],
  MedicationRequest: ['intent', 'intent,status'],
  DocumentReference: ['', 'category', 'category,date', 'type'],
  DiagnosticReport: ['', 'category', 'code', 'category,date'],
  DeviceRequest: [''],
  Coverage: [''],
}

const categoryOf = (kind: SearchedKind) =>
  ({ Observation: 'laboratory', DocumentReference: 'clinical-note', DiagnosticReport: 'LAB' })[
    kind as string
  ]

function anEntry(kind: SearchedKind, id: string, fields: JsonObject = {}): JsonObject {
  const category = categoryOf(kind)
  return {
    resourceType: kind,
    id,
    intent: 'order',
    ...(category === undefined ? {} : { category: [{ coding: [{ code: category }] }] }),
    ...fields,
  }
}

/** A server with these entries that treats each parameter as `behaves` says and returns pages of two. */
function serverOf(
  kind: SearchedKind,
  entries: readonly JsonObject[],
  behaves: {
    readonly refuses?: (parameters: Parameters) => unknown
    readonly ignores?: string
  } = {},
) {
  const asked: Parameters[] = []
  const search = async (parameters: Parameters, maxPages = 1000): Promise<SearchResult> => {
    asked.push(parameters)
    const refusal = behaves.refuses?.(parameters)
    if (refusal !== undefined) throw refusal
    const found = entries.filter((entry) =>
      Object.entries(parameters).every(([name, value]) => {
        if (name === behaves.ignores) return true
        if (name === 'category')
          return JSON.stringify(entry['category'] ?? '').includes(`"${value}"`)
        if (name === 'intent') return entry['intent'] === value
        // An entry without a date never matches a date parameter, regardless of the parameter's name.
        return typeof entry['on'] === 'string' && `ge${entry['on']}` >= value
      }),
    )
    const shown = found.slice(0, maxPages * pageSize)
    return {
      resources: shown,
      cutOff: shown.length < found.length ? 'more pages' : undefined,
      outcomes: [],
    }
  }
  return { asked, search: { since, maxHistoryPages: 3, search } }
}

const ids = (resources: readonly JsonObject[]) =>
  [...new Set(resources.map((one) => String(one['id'])))].sort()

const combinations = searchedKinds.flatMap((kind) =>
  ehrProfileNames.map((name) => ({ kind, name })),
)

describe('searching one resource type', () => {
  it.each(combinations)(
    'reads $kind with profile $name on a server that only accepts the required combinations',
    async ({ kind, name }) => {
      const { asked, search } = serverOf(kind, [anEntry(kind, 'a'), anEntry(kind, 'b')], {
        refuses: (parameters) =>
          required[kind].includes(Object.keys(parameters).sort().join(','))
            ? undefined
            : new EhrForbiddenError('not a listed combination'),
      })

      const found = await searchKind(ehrProfiles[name], kind, search)

      expect(ids(found.resources)).toEqual(['a', 'b'])
      expect(found.cutOff).toBeUndefined()
      expect(required[kind]).toContain(
        Object.keys(asked[0] ?? {})
          .sort()
          .join(','),
      )
    },
  )

  it.each(combinations)(
    'reads $kind with profile $name once on a server that ignores unknown parameters',
    async ({ kind, name }) => {
      const other = anEntry(kind, 'b', {
        category: [{ coding: [{ code: 'something-local' }] }],
        intent: 'instance-order',
      })
      const entries = [anEntry(kind, 'a'), other]
      const ignores = kind === 'MedicationRequest' ? 'intent' : 'category'
      const { search } = serverOf(kind, entries, { ignores })

      const found = await searchKind(ehrProfiles[name], kind, search)

      expect(ids(found.resources)).toEqual(['a', 'b'])
      expect(found.cutOff).toBeUndefined()
    },
  )

  it.each(['Observation', 'DocumentReference', 'DiagnosticReport', 'Procedure'] as const)(
    'finds %s without a date if the history is short',
    async (kind) => {
      const { search } = serverOf(kind, [
        anEntry(kind, 'dated', { on: '2026-01-01' }),
        anEntry(kind, 'undated'),
      ])

      const found = await searchKind(ehrProfiles['us-core'], kind, search)

      expect(found).toMatchObject({ cutOff: undefined })
      expect(ids(found.resources)).toEqual(['dated', 'undated'])
    },
  )

  it.each(['Observation', 'DocumentReference', 'DiagnosticReport', 'Procedure'] as const)(
    'reads the complete look-back of a long history of %s, and says that undated ones may be missing',
    async (kind) => {
      const old = Array.from({ length: 10 }, (_, index) =>
        anEntry(kind, `old-${index}`, { on: '2019-01-01' }),
      )
      const recent = Array.from({ length: 10 }, (_, index) =>
        anEntry(kind, `recent-${index}`, { on: '2026-01-01' }),
      )
      const { search } = serverOf(kind, [...old, ...recent])

      const found = await searchKind(ehrProfiles['us-core'], kind, search)

      expect(found.cutOff).toContain('without a date may be missing')
      expect(ids(found.resources)).toEqual(expect.arrayContaining(ids(recent)))
    },
  )

  it('searches documents of any category if no clinical note is found', async () => {
    const { search } = serverOf('DocumentReference', [
      anEntry('DocumentReference', 'a', { category: [{ coding: [{ code: 'local' }] }] }),
    ])

    const found = await searchKind(ehrProfiles['athenahealth'], 'DocumentReference', search)

    expect(ids(found.resources)).toEqual(['a'])
  })

  it.each(searchedKinds)(
    'throws the refusal of the server if it accepts no strategy for %s',
    async (kind) => {
      const { search } = serverOf(kind, [], {
        refuses: () => new EhrBadRequestError('never'),
      })

      await expect(searchKind(ehrProfiles['us-core'], kind, search)).rejects.toMatchObject({
        code: 'ehr_bad_request',
      })
    },
  )

  it('tries no other strategy after an error that is not a refusal', async () => {
    const { asked, search } = serverOf('Procedure', [], {
      refuses: () => new EhrUnavailableError('503'),
    })

    await expect(searchKind(ehrProfiles['us-core'], 'Procedure', search)).rejects.toMatchObject({
      code: 'ehr_unavailable',
    })
    expect(asked).toHaveLength(1)
  })
})
